import { Widget } from '@lumino/widgets';

import { button, el, narrowWindows } from '../dom';
import { penguin } from '../logo';
import { hasPart, say } from '../page';
import { dotOf, type Exercise, groupsOf, isDone, type Lesson } from '../server';
import { nameOf } from '../lesson/stretches';
import type { Place } from './place';

/** What the bar leads to. */
export interface BarActions {
  home(): void;
  bi(): void;
  expo(): void;
  map(): void;
  history(anchor: HTMLElement): unknown;
  tables(): void;
  help(anchor: HTMLElement): void;
  more(anchor: HTMLElement): void;
  exercise(id: string): void;
}

/** The bar on top: home, BI, Expo, the lesson with its exercises as dots, tables, help, more. */
export class Bar extends Widget {
  private readonly middle = el('div', { class: 'penguin-bar-middle' });
  private readonly homeButton: HTMLButtonElement;
  private readonly biButton: HTMLButtonElement;
  private readonly expoButton: HTMLButtonElement;
  private readonly historyButton: HTMLButtonElement;
  private readonly tablesButton: HTMLButtonElement;
  private isNamed = false;
  private readonly narrow = narrowWindows();
  private readonly onNarrow = (): void => this.refit();

  constructor(private readonly actions: BarActions) {
    super({ node: el('nav', { 'aria-label': say('bar.label') }) });
    this.id = 'penguin-bar';
    this.addClass('penguin-bar');
    const map = button('☰', () => actions.map(), { class: 'penguin-bar-map', title: say('bar.map') });
    map.setAttribute('aria-label', say('bar.map'));
    this.homeButton = button(say('bar.home'), () => actions.home(), { class: 'penguin-bar-home' });
    this.homeButton.prepend(penguin());
    this.biButton = button(say('bar.bi'), () => actions.bi(), { title: say('bar.bi_caption') });
    this.expoButton = button(say('bar.expo'), () => actions.expo(), { title: say('bar.expo_caption') });
    this.historyButton = button(say('bar.history'), () => actions.history(this.historyButton), {
      title: say('bar.history_caption'),
      'aria-haspopup': 'dialog',
    });
    this.tablesButton = button(say('bar.tables'), () => actions.tables(), {
      title: say('bar.tables_caption'),
    });
    this.biButton.hidden = !hasPart('bi');
    this.expoButton.hidden = !hasPart('expo');
    const help = button(say('bar.help'), () => actions.help(help), { 'aria-haspopup': 'dialog' });
    const more = button('⋯', () => actions.more(more), {
      'aria-label': say('bar.more'),
      title: say('bar.more'),
      'aria-haspopup': 'menu',
    });
    this.node.append(
      map,
      this.homeButton,
      this.biButton,
      this.expoButton,
      this.middle,
      this.historyButton,
      this.tablesButton,
      help,
      more,
    );
    this.narrow.addEventListener('change', this.onNarrow);
  }

  override dispose(): void {
    this.narrow.removeEventListener('change', this.onNarrow);
    super.dispose();
  }

  /** Draw where the learner is. */
  draw(place: Place, lesson: Lesson | undefined, name: string, current: string): void {
    const atHome = place.kind === 'home';
    mark(this.homeButton, atHome);
    mark(this.biButton, place.kind === 'bi');
    mark(this.expoButton, place.kind === 'expo');
    this.historyButton.hidden = place.kind !== 'lesson';
    this.tablesButton.hidden = atHome || place.kind === 'exam';
    if (place.kind === 'lesson' && lesson) this.middle.replaceChildren(...this.lesson(lesson, current));
    else this.middle.replaceChildren(el('strong', { class: 'penguin-bar-name' }, name));
    if (this.isNamed === (this.middle.textContent !== '')) return;
    this.isNamed = !this.isNamed;
    this.refit();
  }

  /** On a telephone the bar has two lines where there is a name: the page below it is to begin where the bar ends. */
  private refit(): void {
    for (let each = this.parent; each; each = each.parent) each.fit();
  }

  private lesson(lesson: Lesson, current: string): HTMLElement[] {
    const done = lesson.exercises.filter((each) => isDone(each.state)).length;
    const count = lesson.exercises.length;
    const dotFor = (each: Exercise): HTMLElement => {
      const told = say('bar.dot', { ...each, state: say(`state.${each.state}`) });
      const dot = button(dotOf(each.state), () => this.actions.exercise(each.id), {
        class: `penguin-dot penguin-${each.state}`,
        title: told,
        'aria-label': told,
      });
      if (each.id === current) dot.setAttribute('aria-current', 'true');
      return dot;
    };
    const dots = groupsOf(lesson).map((group, at) => {
      const label = lesson.stretches.length ? nameOf(lesson.stretches, at) : lesson.title;
      return el(
        'span',
        { class: 'penguin-dots-stretch', role: 'group', 'aria-label': label },
        ...group.map(dotFor),
      );
    });
    const counted = el(
      'span',
      { class: 'penguin-bar-count', title: say('bar.count_label', { done, count }) },
      say('bar.count', { done, count }),
    );
    return [
      el('strong', { class: 'penguin-bar-name', title: lesson.question }, `${lesson.id} ${lesson.title}`),
      el('span', { class: 'penguin-dots', role: 'group', 'aria-label': say('bar.dots') }, ...dots),
      counted,
    ];
  }
}

/** Say of a button whether it leads to the page in front. */
function mark(way: HTMLButtonElement, isHere: boolean): void {
  if (isHere) way.setAttribute('aria-current', 'page');
  else way.removeAttribute('aria-current');
}
