import type { Cell } from '@jupyterlab/cells';
import type { Notebook, NotebookPanel } from '@jupyterlab/notebook';
import { type PanelLayout, Widget } from '@lumino/widgets';

import { button, el } from '../dom';
import { sourceOf } from '../outputs/source';
import { say } from '../page';
import { lessonOf } from '../room/place';
import type { IRoom } from '../room/token';
import { abilitiesOf, type Lesson, type Stretch } from '../server';
import { answerCell, exerciseOf, goTo, roleOf, scrollToTop } from './place';

/** The cell that a stretch of a lesson begins with: its heading, else whatever is to be read first, else its first task. */
export function startOf(notebook: Notebook, stretches: readonly Stretch[], at: number): Cell | undefined {
  const cells = notebook.widgets;
  const [before, stretch] = [stretches[at - 1], stretches[at]];
  if (!before) return stretch && cells[0];
  const last = answerCell(notebook, before.exercises.at(-1) ?? '');
  const task = cells.findIndex(
    (each) => roleOf(each) === 'task' && exerciseOf(each) === stretch?.exercises[0],
  );
  if (!last || task < 0) return undefined;
  const between = cells.slice(cells.indexOf(last) + 1, task);
  const text = between.filter((each) => roleOf(each) === 'text');
  return text.find((each) => sourceOf(each).startsWith('## ')) ?? text[0] ?? cells[task];
}

/** Bring the beginning of a stretch into the window. */
export function goToStretch(panel: NotebookPanel, stretches: readonly Stretch[], at: number): void {
  const notebook = panel.content;
  const cell = startOf(notebook, stretches, at);
  if (!cell) return;
  notebook.activeCellIndex = notebook.widgets.indexOf(cell);
  scrollToTop(notebook, cell.node.querySelector('.penguin-stretch-head') ?? cell.node);
  notebook.activate();
}

/** How long a stretch is, or what is left of one that was begun. */
export function lengthOf(stretch: Stretch): string {
  const begun = stretch.open.length < stretch.exercises.length && stretch.open.length > 0;
  return begun
    ? say('stretch.left', { minutes: stretch.left, count: stretch.open.length })
    : say('stretch.length', { minutes: stretch.minutes, count: stretch.exercises.length });
}

/** Which of how many it is, its question and its length. */
export function nameOf(stretches: readonly Stretch[], at: number): string {
  const nth = say('stretch.nth', { nth: at + 1, count: stretches.length });
  return `${nth} ${stretches[at]?.question ?? ''}`;
}

/** Where the stretches of a lesson meet: the small end of one, with what one can do now, and the head of the next. */
export class StretchBreaks {
  private readonly breaks = new Map<Cell, { widget: Widget; at: number; told: string }>();

  constructor(
    private readonly panel: NotebookPanel,
    private readonly room: IRoom,
  ) {}

  /** Bring the breaks in line with the cells and with where the learner stands. */
  draw(): void {
    const lesson = this.lesson;
    const starts = new Map<Cell, number>();
    lesson?.stretches.forEach((_, at) => {
      const cell = startOf(this.panel.content, lesson.stretches, at);
      if (cell) starts.set(cell, at);
    });
    for (const [cell, each] of this.breaks) {
      if (starts.get(cell) === each.at && !each.widget.isDisposed) continue;
      each.widget.dispose();
      this.breaks.delete(cell);
    }
    for (const [cell, at] of starts) if (lesson) this.drawOne(cell, at, lesson);
  }

  /** The end of the stretch that an exercise belongs to, where nothing of it is left and nothing more is to be read before. */
  after(exercise: string, next: Cell | undefined): (() => void) | null {
    const lesson = this.lesson;
    const at = lesson?.stretches.findIndex((each) => each.exercises.includes(exercise)) ?? -1;
    const stretch = lesson?.stretches[at];
    if (!lesson || !stretch || stretch.open.length) return null;
    const cell = startOf(this.panel.content, lesson.stretches, at + 1);
    const found = cell && this.breaks.get(cell);
    const isLast = stretch.exercises.at(-1) === exercise;
    if (!found || (isLast && next !== cell)) return null;
    return () => {
      scrollToTop(this.panel.content, found.widget.node);
      found.widget.node.querySelector('button')?.focus({ preventScroll: true });
    };
  }

  /** Leave the notebook as JupyterLab has it. */
  dispose(): void {
    for (const { widget } of this.breaks.values()) widget.dispose();
    this.breaks.clear();
  }

  private get lesson(): Lesson | undefined {
    return this.room.standing.lesson(lessonOf(this.panel));
  }

  private drawOne(cell: Cell, at: number, lesson: Lesson): void {
    let shown = this.breaks.get(cell);
    if (!shown) {
      const made = { widget: new Widget({ node: el('div', { class: 'penguin-stretch' }) }), at, told: '' };
      this.breaks.set(cell, (shown = made));
      void cell.ready.then(() => {
        if (!made.widget.isDisposed && !cell.isDisposed)
          (cell.layout as PanelLayout).insertWidget(0, made.widget);
      });
    }
    const parts = [...this.end(lesson, at - 1), this.head(lesson.stretches, at)];
    // what says the same stays, so that no press is lost to a break that draws itself anew
    const told = parts.map((each) => each.outerHTML).join('');
    if (told === shown.told) return;
    shown.told = told;
    shown.widget.node.replaceChildren(...parts);
  }

  private head(stretches: readonly Stretch[], at: number): HTMLElement {
    const stretch = stretches[at];
    return el(
      'p',
      { class: 'penguin-stretch-head' },
      el('strong', {}, nameOf(stretches, at)),
      ' ',
      el('small', {}, stretch ? lengthOf(stretch) : ''),
    );
  }

  private end(lesson: Lesson, at: number): HTMLElement[] {
    const stretch = lesson.stretches[at];
    const next = lesson.stretches[at + 1];
    if (!stretch || !next) return [];
    const first = stretch.open[0];
    if (first) {
      const back = button(say('stretch.back', { id: first }), () => goTo(this.panel, first));
      return [
        el(
          'p',
          { class: 'penguin-stretch-open' },
          say('stretch.open', { count: stretch.open.length }),
          ' ',
          back,
        ),
      ];
    }
    const { done, count } = abilitiesOf(this.room.standing.current);
    const on = button(
      `${say('stretch.next', { length: lengthOf(next) })} →`,
      () => goToStretch(this.panel, lesson.stretches, at + 1),
      { class: 'penguin-primary' },
    );
    const home = button(say('stretch.home'), () => this.room.navigation.goHome());
    return [
      el(
        'section',
        { class: 'penguin-stretch-end', 'aria-label': say('stretch.done') },
        el(
          'p',
          { class: 'penguin-stretch-now' },
          el('strong', {}, `✓ ${say('stretch.now')}`),
          ' ',
          stretch.ability,
        ),
        el('p', {}, on, home, el('small', {}, say('stretch.counted', { done, count }))),
      ),
    ];
  }
}
