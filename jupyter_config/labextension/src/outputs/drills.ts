import { NotebookActions } from '@jupyterlab/notebook';

import { scrollToTop } from '../lesson/place';
import { taskIn } from './round';
import { isHidden } from './shown';
import { sourceOf } from './source';

const DRILL = /^-- (練習|今日の1問|Practice|Today) /;

/** The cell that the kernel has put below a drill's task is where one writes next. */
export function followDrills(): void {
  NotebookActions.executed.connect((_, { notebook, cell }) => {
    const place = notebook.widgets.indexOf(cell) + 1;
    const next = notebook.widgets[place];
    const near = Math.abs(notebook.activeCellIndex - place) <= 1;
    if (!next || !near || next.model.type !== 'code' || !DRILL.test(sourceOf(next))) return;
    if ((next.model as { executionCount?: number | null }).executionCount !== null) return;
    notebook.activeCellIndex = place;
    notebook.mode = 'edit';
    const last = (next.editor?.lineCount ?? 1) - 1;
    next.editor?.setCursorPosition({ line: last, column: 0 });
    if (isHidden(cell)) scrollToTop(notebook, taskIn(cell)); // after an answer its verdict is to be read first
  });
}
