import { StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView, placeholder } from '@codemirror/view';
import { CodeEditor, type IEditorServices } from '@jupyterlab/codeeditor';
import type { ICompletionProviderManager } from '@jupyterlab/completer';
import type { IRenderMime } from '@jupyterlab/rendermime';
import type { Widget } from '@lumino/widgets';

import { el } from '../dom';

/** What the lessons' cells are edited with. */
export interface EditorTools {
  editors: IEditorServices;
  completions: ICompletionProviderManager;
  sanitizer: IRenderMime.ISanitizer;
}

const MIME = 'text/x-sql';
/** As the lessons' cells have it. */
const CONFIG = { lineNumbers: true, lineWrap: true, autoClosingBrackets: true };

/** A field for SQL as the lessons' editor; the field stays in its form, out of sight, and holds what is written. */
export class SqlEditor {
  private readonly editor: CodeEditor.IEditor;
  private readonly model = new CodeEditor.Model({ mimeType: MIME });

  constructor(
    private readonly field: HTMLTextAreaElement,
    tools: EditorTools,
    page: Widget,
    wake: (editor: SqlEditor) => void,
  ) {
    this.model.sharedModel.setSource(field.value);
    const host = el('div', { class: 'penguin-bi-sql' });
    host.style.minHeight = `${field.rows * 1.5}em`;
    this.editor = tools.editors.factoryService.newInlineEditor({
      host,
      model: this.model,
      config: CONFIG,
      extensions: [
        placeMark(field),
        placeholder(field.placeholder),
        EditorView.contentAttributes.of({ 'aria-label': field.labels[0]?.textContent ?? 'SQL' }),
      ],
    });
    field.hidden = true;
    field.closest('label')?.after(host);
    this.model.sharedModel.changed.connect(() => {
      field.value = this.model.sharedModel.getSource();
      field.dispatchEvent(new Event('input', { bubbles: true }));
    });
    host.addEventListener('keydown', (event) => this.pressed(event), true);
    const { editor } = this;
    const { completions, sanitizer } = tools;
    // a page has one completer: it follows the editor that is written in
    const complete = (): void => {
      void completions.updateCompleter({ widget: page, editor, session: null, sanitizer });
    };
    complete();
    host.addEventListener('focusin', () => {
      complete();
      wake(this);
    });
  }

  get hasFocus(): boolean {
    return this.editor.hasFocus();
  }

  /** Where the cursor is, in UTF-16 units from the beginning. */
  get cursor(): number {
    return this.editor.getOffsetAt(this.editor.getCursorPosition());
  }

  /** Write on from there. */
  focusAt(cursor: number): void {
    const end = this.model.sharedModel.getSource().length;
    const place = this.editor.getPositionAt(Math.min(cursor, end));
    if (place) this.editor.setCursorPosition(place, { scroll: false });
    this.editor.focus();
  }

  /** Write a text at the cursor. */
  insert(text: string): void {
    this.editor.replaceSelection?.(text);
    this.editor.focus();
  }

  dispose(): void {
    this.editor.dispose();
    this.model.dispose();
  }

  /** A query runs by the keys by which a cell does. */
  private pressed(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (event.key === 'h' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault(); // one panel finds and replaces: it is asked for by the editor's own key
      const find = {
        key: 'f',
        ctrlKey: event.ctrlKey,
        metaKey: event.metaKey,
        bubbles: true,
        cancelable: true,
      };
      event.target?.dispatchEvent(new KeyboardEvent('keydown', find));
    }
    if (event.key !== 'Enter') return;
    if (!event.shiftKey && !event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    this.field.form?.querySelector<HTMLButtonElement>('button.penguin-primary')?.click();
  }
}

/** The place of the error that the query gave last, until something is changed. */
function placeMark(field: HTMLTextAreaElement): StateField<DecorationSet> {
  const [start, end] = JSON.parse(field.dataset['biAt'] ?? '[0, 0]') as [number, number];
  const [from, to] = [unitsOf(field.value, start), unitsOf(field.value, end)];
  const mark = Decoration.mark({ class: 'penguin-bi-error-at' });
  return StateField.define({
    create: () => (to > from ? Decoration.set([mark.range(from, to)]) : Decoration.none),
    update: (marks, change) => (change.docChanged ? Decoration.none : marks),
    provide: (marks) => EditorView.decorations.from(marks),
  });
}

/** The server counts characters, the page UTF-16 units: so many units are that many characters. */
export function unitsOf(text: string, characters: number): number {
  return [...text].slice(0, characters).join('').length;
}

/** The other way round. */
export function charactersOf(text: string, units: number): number {
  return [...text.slice(0, units)].length;
}
