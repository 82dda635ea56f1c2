import type { Cell } from '@jupyterlab/cells';
import type { Notebook } from '@jupyterlab/notebook';
import { type PanelLayout, Widget } from '@lumino/widgets';

import { button } from '../dom';
import { say } from '../page';
import { isMenu } from './shown';
import { sourceOf } from './source';

const OPEN = 'penguin-earlier-open';

interface Marks {
  earlier?: boolean;
}

/** The fold over the rounds before the one that is worked at: in the cell that holds the menu, above all of them. */
const folds = new WeakMap<Cell, Widget>();

/** Fold what stands below the menu of a practice notebook; the file remembers it. */
export function foldEarlier(notebook: Notebook): void {
  const menu = notebook.widgets.findIndex(isMenu);
  if (menu < 0) return;
  for (const cell of notebook.widgets.slice(menu + 1)) {
    if (!sourceOf(cell).trim()) continue; // the next line will run there
    cell.model.setMetadata('penguin', { ...marksOf(cell), earlier: true });
  }
  notebook.removeClass(OPEN);
  showEarlier(notebook);
}

/** Whether a cell belongs to a round before the one that is worked at. */
export function isEarlier(cell: Cell): boolean {
  return marksOf(cell).earlier === true;
}

/** Bring cells back from the fold in place of what stands there now. */
export function bringBack(notebook: Notebook, cells: readonly Cell[]): void {
  foldEarlier(notebook);
  for (const cell of cells) cell.model.setMetadata('penguin', { ...marksOf(cell), earlier: false });
  showEarlier(notebook);
}

/** Take earlier rounds out of sight, with a button that brings them back. */
export function showEarlier(notebook: Notebook): void {
  const menu = notebook.widgets.find(isMenu);
  if (!menu) return;
  let some = false;
  for (const cell of notebook.widgets) {
    const earlier = isEarlier(cell);
    cell.toggleClass('penguin-earlier', earlier);
    some ||= earlier;
  }
  if (some && !folds.has(menu)) void menu.ready.then(() => addFold(notebook, menu));
}

function addFold(notebook: Notebook, menu: Cell): void {
  if (menu.isDisposed || folds.has(menu)) return;
  const fold = new Widget();
  fold.addClass('penguin-fold');
  const press = (): void => {
    const open = notebook.toggleClass(OPEN);
    way.setAttribute('aria-expanded', String(open));
  };
  const way = button(say('practice.earlier'), press, { 'aria-expanded': 'false' });
  fold.node.append(way);
  (menu.layout as PanelLayout).addWidget(fold);
  folds.set(menu, fold);
}

function marksOf(cell: Cell): Marks {
  return (cell.model.getMetadata('penguin') as Marks | undefined) ?? {};
}
