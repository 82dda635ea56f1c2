import { Widget } from '@lumino/widgets';

import { button, el } from '../dom';
import { classSection } from '../handin/home';
import type { ClassModel } from '../handin/model';
import { hasPart, say } from '../page';
import { abilitiesOf, type Lesson, lessonsOf, type Standing, daysOf } from '../server';
import type { StandingModel } from '../standing';
import { lengthOf, nameOf } from '../lesson/stretches';
import { coming } from './coming';
import { countOf, dotsOf } from './map';
import { ownFile } from './ownfile';
import { HOME } from './place';
import { ringing } from './ringing';

/** Where home leads. */
export interface Ways {
  openLesson(id: string, exercise?: string): Promise<void>;
  openStretch(lesson: string, at: number): Promise<void>;
  openExpo(at: string): Promise<void>;
  openBi(at: string): Promise<void>;
  goExam(): void;
  openPractice(line?: string): Promise<void>;
  save(): Promise<void>;
}

/** Home: live, without a kernel, with one face for the first day, one on the way and one when all is done. */
export class HomePage extends Widget {
  private readonly own: HTMLElement[]; // stays when the page is drawn anew: what was read is told there
  constructor(
    private readonly model: StandingModel,
    private readonly inClass: ClassModel,
    private readonly ways: Ways,
  ) {
    super({ node: el('main', { tabindex: '-1' }) });
    this.id = HOME;
    this.title.label = say('bar.home');
    this.title.closable = false;
    this.addClass('penguin-home');
    this.own = [el('h2', {}, say('own.title')), ownFile(model.server)];
    model.changed.connect(this.draw, this);
    inClass.changed.connect(this.draw, this);
    this.draw();
  }

  override dispose(): void {
    this.model.changed.disconnect(this.draw, this);
    this.inClass.changed.disconnect(this.draw, this);
    super.dispose();
  }

  protected override onActivateRequest(): void {
    this.node.focus({ preventScroll: true });
  }

  private draw(): void {
    const where = this.model.current;
    if (!where) {
      this.node.replaceChildren(el('p', { class: 'penguin-waiting', role: 'status' }, say('splash.loading')));
      return;
    }
    const face = !lessonsOf(where).length
      ? this.freeOnly(where)
      : !where.begun
        ? this.dayOne(where)
        : where.here
          ? this.underWay(where)
          : this.allDone(where);
    const scrolled = this.node.scrollTop;
    this.node.replaceChildren(el('div', { class: 'penguin-home-page' }, ...face));
    this.node.scrollTop = scrolled;
  }

  /** A course without lessons: its drills, if it has any, and its tables are there to be asked. */
  private freeOnly(where: Standing): HTMLElement[] {
    const [offer, line] = hasPart('practice') ? ['home.practice', 'practice'] : ['home.free', ''];
    return [
      el('h1', {}, where.title),
      el('p', { class: 'penguin-lead' }, say('home.free_only')),
      el('p', {}, this.practice(say(offer), line, 'penguin-primary penguin-big')),
      el('p', {}, say('home.free_more')),
      ...classSection(this.inClass, this.model, this.ways),
    ];
  }

  private dayOne(where: Standing): HTMLElement[] {
    const lines = ['home.day_one_1', 'home.day_one_2', 'home.day_one_3'];
    return [
      el('h1', {}, where.title),
      el('p', { class: 'penguin-lead' }, say('home.day_one')),
      ...(where.here ? [this.begin(where, 'home.begin')] : []),
      ...ringing(where, this.ways),
      el('ol', { class: 'penguin-home-lines' }, ...lines.map((each) => el('li', {}, say(each)))),
      ...(where.placement_offered ? [el('p', {}, this.practice(say('home.experience'), 'placement'))] : []),
      ...(where.round ? [el('p', {}, this.begun(where))] : []),
      ...this.placed(where),
      ...classSection(this.inClass, this.model, this.ways),
      this.map(where),
    ];
  }

  private underWay(where: Standing): HTMLElement[] {
    return [
      el('h1', {}, where.title),
      el('p', { class: 'penguin-lead' }, say('home.back')),
      this.begin(where, this.lesson(where)?.done ? 'home.go_on' : 'home.begin'),
      ...ringing(where, this.ways),
      this.week(where),
      ...coming(where),
      ...this.placed(where),
      ...classSection(this.inClass, this.model, this.ways),
      this.today(where),
      this.progress(where),
      ...this.own,
      this.map(where),
    ];
  }

  private allDone(where: Standing): HTMLElement[] {
    return [
      el('h1', {}, where.title),
      el('p', { class: 'penguin-lead' }, say('home.all_done')),
      ...ringing(where, this.ways),
      ...(hasPart('practice')
        ? [
            el('p', {}, say('home.all_done_more')),
            el('p', {}, this.practice(say('home.practice'), 'practice', 'penguin-primary')),
            ...coming(where),
          ]
        : []),
      ...classSection(this.inClass, this.model, this.ways),
      this.today(where),
      this.progress(where),
      this.map(where),
    ];
  }

  /** The one big button. */
  private begin(where: Standing, code: string): HTMLElement {
    const lesson = this.lesson(where);
    if (!lesson) return el('p');
    const stretch = lesson.stretches[where.stretch];
    const length = stretch ? ` ${lengthOf(stretch)}` : '';
    const open = (): Promise<void> =>
      stretch ? this.ways.openStretch(lesson.id, where.stretch) : this.ways.openLesson(lesson.id);
    const big = button(`▶ ${say(code)}${length}`, open, { class: 'penguin-primary penguin-big' });
    return el(
      'div',
      { class: 'penguin-home-begin' },
      big,
      el('p', {}, el('strong', {}, `${lesson.id} ${lesson.title}`), ` ${stretch ? '' : lesson.question}`),
      stretch ? el('p', {}, nameOf(lesson.stretches, where.stretch)) : null,
    );
  }

  /** The days of this week; one that was left out takes nothing away. */
  private week(where: Standing): HTMLElement {
    const names = new Intl.DateTimeFormat(where.lang, { weekday: 'short', timeZone: 'UTC' });
    const days = where.week.map((practised, at) =>
      el(
        'span',
        { class: practised ? 'penguin-day penguin-practised' : 'penguin-day' },
        el('span', {}, practised ? '●' : '○'),
        names.format(new Date(Date.UTC(2024, 0, 1 + at))), // a Monday
      ),
    );
    const count = daysOf(where);
    return el(
      'p',
      { class: 'penguin-week' },
      el('span', { class: 'penguin-week-days', 'aria-hidden': 'true' }, ...days),
      el('span', {}, say(count ? 'home.week' : 'home.week_open', { count })),
    );
  }

  /** Why the big button leads there: the placement test did, and nothing of the lesson is done yet. */
  private placed(where: Standing): HTMLElement[] {
    const lesson = this.lesson(where);
    if (!lesson || lesson.id !== where.placed || lesson.done) return [];
    return [el('p', {}, say('home.placed', { lesson: `${lesson.id} ${lesson.title}` }))];
  }

  private lesson(where: Standing): Lesson | undefined {
    return lessonsOf(where).find((each) => each.id === where.here);
  }

  /** Back to what was begun and not finished. */
  private begun(where: Standing): HTMLElement {
    return this.practice(say(`home.in_${where.round}`), where.round_line);
  }

  private today(where: Standing): HTMLElement {
    const items: HTMLElement[] = [];
    if (where.round) items.push(this.begun(where));
    if (where.due) items.push(this.practice(say('home.due', { count: where.due }), 'practice'));
    for (const { review } of where.levels) {
      if (!review?.ready || review.passed) continue;
      items.push(this.practice(say('home.review', { title: review.title }), `review ${review.id}`));
    }
    if (where.question) {
      items.push(this.practice(say('home.question', { question: where.question }), 'practice today'));
    }
    if (where.draft) items.push(this.practice(where.draft, 'practice break'));
    if (!hasPart('practice')) items.push(this.practice(say('home.free'), ''));
    else if (!where.round && !where.due) items.push(this.practice(say('home.practice'), ''));
    return el(
      'section',
      {},
      el('h2', {}, say('home.today')),
      el('ul', { class: 'penguin-cards penguin-today' }, ...items.map((each) => el('li', {}, each))),
    );
  }

  private progress(where: Standing): HTMLElement {
    const lessons = lessonsOf(where);
    const whole = lessons.filter((each) => each.done === each.exercises.length).length;
    const sum = (count: (lesson: Lesson) => number): number =>
      lessons.reduce((total, each) => total + count(each), 0);
    const settled = where.skills.filter((each) => each.phase === 'green').length;
    const shown = where.skills.filter((each) => each.shown).length;
    const { done, count, latest } = abilitiesOf(where);
    const lines = [
      say('home.lessons_done', { done: whole, count: lessons.length }),
      say('home.exercises_done', {
        done: sum((each) => each.done),
        count: sum((each) => each.exercises.length),
      }),
      ...(where.skills.length
        ? [say('home.skills_done', { done: settled, shown, count: where.skills.length })]
        : []),
      ...(where.days > daysOf(where) ? [say('home.days', { days: where.days })] : []), // the week says the first ones
    ];
    return el(
      'section',
      {},
      el('h2', {}, say('home.progress')),
      ...(done
        ? [
            el('h3', {}, say('home.abilities', { done, count })),
            el('ul', { class: 'penguin-abilities' }, ...latest.map((each) => el('li', {}, each))),
          ]
        : []),
      el('ul', { class: 'penguin-facts' }, ...lines.map((each) => el('li', {}, each))),
    );
  }

  private map(where: Standing): HTMLElement {
    const levels = where.levels.map((level) =>
      el(
        'section',
        {},
        el('h3', {}, say('map.level', { number: level.number, name: level.name })),
        el('ul', { class: 'penguin-cards' }, ...level.lessons.map((each) => this.card(each, where.here))),
      ),
    );
    const free = hasPart('practice') ? [] : [el('p', {}, this.practice(say('home.free'), ''))];
    return el('section', {}, el('h2', {}, say('map.title')), ...levels, ...(where.begun ? [] : free));
  }

  private card(lesson: Lesson, here: string): HTMLElement {
    const way = button('', () => this.ways.openLesson(lesson.id), { class: 'penguin-map-lesson' });
    way.append(
      el('span', { class: 'penguin-map-name' }, `${lesson.id} ${lesson.title}`),
      el('small', { class: 'penguin-map-question' }, lesson.question),
      el('span', { class: 'penguin-map-dots', 'aria-hidden': 'true' }, dotsOf(lesson)),
      el(
        'small',
        { class: 'penguin-map-count' },
        lesson.path === null ? say('map.missing') : countOf(lesson),
      ),
    );
    if (lesson.id === here) way.setAttribute('aria-current', 'step');
    return el('li', {}, way);
  }

  private practice(label: string, line: string, css = 'penguin-link'): HTMLElement {
    return button(label, () => this.ways.openPractice(line), { class: css });
  }
}
