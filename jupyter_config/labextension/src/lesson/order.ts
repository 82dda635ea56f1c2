import { button, el } from '../dom';
import { say } from '../page';
import { moved } from './values';

/** Lines to put in order: by dragging, by their buttons, or by Alt and the arrows; what is not needed is laid aside. */
export class LineOrder {
  readonly node = el('div', { class: 'penguin-order' });
  private readonly used = el('ol', { 'aria-label': say('click.order') });
  private readonly aside = el('ul', { 'aria-label': say('click.aside') });
  private readonly told = el('small', { role: 'status' });
  private lines: string[] = [];
  private left: string[] = [];
  private dragged: { from: number; isUsed: boolean } | null = null;

  constructor(private readonly changed: (lines: string[]) => void) {
    const asideBox = el(
      'div',
      { class: 'penguin-order-aside' },
      el('small', {}, say('click.aside')),
      this.aside,
    );
    this.node.append(el('small', {}, say('click.how')), this.used, asideBox, this.told);
    this.drops(this.used, () => this.drop(this.lines.length));
    this.drops(asideBox, () => {
      if (this.dragged?.isUsed) this.lay(this.dragged.from);
    });
  }

  /** Show the lines of the answer, and those that are laid aside. */
  draw(lines: string[], left: string[]): void {
    [this.lines, this.left] = [lines, left];
    this.used.replaceChildren(...lines.map((each, at) => this.line(each, at)));
    this.aside.replaceChildren(...left.map((each, at) => this.spare(each, at)));
  }

  private line(text: string, at: number): HTMLElement {
    const say_ = (code: string): string => say(code, { line: text.trim() });
    const up = tool('↑', say_('click.up'), () => this.move(at, at - 1));
    const down = tool('↓', say_('click.down'), () => this.move(at, at + 1));
    up.disabled = at === 0;
    down.disabled = at === this.lines.length - 1;
    const off = tool('×', say_('click.lay'), () => this.lay(at));
    const row = el('li', { draggable: 'true' }, el('code', {}, text), el('span', {}, up, down, off));
    row.addEventListener('keydown', (event) => {
      if (!event.altKey || !['ArrowUp', 'ArrowDown'].includes(event.key)) return;
      event.preventDefault();
      this.move(at, at + (event.key === 'ArrowUp' ? -1 : 1));
    });
    row.addEventListener('dragstart', () => (this.dragged = { from: at, isUsed: true }));
    this.drops(row, () => this.drop(at));
    return row;
  }

  private spare(text: string, at: number): HTMLElement {
    const back = tool('＋', say('click.take', { line: text.trim() }), () => this.take(at, this.lines.length));
    const row = el('li', { draggable: 'true' }, el('code', {}, text), el('span', {}, back));
    row.addEventListener('dragstart', () => (this.dragged = { from: at, isUsed: false }));
    return row;
  }

  private drops(place: HTMLElement, act: () => void): void {
    place.addEventListener('dragover', (event) => {
      if (this.dragged) event.preventDefault();
    });
    place.addEventListener('drop', (event) => {
      if (!this.dragged) return;
      event.preventDefault();
      event.stopPropagation();
      act();
      this.dragged = null;
    });
  }

  private drop(to: number): void {
    if (!this.dragged) return;
    if (!this.dragged.isUsed) this.take(this.dragged.from, to);
    else this.move(this.dragged.from, Math.min(to, this.lines.length - 1));
  }

  private move(from: number, to: number): void {
    if (to < 0 || to >= this.lines.length || from === to) return;
    this.changed(moved(this.lines, from, to));
    this.tell('click.moved', to);
  }

  private lay(at: number): void {
    this.changed(this.lines.filter((_, each) => each !== at));
    this.tell('click.laid', Math.min(at, this.lines.length - 1));
  }

  private take(at: number, to: number): void {
    const lines = [...this.lines];
    lines.splice(to, 0, this.left[at] ?? '');
    this.changed(lines);
    this.tell('click.moved', to);
  }

  /** Say where a line stands now, and stay on it. */
  private tell(code: string, at: number): void {
    this.told.textContent = say(code, { number: at + 1 });
    const tools = [...(this.used.children[at]?.querySelectorAll('button') ?? [])];
    tools.find((each) => !each.disabled)?.focus({ preventScroll: true });
  }
}

function tool(sign: string, label: string, press: () => void): HTMLButtonElement {
  return button(sign, press, { 'aria-label': label, title: label });
}
