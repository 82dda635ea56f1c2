import { Widget } from '@lumino/widgets';

import { button, el } from '../dom';
import { whyNot } from '../fault';
import { desk as data, say } from '../page';
import { drawAnswers } from './answers';
import { drawExams } from './exams';
import { drawLearner } from './learner';
import { drawLearners } from './learners';
import { drawLessons } from './lessons';
import { carryOver, type Desk, type Field, PLACES, sending, unsent, type Where } from './parts';
import { drawQuestions } from './questions';
import type { DeskServer } from './server';
import { drawTeams } from './teams';
import { drawToday } from './today';

const EVERY_MS = 60_000;
const ASKED_MS = 700;

/** The class page: a bar of seven places, what came of the last step, and the place itself, drawn anew every minute. */
export class ClassView extends Widget implements Desk {
  private where: Where = { place: 'today' };
  private readonly said = el('div', { class: 'penguin-desk-said', role: 'status' });
  private readonly moment = el('span', { class: 'penguin-desk-moment' });
  private readonly part = el('main', {
    class: 'penguin-desk-part',
    tabindex: '-1',
    'aria-label': say('bar.title'),
  });
  private readonly bar: Map<string, HTMLButtonElement>;
  private drawing = 0;
  private drawnAt = '';
  private timer = 0;

  constructor(
    readonly server: DeskServer,
    more: (anchor: HTMLElement) => void,
  ) {
    super();
    this.id = 'penguin-class';
    this.title.label = say('bar.title');
    this.addClass('penguin-desk');
    this.addClass('penguin-live');
    this.bar = new Map(
      PLACES.map((place) => [
        place,
        button(say(`bar.${place}`), () => this.go({ place }), { 'data-key': `bar-${place}` }),
      ]),
    );
    const menu = button(
      '⋯',
      () => {
        more(menu);
      },
      { 'aria-label': say('bar.more'), 'aria-haspopup': 'dialog' },
    );
    this.node.lang = data?.lang ?? 'ja';
    this.node.append(
      el(
        'header',
        { class: 'penguin-desk-head' },
        el('nav', { 'aria-label': say('bar.label') }, ...this.bar.values()),
        this.moment,
        menu,
      ),
      this.said,
      this.part,
    );
  }

  /** Draw for the first time, and every minute from then on; what has arrived is taken meanwhile. */
  begin(): void {
    void this.draw(true).then(() => this.anew());
    this.timer = window.setInterval(() => void this.anew(), EVERY_MS);
    this.disposed.connect(() => window.clearInterval(this.timer));
  }

  go(where: Where): void {
    this.where = where;
    this.said.replaceChildren();
    void this.draw(true).then(() => this.part.focus({ preventScroll: true }));
  }

  async act(step: string, body: object, ...sent: Field[]): Promise<void> {
    const markSent = sending(sent);
    this.tell(say('part.working'), 'busy');
    const asking = window.setInterval(() => void this.tellProgress(), ASKED_MS);
    try {
      const came = await this.server.step(step, body);
      this.tell(came.said, came.done ? 'done' : 'failed');
      if (!came.done) return;
      markSent();
      await this.draw(false);
    } catch (fault) {
      this.tell(say('part.failed_step', { cause: await whyNot(fault) }), 'failed');
    } finally {
      window.clearInterval(asking);
    }
  }

  private async tellProgress(): Promise<void> {
    try {
      const { done, total } = await this.server.working();
      if (total && this.said.dataset.tone === 'busy')
        this.tell(say('part.working_of', { done: done ?? 0, total }), 'busy');
    } catch (fault) {
      console.warn('How far the step is could not be asked', fault);
    }
  }

  private tell(text: string, tone: 'busy' | 'done' | 'failed'): void {
    this.said.dataset.tone = tone;
    this.said.replaceChildren(el('p', { class: tone === 'busy' ? 'penguin-spin' : '' }, text));
  }

  /** Take what has arrived and draw it; a place in which somebody writes is left alone. */
  private async anew(): Promise<void> {
    if (document.hidden || this.isDisposed) return;
    this.moment.textContent = say('bar.fetching');
    try {
      await this.server.fetch();
    } catch (fault) {
      console.warn('What has arrived could not be taken', fault);
    }
    this.tellMoment();
    if (!this.isWrittenIn()) await this.draw(false, true);
  }

  private tellMoment(): void {
    this.moment.textContent = this.drawnAt && say('bar.updated', { time: this.drawnAt });
  }

  private isWrittenIn(): boolean {
    if (this.part.querySelector('[aria-busy="true"]')) return true;
    const active = document.activeElement;
    if (active && this.part.contains(active) && /^(INPUT|SELECT|TEXTAREA)$/.test(active.tagName)) return true;
    return unsent(this.part).length > 0;
  }

  /** Draw the place; of two that are asked for the later counts, and one that comes by itself gives way to who writes. */
  private async draw(another: boolean, byItself = false): Promise<void> {
    const number = ++this.drawing;
    for (const [place, each] of this.bar) {
      if (place === this.where.place) each.setAttribute('aria-current', 'page');
      else each.removeAttribute('aria-current');
    }
    if (another) this.node.scrollTop = 0;
    if (another)
      this.part.replaceChildren(
        el('p', { class: 'penguin-waiting penguin-spin', role: 'status' }, say('part.loading')),
      );
    try {
      const made = await this.made();
      if (number !== this.drawing || (byItself && this.isWrittenIn())) return;
      this.put(made);
      this.drawnAt = new Date().toLocaleTimeString(data?.lang ?? 'ja', {
        hour: '2-digit',
        minute: '2-digit',
      });
      this.tellMoment();
    } catch (fault) {
      const cause = await whyNot(fault);
      if (number !== this.drawing || (byItself && this.isWrittenIn())) return;
      const again = button(say('part.again'), () => this.draw(true));
      this.put([el('p', { role: 'alert' }, say('part.failed', { cause })), again]);
    }
  }

  private made(): Promise<HTMLElement[]> {
    const { place, learner } = this.where;
    if (place === 'today') return drawToday(this);
    if (place === 'learners') return learner ? drawLearner(this, learner) : drawLearners(this);
    if (place === 'teams') return drawTeams(this);
    if (place === 'exams') return drawExams(this);
    if (place === 'answers') return drawAnswers(this, this.where);
    return place === 'questions' ? drawQuestions(this) : drawLessons(this);
  }

  /** Put a drawing in its place: what was open stays open, what is written unsent stays, and the focus where it was. */
  private put(made: HTMLElement[]): void {
    const focused = this.part.contains(document.activeElement)
      ? ((document.activeElement as HTMLElement).dataset.key ?? '')
      : '';
    const open = new Set(
      [...this.part.querySelectorAll<HTMLElement>('details[open]')].map((each) => each.dataset.key),
    );
    const scrolled = this.node.scrollTop;
    const kept = unsent(this.part);
    this.part.replaceChildren(...made);
    carryOver(kept, this.part);
    for (const each of this.part.querySelectorAll('details')) {
      each.open = open.has(each.dataset.key);
      if (each.open) each.dispatchEvent(new Event('toggle')); // before the place is scrolled: what is long is made when it opens
    }
    this.node.scrollTop = scrolled;
    if (focused)
      this.part
        .querySelector<HTMLElement>(`[data-key="${CSS.escape(focused)}"]`)
        ?.focus({ preventScroll: true });
  }
}
