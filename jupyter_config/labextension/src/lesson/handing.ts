import { CodeCell } from '@jupyterlab/cells';
import type { NotebookPanel } from '@jupyterlab/notebook';

import { roleOf } from './place';

const HANDED_OVER = 'pg-reply';

/**
 * Run the lesson's last cell by itself, once: when all its exercises are done and its colleague has not replied yet.
 * Nothing moves for it; whoever reads on finds the reply there.
 */
export async function handOver(panel: NotebookPanel): Promise<void> {
  const cell = panel.content.widgets.find((each) => roleOf(each) === 'finish');
  if (!(cell instanceof CodeCell) || isHandedOver(cell) || cell.model.executionState === 'running') return;
  await panel.sessionContext.ready;
  if (panel.isDisposed || cell.isDisposed || panel.sessionContext.hasNoKernel) return;
  await CodeCell.execute(cell, panel.sessionContext);
}

/** Whether the colleague's reply stands under the cell. */
function isHandedOver(cell: CodeCell): boolean {
  return JSON.stringify(cell.model.outputs.toJSON()).includes(HANDED_OVER);
}
