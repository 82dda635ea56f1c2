import type { Cell, CodeCell } from '@jupyterlab/cells';
import type { Notebook, NotebookPanel } from '@jupyterlab/notebook';
import type { IOutput } from '@jupyterlab/nbformat';

import { ask } from './ask';
import { sourceOf } from './source';

const DRAWN_MS = 1000;

/** A code cell whose text is out of sight. */
export function isHidden(cell: Cell): cell is CodeCell {
  const jupyter = cell.model.getMetadata('jupyter') as { source_hidden?: boolean } | undefined;
  return cell.model.type === 'code' && Boolean(jupyter?.source_hidden);
}

/** Whether a cell shows the ways of practising. */
export function isMenu(cell: Cell): cell is CodeCell {
  return isHidden(cell) && sourceOf(cell).trim() === '%practice menu';
}

/** Of a hidden % line only what it shows is to be seen. */
export function dress(notebook: Notebook): void {
  for (const cell of notebook.widgets) {
    cell.toggleClass('penguin-shown', isHidden(cell) && sourceOf(cell).trim().startsWith('%'));
  }
}

/** Run the hidden % line that shows the ways of practising, and trust what the kernel says. */
export async function showItself(panel: NotebookPanel): Promise<void> {
  await panel.context.ready;
  dress(panel.content);
  for (const cell of panel.content.widgets) {
    if (!isMenu(cell)) continue;
    const [data] = await ask(panel, sourceOf(cell).trim());
    if (!data || cell.isDisposed) continue;
    const shown = [{ output_type: 'display_data', data, metadata: {} }] as IOutput[];
    if (cell.model.trusted && JSON.stringify(cell.model.outputs.toJSON()) === JSON.stringify(shown)) continue;
    cell.model.trusted = true;
    keepHeight(cell.outputArea.node);
    cell.model.outputs.fromJSON(shown);
  }
}

/** What stands below does not move up while something is drawn anew. */
function keepHeight(node: HTMLElement): void {
  node.style.minHeight = `${node.offsetHeight}px`;
  setTimeout(() => {
    node.style.minHeight = '';
  }, DRAWN_MS);
}
