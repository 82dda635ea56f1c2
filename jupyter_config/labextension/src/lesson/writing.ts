import { type Cell, MarkdownCell } from '@jupyterlab/cells';

import { button } from '../dom';
import { say } from '../page';

/** The button of an answer in words: write, then read what was written. */
export function writingButton(cell: Cell): HTMLButtonElement {
  const write = button(`✎ ${say('cell.write')}`, () => {
    if (!(cell instanceof MarkdownCell)) return;
    cell.rendered = !cell.rendered;
    if (!cell.rendered) cell.editor?.focus();
  });
  if (cell instanceof MarkdownCell) {
    cell.renderedChanged.connect((_, rendered) => {
      write.textContent = rendered ? `✎ ${say('cell.write')}` : `✓ ${say('cell.written')}`;
    });
  }
  return write;
}
