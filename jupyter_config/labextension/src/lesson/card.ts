import { EditorView } from '@codemirror/view';
import { type Cell, CodeCell, type ICellModel } from '@jupyterlab/cells';
import { CodeMirrorEditor } from '@jupyterlab/codemirror';
import type { IChangedArgs } from '@jupyterlab/coreutils';
import type { NotebookPanel } from '@jupyterlab/notebook';
import { type PanelLayout, Widget } from '@lumino/widgets';

import { button, el } from '../dom';
import { say } from '../page';
import { Popup } from '../room/popup';
import type { IRoom } from '../room/token';
import { dotOf, type State } from '../server';
import { Clicks } from './clicks';
import { formOf } from './clickform';
import { FirstLine } from './firstline';
import { following } from './following';
import { keepRun } from './history';
import { replaceSource, sourceOf } from '../outputs/source';
import { exerciseOf, type Role, roleOf } from './place';
import { runHere } from './run';
import { addScratch, removeScratch } from './scratch';
import type { StretchBreaks } from './stretches';
import { triesSheet } from './tries';
import { Turns } from './turns';
import { isAccepted, isTriedAgain, isWaiting, standingOf, verdictOf } from './verdict';
import { RUN, standingWord, workingWord } from './words';
import { writingButton } from './writing';

const FORMATTED: readonly Role[] = ['answer', 'scratch'];
const NAMED: readonly Role[] = ['draft', 'example', 'finish', 'predicted', 'scratch'];

/** What stands around a cell in a room: its name and state above, its buttons below what is written. */
export class Card {
  private readonly head = new Widget({ node: el('div', { class: 'penguin-card-head' }) });
  private readonly bar = new Widget({ node: el('div', { class: 'penguin-card-bar' }) });
  private readonly state = el('span', { class: 'penguin-card-state' });
  private readonly status = el('span', { class: 'penguin-card-status', role: 'status' });
  private readonly next = el('span', { class: 'penguin-card-next' });
  private readonly stop = button(
    say('cell.stop'),
    () => {
      this.turns?.forget();
      return this.interrupt();
    },
    { class: 'penguin-stop' },
  );
  private turns: Turns | null = null;
  private run: HTMLButtonElement | null = null;
  private firstLine: FirstLine | null = null;
  private clicks: Clicks | null = null;
  private disposed = false;

  readonly role: Role;
  readonly exercise: string;

  constructor(
    private readonly panel: NotebookPanel,
    readonly cell: Cell,
    private readonly room: IRoom,
    private readonly breaks: StretchBreaks,
  ) {
    this.role = roleOf(cell);
    this.exercise = exerciseOf(cell);
    cell.addClass(`penguin-${this.role}`);
    cell.addClass('penguin-card');
    cell.node.setAttribute('role', 'article'); // JupyterLab calls a notebook a feed, which is made of articles
    cell.node.setAttribute('aria-label', this.name() || say('cell.text'));
    if (this.exercise) cell.node.dataset['exercise'] = this.exercise;
    this.fill();
    if (cell instanceof CodeCell) this.listen(cell);
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

  /** Run the cell and stay on it; while it runs, what is written anew takes its turn. */
  async execute(): Promise<void> {
    await this.turns?.ask();
  }

  /** Leave the cell as JupyterLab has it. */
  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    this.head.dispose();
    this.bar.dispose();
    this.clicks?.dispose();
    if (this.cell.isDisposed) return;
    this.cell.removeClass(`penguin-${this.role}`);
    this.cell.removeClass('penguin-card');
    this.cell.removeClass('penguin-done');
    if (this.cell instanceof CodeCell) {
      this.cell.model.stateChanged.disconnect(this.follow, this);
      this.cell.model.contentChanged.disconnect(this.show, this);
      this.cell.model.outputs.changed.disconnect(this.show, this);
    }
    this.firstLine?.show();
  }

  /** Follow what the cell holds and does, whoever runs it. */
  private listen(cell: CodeCell): void {
    this.turns = new Turns(
      {
        text: () => sourceOf(cell),
        run: () => this.runOnce(cell),
        isAtIt: () => isWaiting(cell),
        stop: () => this.interrupt(),
      },
      () => this.show(),
    );
    cell.model.stateChanged.connect(this.follow, this);
    cell.model.contentChanged.connect(this.show, this);
    cell.model.outputs.changed.connect(this.show, this);
    if (cell.model.executionState === 'running') this.turns.follow(true);
    else this.show(); // the file may hold what was never finished
  }

  private async runOnce(cell: CodeCell): Promise<void> {
    this.next.replaceChildren();
    keepRun(this.room, this.panel, sourceOf(cell));
    await runHere(this.panel, cell);
    if (this.disposed || this.role !== 'answer') return;
    await this.room.standing.refresh();
    if (!this.turns?.isNext) this.offerNext();
  }

  private async interrupt(): Promise<void> {
    await this.panel.sessionContext.session?.kernel?.interrupt();
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
      this.bar.node.append(writingButton(this.cell), this.more());
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
    if (cell instanceof CodeCell && FORMATTED.includes(this.role)) {
      more.append(button(say('cell.format'), () => this.format(), { title: say('cell.format_title') }));
    }
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

  private async reset(): Promise<void> {
    const { starters } = await this.room.standing.detail(this.exercise.split('-', 1)[0] ?? '');
    const starter = starters[this.exercise];
    if (starter === undefined) return;
    this.replace(starter);
  }

  /** Put the text's lines and spaces in order, or say why it is as it was. */
  private async format(): Promise<void> {
    const { cell } = this;
    const source = sourceOf(cell);
    const made = await this.room.standing.server.layout(source, cell.model.id).catch(() => null);
    if (cell.isDisposed || sourceOf(cell) !== source) return; // written on meanwhile
    if (made && made.text !== source) this.replace(made.text);
    else this.status.textContent = made ? made.why_not || say('cell.format_done') : say('cell.format_fault');
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
    replaceSource(this.cell, source);
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
    void this.offerClicks();
    const { editor } = this.cell;
    if (!(editor instanceof CodeMirrorEditor)) return;
    const name = this.name();
    if (name) editor.injectExtension(EditorView.contentAttributes.of({ 'aria-label': name }));
    if (this.role !== 'answer' || !(this.cell instanceof CodeCell)) return;
    this.firstLine = new FirstLine(editor.editor);
    editor.injectExtension(this.firstLine.extension);
  }

  /** Where nothing is to be written, the answer is chosen or put in order above its text. */
  private async offerClicks(): Promise<void> {
    const { cell } = this;
    if (this.role !== 'answer' || !(cell instanceof CodeCell)) return;
    const form = await formOf(this.exercise, cell, this.panel.content, this.room.standing);
    if (!form || this.disposed || cell.isDisposed) return;
    this.clicks = new Clicks(cell, form, () => this.execute());
    const layout = cell.layout as PanelLayout;
    layout.insertWidget(layout.widgets.indexOf(this.head) + 1, this.clicks);
  }

  /** Something else may have run the cell. */
  private follow(_: ICellModel, { name, newValue }: IChangedArgs<unknown>): void {
    if (name === 'executionState') this.turns?.follow(newValue === 'running');
  }

  /** Say what the cell is doing, and where that is nothing, whether what stands below is about what stands above. */
  private show(): void {
    const { cell, run, turns } = this;
    if (this.disposed || cell.isDisposed || !(cell instanceof CodeCell) || !run || !turns) return;
    const standing = turns.busy ? 'fits' : standingOf(cell);
    this.status.textContent = turns.busy
      ? workingWord(this.panel, cell, this.role, turns)
      : standingWord(this.role, standing);
    this.stop.hidden = !turns.busy;
    run.disabled = turns.busy && !(turns.isNewer && !turns.isNext);
    if (turns.busy) run.setAttribute('aria-busy', 'true');
    else run.removeAttribute('aria-busy');
    cell.toggleClass('penguin-busy', turns.busy);
    cell.toggleClass('penguin-older', standing === 'older' || turns.isNewer);
    cell.toggleClass('penguin-unfinished', standing === 'unfinished');
  }

  private offerNext(): void {
    if (!(this.cell instanceof CodeCell) || !isAccepted(verdictOf(this.cell))) return;
    if (!this.exercise.startsWith('L')) return;
    const way = following(this.panel, this.cell, this.breaks);
    const go = button(`${say(way.code)} →`, () => way.go(), { class: 'penguin-primary penguin-next' });
    this.next.replaceChildren(go);
    const isWriting = Boolean(this.cell.editor?.hasFocus()) || standingOf(this.cell) !== 'fits';
    if (this.panel.content.activeCell === this.cell && !isWriting) go.focus({ preventScroll: true });
  }
}
