import { EditorView } from '@codemirror/view';
import { type Cell, CodeCell } from '@jupyterlab/cells';
import { CodeMirrorEditor } from '@jupyterlab/codemirror';
import type { NotebookPanel } from '@jupyterlab/notebook';

import { button, el } from '../dom';
import { replaceSource, sourceOf } from '../outputs/source';
import { say } from '../page';
import { exchanged, placesOf } from './find';
import { markFound, unmark } from './found';
import { exerciseIn, roleOf, scrollToTop } from './place';

interface Match {
  cell: Cell;
  at: number;
}

/** Find in what stands in a notebook's cells, and replace in the learner's own. */
export class FindBar {
  private static open: FindBar | null = null;

  private readonly sought = el('input', {
    type: 'text',
    'aria-label': say('find.sought'),
    placeholder: say('find.sought'),
  });
  private readonly by = el('input', {
    type: 'text',
    'aria-label': say('find.by'),
    placeholder: say('find.by'),
  });
  private readonly told = el('span', { role: 'status' });
  private readonly node: HTMLElement;
  private current = -1;

  private constructor(private readonly panel: NotebookPanel) {
    this.node = el(
      'div',
      {
        class: 'penguin-find',
        role: 'search',
        'aria-label': say('find.title'),
        'data-lm-suppress-shortcuts': 'true',
      },
      el(
        'span',
        {},
        this.sought,
        button('↑', () => this.go(-1), named('find.before')),
        button('↓', () => this.go(1), named('find.after')),
        this.told,
      ),
      el(
        'span',
        {},
        this.by,
        button(say('find.one'), () => this.replaceOne()),
        button(say('find.all'), () => this.replaceAll()),
      ),
      button('×', () => this.close(), named('find.close')),
    );
    this.sought.addEventListener('input', () => {
      this.current = -1;
      this.count();
    });
    this.node.addEventListener('keydown', (event) => {
      event.stopPropagation();
      if (event.key === 'Escape') this.close();
      else if (event.key === 'Enter' && !event.isComposing && event.target === this.sought)
        this.go(event.shiftKey ? -1 : 1);
      else if (event.key === 'Enter' && !event.isComposing && event.target === this.by) this.replaceOne();
      else return;
      event.preventDefault();
    });
    panel.node.append(this.node);
    panel.disposed.connect(() => this.node.remove());
  }

  /** Bring the bar of a notebook out, with what is selected in it as what is sought. */
  static show(panel: NotebookPanel): void {
    if (FindBar.open?.panel !== panel || !FindBar.open.node.isConnected) {
      FindBar.open?.node.remove();
      FindBar.open = new FindBar(panel);
    }
    const bar = FindBar.open;
    const selected = window.getSelection()?.toString() ?? '';
    if (selected && !selected.includes('\n')) bar.sought.value = selected;
    bar.current = -1;
    bar.count();
    bar.sought.focus();
    bar.sought.select();
  }

  private get matches(): Match[] {
    return this.panel.content.widgets.flatMap((cell) =>
      placesOf(this.sought.value, sourceOf(cell), hiddenIn(cell)).map((at) => ({ cell, at })),
    );
  }

  private count(done = ''): void {
    const count = this.matches.length;
    const where = this.current < 0 ? say('find.count', { count }) : `${this.current + 1} / ${count}`;
    this.told.textContent = done || (this.sought.value ? where : '');
  }

  private go(by: 1 | -1): void {
    const { matches } = this;
    if (!matches.length) return this.count();
    const next = this.current < 0 ? this.fromHere(matches, by) : this.current + by;
    this.current = (next + matches.length) % matches.length;
    const found = matches[this.current];
    if (found) this.showMatch(found);
    this.count();
  }

  /** The first match from the cell on that one is at, or the last one before it. */
  private fromHere(matches: readonly Match[], by: 1 | -1): number {
    const { activeCellIndex, widgets } = this.panel.content;
    const next = matches.findIndex(({ cell }) => widgets.indexOf(cell) >= activeCellIndex);
    if (by < 0) return next < 0 ? matches.length - 1 : next - 1;
    return Math.max(next, 0);
  }

  /** In an editor the match is selected, in a text it is marked. */
  private showMatch({ cell, at }: Match): void {
    const notebook = this.panel.content;
    unmark();
    notebook.activeCellIndex = notebook.widgets.indexOf(cell);
    const { editor } = cell;
    if (cell instanceof CodeCell && editor instanceof CodeMirrorEditor) {
      const view = editor.editor;
      const selection = { anchor: at, head: at + this.sought.value.length };
      view.dispatch({ selection, effects: EditorView.scrollIntoView(at, { y: 'center' }) });
      return;
    }
    const number = placesOf(this.sought.value, sourceOf(cell)).indexOf(at);
    const text = cell.node.querySelector<HTMLElement>('.jp-RenderedHTMLCommon');
    if (!text || !markFound(text, this.sought.value, number)) scrollToTop(notebook, cell.node);
  }

  private replaceOne(): void {
    const found = this.matches[this.current];
    if (!found) return this.go(1);
    if (!isOwn(found.cell)) {
      this.count(say('find.not_own'));
      return;
    }
    const source = sourceOf(found.cell);
    const end = found.at + this.sought.value.length;
    replaceSource(found.cell, source.slice(0, found.at) + this.by.value + source.slice(end));
    // What the replacement holds itself is not the next match.
    const { widgets } = this.panel.content;
    const [place, after] = [widgets.indexOf(found.cell), found.at + this.by.value.length];
    const passed = ({ cell, at }: Match): boolean =>
      cell === found.cell ? at < after : widgets.indexOf(cell) < place;
    this.current = this.matches.filter(passed).length - 1;
    this.go(1);
  }

  private replaceAll(): void {
    let count = 0;
    for (const cell of this.panel.content.widgets.filter(isOwn)) {
      const made = exchanged(sourceOf(cell), this.sought.value, this.by.value, hiddenIn(cell));
      if (made.count) replaceSource(cell, made.text);
      count += made.count;
    }
    this.current = -1;
    this.count(say('find.replaced', { count }));
  }

  private close(): void {
    unmark();
    this.node.remove();
    FindBar.open = null;
    this.panel.content.activate();
  }
}

/** What a learner writes: text and examples are the lesson's. */
function isOwn(cell: Cell): boolean {
  return cell instanceof CodeCell && ['answer', 'scratch'].includes(roleOf(cell));
}

/** The line that names the exercise is neither found nor changed. */
function hiddenIn(cell: Cell): number {
  const source = sourceOf(cell);
  const end = source.indexOf('\n');
  return end >= 0 && exerciseIn(source) ? end + 1 : 0;
}

function named(code: string): Record<string, string> {
  return { 'aria-label': say(code), title: say(code) };
}
