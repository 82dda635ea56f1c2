import { Widget } from '@lumino/widgets';

import { button, el } from '../dom';
import { say } from '../page';
import { dotOf, groupsOf, type Lesson, type Level, type Standing } from '../server';

export const MAP = 'penguin-map';

/** The drawer on the left: levels and lessons, each a way there. */
export class LessonMap extends Widget {
  private readonly list = el('div', { class: 'penguin-map-list' });

  constructor(
    private readonly open: (lesson: string) => Promise<void>,
    close: () => void,
  ) {
    super({ node: el('nav', { 'aria-label': say('map.title') }) });
    this.id = MAP;
    this.title.label = '☰';
    this.title.caption = say('map.title');
    this.addClass('penguin-drawer');
    this.node.append(drawerHead(say('map.title'), close), this.list);
  }

  /** Draw the lessons; `current` is the one in front. */
  draw(standing: Standing, current: string): void {
    this.list.replaceChildren(...standing.levels.map((each) => this.level(each, standing.here, current)));
  }

  private level(level: Level, here: string, current: string): HTMLElement {
    const lessons = level.lessons.map((each) => this.lesson(each, here, current));
    return el(
      'section',
      {},
      el('h3', {}, say('map.level', { number: level.number, name: level.name })),
      el('ul', {}, ...lessons),
    );
  }

  private lesson(lesson: Lesson, here: string, current: string): HTMLElement {
    const head = el('span', { class: 'penguin-map-name' }, `${lesson.id} ${lesson.title}`);
    if (lesson.id === here) head.append(' ', el('small', { class: 'penguin-here' }, `◀ ${say('map.here')}`));
    const dots = dotsOf(lesson);
    const way = button('', () => this.open(lesson.id), { class: 'penguin-map-lesson' });
    way.append(
      head,
      el('span', { class: 'penguin-map-dots', 'aria-hidden': 'true' }, dots),
      el('small', {}, lesson.path === null ? say('map.missing') : countOf(lesson)),
    );
    if (lesson.id === current) way.setAttribute('aria-current', 'page');
    return el('li', {}, way);
  }
}

/** A lesson's exercises as dots, its stretches apart. */
export function dotsOf(lesson: Lesson): string {
  return groupsOf(lesson)
    .map((group) => group.map((each) => dotOf(each.state)).join(''))
    .join(' ');
}

/** How much of a lesson is done, in words. */
export function countOf(lesson: Lesson): string {
  const count = lesson.exercises.length;
  const minutes = say('map.minutes', { minutes: lesson.minutes });
  if (lesson.done === count) return say('map.done', { count });
  if (lesson.done) return say('map.some', { done: lesson.done, count });
  return `${say('map.none', { count })} · ${minutes}`;
}

/** The head of a drawer, with the way to close it. */
export function drawerHead(title: string, close: () => void): HTMLElement {
  const shut = button('×', close, { class: 'penguin-drawer-close', 'aria-label': say('bar.close') });
  return el('header', { class: 'penguin-drawer-head' }, el('h2', {}, title), shut);
}
