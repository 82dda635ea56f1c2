import { el } from '../dom';
import { penguin } from '../logo';
import { say } from '../page';

const SLOW_MS = 15_000;
const FADE_MS = 250;

/** The course's own splash: there from the first moment that the page's code runs, gone when there is something to read. */
export class Splash {
  private readonly told = el('p', { class: 'penguin-spin' }, say('splash.loading'));
  private readonly node = el('div', { id: 'penguin-splash', role: 'status' }, penguin(), this.told);
  private readonly timer = window.setTimeout(() => {
    this.told.textContent = say('splash.slow');
  }, SLOW_MS);

  constructor() {
    document.body.append(this.node);
  }

  /** Take it away. */
  end(): void {
    clearTimeout(this.timer);
    this.node.classList.add('penguin-fade');
    setTimeout(() => this.node.remove(), FADE_MS);
  }
}
