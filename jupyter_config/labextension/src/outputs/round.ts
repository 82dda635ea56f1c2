import type { Cell } from '@jupyterlab/cells';
import type { Notebook } from '@jupyterlab/notebook';

import { exerciseOf, scrollToTop } from '../lesson/place';
import { bringBack, isEarlier } from './earlier';

/** Go to the cell of an open drill, with what was written in it and its task in the window; false where there is none. */
export function takeUp(notebook: Notebook, drill: string): boolean {
  const at = drill ? notebook.widgets.findLastIndex((each) => exerciseOf(each) === drill) : -1;
  const cell = notebook.widgets[at];
  if (!cell) return false;
  const asking = notebook.widgets[at - 1];
  if (isEarlier(cell)) bringBack(notebook, asking ? [asking, cell] : [cell]);
  notebook.activeCellIndex = at;
  notebook.mode = 'edit';
  scrollToTop(notebook, asking ? taskIn(asking) : cell.node);
  return true;
}

/** The card in which a cell asks for the next answer: the last of all that it shows. */
export function taskIn(asking: Cell): HTMLElement {
  return [...asking.node.querySelectorAll<HTMLElement>('.pg-card')].pop() ?? asking.node;
}
