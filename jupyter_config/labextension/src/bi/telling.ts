import { el } from '../dom';
import { say } from '../page';
import { reveal, sameButton } from './drawn';

const FAILED = 'penguin-bi-failed';
const WARNING = ':scope > .penguin-bi-warning';
/** What was done is told where the window is for so long; what is higher than this is scrolled to instead. */
const NEAR = 'penguin-bi-near';
const NEAR_MS = 6000;
const NEAR_PX = 80;
/** Actions whose answer stands behind their form. */
const ANSWERED = /\/(run|choose)$/;

/** Where a room of such pages tells what was done, or why nothing was. */
export class Telling {
  constructor(private readonly node: HTMLElement) {}

  /** The line that the page has for it. */
  get line(): HTMLElement {
    return this.node.querySelector<HTMLElement>('.penguin-bi-said') ?? el('p');
  }

  /** What was done beside the page, or why nothing was: what is written stays. */
  tell(said: string, isAside: boolean): void {
    const { line } = this;
    line.innerHTML = said;
    line.classList.toggle(FAILED, !isAside);
    line.setAttribute('role', isAside ? 'status' : 'alert');
    line.scrollIntoView({ block: 'nearest' });
  }

  /** What was told of an action that is done several times, each time; `said` is all so far. */
  gather(said: string[]): boolean {
    const { line } = this;
    said.push(line.innerHTML);
    return line.classList.contains(FAILED);
  }

  /** All that was told, as a line each. */
  all(said: string[], failed: boolean): void {
    const { line } = this;
    line.classList.toggle(FAILED, failed);
    line.innerHTML = said.join('<br>');
  }

  /** The server gave no answer. */
  failed(fault: unknown): void {
    console.warn('The BI room got no answer', fault);
    this.answered();
    this.node.prepend(el('p', { class: 'penguin-bi-warning', role: 'alert' }, say('bi.failed')));
  }

  /** It gave one again. */
  answered(): void {
    this.node.querySelector(WARNING)?.remove();
  }

  /** What a button has brought about is in sight, wherever on the page it was pressed; by keys one goes on from there. */
  show(pressed: HTMLElement): void {
    const button = sameButton(pressed, this.node);
    if (button && document.activeElement === document.body) button.focus({ preventScroll: true });
    const answer = button?.closest('form')?.nextElementSibling;
    if (answer && ANSWERED.test(pressed.dataset['biDo'] ?? '')) reveal(this.node, answer);
    else this.near();
  }

  private near(): void {
    const { line } = this;
    if (!line.textContent || line.getBoundingClientRect().top >= this.node.getBoundingClientRect().top)
      return;
    if (line.offsetHeight > NEAR_PX) {
      line.scrollIntoView({ block: 'start' });
      return;
    }
    line.classList.add(NEAR);
    window.setTimeout(() => line.classList.remove(NEAR), NEAR_MS);
  }
}
