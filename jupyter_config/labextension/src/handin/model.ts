import { type ISignal, Signal } from '@lumino/signaling';

import { hubPrefix } from '../page';
import type { ClassServer, HandedIn, InClass, LessonInClass, Mark, Question } from './server';

const EVERY = 60_000;

/** The class as the server told it last; null without one. Whoever draws it listens. */
export class ClassModel {
  private _current: InClass | null = null;
  private readonly _changed = new Signal<this, void>(this);
  private told = '';

  constructor(readonly server: ClassServer) {}

  get current(): InClass | null {
    return this._current;
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /**
   * Begin: what is known at once, then what lies ready, and again every minute that the page is looked at. Without a
   * class that is all, but on a hub, where a mentor may bring one out while learners are at it.
   */
  async begin(): Promise<void> {
    await this.take(() => this.server.now());
    if (!this._current && !hubPrefix) return;
    await this.synchronise();
    window.setInterval(() => {
      if (document.visibilityState === 'visible') void this.synchronise();
    }, EVERY);
  }

  /** Send what waits and fetch what lies ready. */
  async synchronise(): Promise<void> {
    await this.take(() => (this._current ? this.server.synchronised() : this.server.now()));
  }

  /** Hand a lesson in as it is on the disk. */
  async handIn(lesson: string): Promise<HandedIn> {
    const made = await this.server.handIn(lesson);
    this.show(made.class);
    return made;
  }

  /** Something that came back was read. */
  async read(name: string): Promise<void> {
    await this.take(() => this.server.markRead(name));
  }

  /** Take a file that a mentor sent. */
  async receive(file: Blob): Promise<void> {
    this.show(await this.server.receive(file));
  }

  lesson(id: string): LessonInClass | undefined {
    return this._current?.lessons.find((each) => each.lesson === id);
  }

  /** What came back of an exercise. */
  mark(exercise: string): Mark | undefined {
    const graded = this.lesson(exercise.split('-', 1)[0] ?? '')?.graded;
    return graded?.exercises.find((each) => each.exercise === exercise);
  }

  questions(exercise: string): Question[] {
    return this._current?.questions.filter((each) => each.exercise === exercise) ?? [];
  }

  private async take(ask: () => Promise<InClass | null>): Promise<void> {
    try {
      this.show(await ask());
    } catch (fault) {
      console.warn('The class could not be asked for', fault);
    }
  }

  private show(current: InClass | null): void {
    const told = JSON.stringify(current);
    if (told === this.told) return;
    this.told = told;
    this._current = current;
    this._changed.emit();
  }
}
