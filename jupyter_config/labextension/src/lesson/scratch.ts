import type { Cell } from '@jupyterlab/cells';
import type { NotebookPanel } from '@jupyterlab/notebook';

import { scrollerOf } from './place';

/** Put an empty cell for trying things under another, and write there. */
export function addScratch(panel: NotebookPanel, below: Cell): void {
  const notebook = panel.content;
  const { model } = notebook;
  if (!model) return;
  const at = notebook.widgets.indexOf(below) + 1;
  model.sharedModel.insertCell(at, {
    cell_type: 'code',
    source: '',
    metadata: { penguin: { role: 'scratch' } },
  });
  notebook.activeCellIndex = at;
  notebook.mode = 'edit';
  const scroller = scrollerOf(notebook).getBoundingClientRect();
  const box = notebook.widgets[at]?.node.getBoundingClientRect();
  if (box && box.bottom > scroller.bottom)
    scrollerOf(notebook).scrollTop += box.bottom - scroller.bottom + 80;
}

/** Take such a cell away again; it can be undone. */
export function removeScratch(panel: NotebookPanel, cell: Cell): void {
  const { model, widgets } = panel.content;
  const at = widgets.indexOf(cell);
  if (model && at >= 0) model.sharedModel.deleteCell(at);
}
