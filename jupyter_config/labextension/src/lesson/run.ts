import { CodeCell } from '@jupyterlab/cells';
import { NotebookActions, type NotebookPanel } from '@jupyterlab/notebook';

import { heard } from './heard';
import { scrollerOf } from './place';
import { reveal } from './reveal';

/** The command that runs the cell in hand. */
export const RUN = 'penguin:run';

/** Run a cell and stay on it: the selection does not move, and the verdict's first line comes into the window. */
export async function runHere(panel: NotebookPanel, cell: CodeCell): Promise<void> {
  const notebook = panel.content;
  notebook.activeCellIndex = notebook.widgets.indexOf(cell);
  notebook.deselectAll();
  await haveKernel(panel);
  const done = NotebookActions.runCells(notebook, [cell], panel.sessionContext);
  look(panel, cell);
  await done;
  look(panel, cell);
}

/** A kernel to run on: JupyterLab would ask which one to take where the old one is gone. */
async function haveKernel(panel: NotebookPanel): Promise<void> {
  const { sessionContext } = panel;
  await sessionContext.ready;
  if (sessionContext.hasNoKernel) await sessionContext.startKernel();
  else if (sessionContext.kernelDisplayStatus === 'dead') await sessionContext.restartKernel();
  const kernel = sessionContext.session?.kernel;
  if (kernel) await heard(kernel);
}

/** Bring what a run says first into the window, and the button for what to do next if there is room for both. */
function look(panel: NotebookPanel, cell: CodeCell): void {
  reveal(scrollerOf(panel.content), () => {
    if (cell.isDisposed) return null;
    const output = cell.outputArea.node.querySelector('.jp-OutputArea-child');
    const card = cell.outputArea.node.querySelector('.pg-card');
    const whole = card ?? output;
    if (!whole) return null;
    const next = cell.outputArea.node.querySelector('.pg-panel button');
    return { head: whole.querySelector('.pg-title') ?? whole, last: next ?? whole };
  });
}
