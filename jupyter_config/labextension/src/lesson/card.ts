import { EditorView } from '@codemirror/view';
import { type Cell, CodeCell, MarkdownCell } from '@jupyterlab/cells';
import { CodeMirrorEditor } from '@jupyterlab/codemirror';
import type { NotebookPanel } from '@jupyterlab/notebook';
import { type PanelLayout, Widget } from '@lumino/widgets';

import { button, el } from '../dom';
import { say } from '../page';
import { Popup } from '../room/popup';
import type { IRoom } from '../room/token';
import { dotOf, type State } from '../server';
import { FirstLine } from './firstline';
import { following } from './following';
import { exerciseOf, type Role, roleOf } from './place';
import { runHere } from './run';
import { addScratch, removeScratch } from './scratch';
import { triesSheet } from './tries';
import { isAccepted, isTriedAgain, verdictOf } from './verdict';

const RUN: Partial<Record<Role, string>> = {
  answer: 'cell.grade',
  finish: 'cell.hand_over',
  example: 'cell.run',
  predicted: 'cell.run',
  scratch: 'cell.run',
};

const NAMED: readonly Role[] = ['example', 'finish', 'predicted', 'scratch'];

/** What stands around a cell in a room: its name and state above, its buttons below what is written. */
export class Card {
  private readonly head = new Widget({ node: el('div', { class: 'penguin-card-head' }) });
  private readonly bar = new Widget({ node: el('div', { class: 'penguin-card-bar' }) });
  private readonly state = el('span', { class: 'penguin-card-state' });
  private readonly status = el('span', { class: 'penguin-card-status', role: 'status' });
  private readonly next = el('span', { class: 'penguin-card-next' });
  private readonly stop = button(
    say('cell.stop'),
    () => this.panel.sessionContext.session?.kernel?.interrupt(),
    {
      class: 'penguin-stop',
    },
  );
  private run: HTMLButtonElement | null = null;
  private firstLine: FirstLine | null = null;
  private disposed = false;

  readonly role: Role;
  readonly exercise: string;

  constructor(
    private readonly panel: NotebookPanel,
    readonly cell: Cell,
    private readonly room: IRoom,
  ) {
    this.role = roleOf(cell);
    this.exercise = exerciseOf(cell);
    cell.addClass(`penguin-${this.role}`);
    cell.addClass('penguin-card');
    cell.node.setAttribute('role', 'article'); // JupyterLab calls a notebook a feed, which is made of articles
    cell.node.setAttribute('aria-label', this.name() || say('cell.text'));
    if (this.exercise) cell.node.dataset['exercise'] = this.exercise;
    this.fill();
    if (cell instanceof CodeCell) cell.model.stateChanged.connect(this.follow, this);
    void cell.ready.then(() => this.attach());
  }

  /** Whether the cell still is what the card was made for. */
  get fits(): boolean {
    return roleOf(this.cell) === this.role && exerciseOf(this.cell) === this.exercise;
  }

  /** Show how far the exercise has come. */
  draw(state: State | undefined): void {
    if (this.role === 'task')
      this.cell.toggleClass('penguin-done', state !== undefined && dotOf(state) === '●');
    if (this.role !== 'answer' || !state) return;
    const again = this.cell instanceof CodeCell && isTriedAgain(state, verdictOf(this.cell));
    this.state.className = `penguin-card-state penguin-${again ? 'tried' : state}`;
    this.state.textContent = `${dotOf(state)} ${say(again ? 'cell.tried_again' : `state.${state}`)}`;
  }

  /** Run the cell and stay on it. */
  async execute(): Promise<void> {
    if (!(this.cell instanceof CodeCell) || this.busy) return;
    this.next.replaceChildren();
    this.show(this.panel.sessionContext.isReady ? this.waitingWord() : say('cell.starting'));
    try {
      await runHere(this.panel, this.cell);
    } finally {
      this.show('');
    }
    if (this.disposed || this.role !== 'answer') return;
    await this.room.standing.refresh();
    this.offerNext();
  }

  /** Leave the cell as JupyterLab has it. */
  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    this.head.dispose();
    this.bar.dispose();
    if (this.cell.isDisposed) return;
    this.cell.removeClass(`penguin-${this.role}`);
    this.cell.removeClass('penguin-card');
    this.cell.removeClass('penguin-done');
    if (this.cell instanceof CodeCell) this.cell.model.stateChanged.disconnect(this.follow, this);
    this.firstLine?.show();
  }

  private get busy(): boolean {
    return this.run?.getAttribute('aria-busy') === 'true';
  }

  private fill(): void {
    const name = el('span', { class: 'penguin-card-name' }, this.name());
    this.head.node.append(name, this.state);
    const code = RUN[this.role];
    if (code && this.cell instanceof CodeCell) {
      this.run = button(`▶ ${say(code)}`, () => undefined, {
        class: this.role === 'answer' ? 'penguin-run penguin-primary' : 'penguin-run',
      });
      this.run.addEventListener('click', () => void this.execute());
      this.bar.node.append(this.run, this.stop, this.status, this.next, this.more());
      this.stop.hidden = true;
    } else if (this.role === 'answer') {
      this.bar.node.append(this.writing(), this.more());
    }
  }

  private name(): string {
    if (this.role === 'answer') {
      const id = /^[PT]/.test(this.exercise) ? '' : this.exercise;
      return say(this.cell instanceof CodeCell ? 'cell.answer' : 'cell.words', { id }).trim();
    }
    return NAMED.includes(this.role) ? say(`cell.${this.role}`) : '';
  }

  private more(): HTMLElement {
    const { cell, panel } = this;
    const more = el('span', { class: 'penguin-card-more' });
    if (this.role === 'answer' && this.exercise.startsWith('L')) {
      const tries = button(`${say('cell.tries')} ▾`, () => this.showTries(tries), {
        'aria-haspopup': 'dialog',
      });
      more.append(
        button(say('cell.reset'), () => this.reset()),
        tries,
      );
    }
    if (this.role === 'scratch') {
      more.append(
        button('×', () => removeScratch(panel, cell), {
          'aria-label': say('cell.remove'),
          title: say('cell.remove'),
        }),
      );
    } else if (cell instanceof CodeCell) {
      more.append(
        button('＋', () => addScratch(panel, cell), {
          'aria-label': say('cell.try_here'),
          title: say('cell.try_here'),
        }),
      );
    }
    return more;
  }

  /** For an answer in words: write, then read what was written. */
  private writing(): HTMLElement {
    const { cell } = this;
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

  private async reset(): Promise<void> {
    const { starters } = await this.room.standing.detail(this.exercise.split('-', 1)[0] ?? '');
    const starter = starters[this.exercise];
    if (starter === undefined) return;
    this.replace(starter);
  }

  private async showTries(anchor: HTMLElement): Promise<void> {
    const tries = await this.room.standing.server.tries(this.exercise);
    Popup.toggle(anchor, () =>
      triesSheet(tries, (answer) => {
        const first = this.cell.model.sharedModel.getSource().split('\n', 1)[0] ?? '';
        this.replace(`${first}\n${answer}`);
        Popup.close();
      }),
    );
  }

  private replace(source: string): void {
    this.cell.model.sharedModel.setSource(source);
    this.next.replaceChildren();
    this.panel.content.activeCellIndex = this.panel.content.widgets.indexOf(this.cell);
    this.cell.editor?.focus();
  }

  private attach(): void {
    if (this.disposed || this.cell.isDisposed) return;
    const layout = this.cell.layout as PanelLayout;
    const input = layout.widgets.findIndex((each) => each.hasClass('jp-Cell-inputWrapper'));
    if (this.head.node.textContent) layout.insertWidget(Math.max(0, input), this.head);
    if (this.bar.node.childElementCount) {
      const below = layout.widgets.findIndex((each) => each.hasClass('jp-Cell-inputWrapper')) + 1;
      layout.insertWidget(below, this.bar);
    }
    const { editor } = this.cell;
    if (!(editor instanceof CodeMirrorEditor)) return;
    const name = this.name();
    if (name) editor.injectExtension(EditorView.contentAttributes.of({ 'aria-label': name }));
    if (this.role !== 'answer' || !(this.cell instanceof CodeCell)) return;
    this.firstLine = new FirstLine(editor.editor);
    editor.injectExtension(this.firstLine.extension);
  }

  /** Something else may have run the cell. */
  private follow(): void {
    if (!(this.cell instanceof CodeCell)) return;
    const running = this.cell.model.executionState === 'running';
    if (running) this.show(this.waitingWord());
    else this.show('');
  }

  private waitingWord(): string {
    const others = this.panel.content.widgets.some(
      (each) => each !== this.cell && each instanceof CodeCell && each.model.executionState === 'running',
    );
    if (others) return say('cell.waiting');
    return say(this.role === 'answer' ? 'cell.grading' : 'cell.running');
  }

  /** Show that it works, and how to stop it; an empty word means that it is done. */
  private show(word: string): void {
    if (!this.run) return;
    this.status.textContent = word;
    this.stop.hidden = !word;
    this.run.disabled = Boolean(word);
    if (word) this.run.setAttribute('aria-busy', 'true');
    else this.run.removeAttribute('aria-busy');
    this.cell.toggleClass('penguin-busy', Boolean(word));
  }

  private offerNext(): void {
    if (!(this.cell instanceof CodeCell) || !isAccepted(verdictOf(this.cell))) return;
    if (!this.exercise.startsWith('L')) return;
    const way = following(this.panel, this.cell);
    const go = button(`${say(way.code)} →`, () => way.go(), { class: 'penguin-primary penguin-next' });
    this.next.replaceChildren(go);
    if (this.panel.content.activeCell === this.cell) go.focus({ preventScroll: true });
  }
}
