import type { Cell } from '@jupyterlab/cells';
import type { Notebook } from '@jupyterlab/notebook';

/** The text of a cell. */
export function sourceOf(cell: Cell): string {
  return cell.model.sharedModel.getSource();
}

/** Give a cell another text: for Undo a step of its own, however soon after the last key. */
export function replaceSource(cell: Cell, source: string): void {
  const shared = cell.model.sharedModel;
  const steps = (shared as { undoManager?: { stopCapturing(): void } | null }).undoManager;
  steps?.stopCapturing();
  shared.setSource(source);
  steps?.stopCapturing();
}

/** A text with a % line at its end, in place of a line of the same name. */
export function withLine(source: string, line: string): string {
  const name = line.split(' ', 1)[0] ?? line;
  const kept = source
    .split('\n')
    .filter((each) => !each.trim().startsWith(name))
    .join('\n');
  return `${kept.trimEnd()}\n${line}`;
}

/** Where the learner wrote last: what a name from the list of tables is written into. */
export class LastEdited {
  private node: Element | null = null;

  /** Follow the focus. */
  constructor() {
    document.addEventListener('focusin', (event) => {
      const target = event.target instanceof Element ? event.target : null;
      const cell = target?.closest('.cm-editor')?.closest('.jp-CodeCell');
      if (cell) this.node = cell;
    });
  }

  /** Write a text at the cursor of that cell, or of the active one. */
  insert(notebook: Notebook, text: string): void {
    const cell = notebook.widgets.find((each) => each.node === this.node) ?? notebook.activeCell;
    const editor = cell?.editor;
    if (!editor) return;
    editor.replaceSelection?.(text);
    editor.focus();
  }
}
