import type { Cell } from '@jupyterlab/cells';
import type { NotebookPanel } from '@jupyterlab/notebook';

import type { StretchBreaks } from './stretches';
import { goTo, exerciseOf, roleOf, scrollToTop } from './place';

/** What comes after an answer that was right. */
export interface Following {
  code: 'cell.next' | 'cell.read_on' | 'cell.stretch_end' | 'cell.end';
  go(): void;
}

/**
 * The way on: straight to the next exercise where nothing stands between, else to what is to be read first, and at the
 * end of a stretch or of the lesson to its end. Scratch cells are passed over.
 */
export function following(panel: NotebookPanel, cell: Cell, breaks: StretchBreaks): Following {
  const notebook = panel.content;
  const rest = notebook.widgets.slice(notebook.widgets.indexOf(cell) + 1);
  const next = rest.find((each) => roleOf(each) !== 'scratch');
  const end = breaks.after(exerciseOf(cell), next);
  if (end) return { code: 'cell.stretch_end', go: end };
  const open = rest.some((each) => roleOf(each) === 'task');
  if (next && roleOf(next) === 'task') {
    return { code: 'cell.next', go: () => goTo(panel, exerciseOf(next)) };
  }
  return {
    code: open ? 'cell.read_on' : 'cell.end',
    go: () => {
      if (!next) {
        scrollToTop(notebook, notebook.node.querySelector<HTMLElement>('.penguin-end') ?? cell.node);
        return;
      }
      notebook.activeCellIndex = notebook.widgets.indexOf(next);
      scrollToTop(notebook, next.node);
      notebook.activate();
    },
  };
}
