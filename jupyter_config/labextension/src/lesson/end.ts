import type { NotebookPanel } from '@jupyterlab/notebook';
import { Widget } from '@lumino/widgets';

import { button, el } from '../dom';
import { handInBox } from '../handin/box';
import { onDisk } from '../handin/save';
import { say } from '../page';
import { lessonOf } from '../room/place';
import type { IRoom } from '../room/token';
import { isDone } from '../server';
import { handOver } from './handing';
import { goTo } from './place';

interface HasFooter {
  footer: Widget | null;
}

/** The end of a lesson, in place of JupyterLab's "click to add a cell": what is open still, or where to go on. */
export class LessonEnd {
  private readonly page = new Widget({ node: el('section', { class: 'penguin-end' }) });
  private readonly before: Widget | null;
  private handing = false;
  private told = '';

  constructor(
    private readonly panel: NotebookPanel,
    private readonly room: IRoom,
  ) {
    // a notebook that hears of a key or of the focus outside its cells takes the focus back to the active one
    for (const name of ['keydown', 'focusin'])
      this.page.node.addEventListener(name, (event) => event.stopPropagation());
    this.before = this.layout.footer;
    this.layout.footer = this.page;
    room.standing.changed.connect(this.draw, this);
    room.inClass.changed.connect(this.draw, this);
    this.draw();
  }

  /** Give JupyterLab its own end back. */
  dispose(): void {
    this.room.standing.changed.disconnect(this.draw, this);
    this.room.inClass.changed.disconnect(this.draw, this);
    if (!this.panel.isDisposed) this.layout.footer = this.before;
    this.page.dispose();
  }

  private get layout(): HasFooter {
    return this.panel.content.layout as unknown as HasFooter;
  }

  /** The last answer is drawn first; while the colleague replies, no second reply is asked for. */
  private async handOver(): Promise<void> {
    if (this.handing) return;
    this.handing = true;
    try {
      await handOver(this.panel);
    } catch (fault) {
      console.warn('The end of the lesson could not be shown; its button is there', fault);
    } finally {
      this.handing = false;
    }
  }

  private draw(): void {
    const { standing, navigation } = this.room;
    const lesson = standing.lesson(lessonOf(this.panel));
    if (!lesson) {
      this.told = '';
      this.page.node.replaceChildren();
      return;
    }
    const open = lesson.exercises.filter((each) => !isDone(each.state));
    if (!open.length) void this.handOver();
    const next = standing.after(lesson.id);
    const first = open[0];
    const count = lesson.exercises.length;
    const title = first ? say('end.open', { count: open.length }) : say('end.title', { count });
    const ways: HTMLElement[] = [];
    if (first) {
      const label = say('end.to_open', { id: first.id, title: first.title });
      ways.push(button(label, () => goTo(this.panel, first.id), { class: 'penguin-primary' }));
    }
    if (next) {
      const label = `${say('end.next', { lesson: `${next.id} ${next.title}` })} →`;
      ways.push(
        button(label, () => navigation.openLesson(next.id), { class: first ? '' : 'penguin-primary' }),
      );
      if (!first) ways.push(el('span', { class: 'penguin-end-question' }, next.question));
    }
    ways.push(button(say('end.home'), () => navigation.goHome()));
    const last = lesson.stretches.at(-1);
    this.page.node.classList.toggle('penguin-complete', !first);
    const mine = this.room.inClass.lesson(lesson.id);
    const save = (): Promise<void> => onDisk(this.panel);
    const parts = [
      el('h2', {}, title),
      ...(last && !last.open.length
        ? [el('p', {}, el('strong', {}, `✓ ${say('stretch.now')}`), ' ', last.ability)]
        : []),
      el('div', { class: 'penguin-end-ways' }, ...ways),
      ...(mine ? [handInBox(this.room.inClass, mine, save)] : []),
    ];
    // what says the same stays, so that no press is lost to a page that draws itself anew
    const told = parts.map((each) => each.outerHTML).join('');
    if (told === this.told) return;
    this.told = told;
    this.page.node.replaceChildren(...parts);
  }
}
