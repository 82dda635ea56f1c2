import { PromiseDelegate } from '@lumino/coreutils';
import { type ISignal, Signal } from '@lumino/signaling';

import { type LessonDetail, lessonsOf, type Lesson, type RoomServer, type Standing } from './server';

/** The learner's standing as the server told it last; whoever draws it listens. */
export class StandingModel {
  private _current: Standing | null = null;
  private readonly _changed = new Signal<this, Standing>(this);
  private readonly details = new Map<string, Promise<LessonDetail>>();
  private asking: Promise<void> | null = null;
  private again = false;
  private readonly first = new PromiseDelegate<void>();

  constructor(readonly server: RoomServer) {}

  get current(): Standing | null {
    return this._current;
  }

  get changed(): ISignal<this, Standing> {
    return this._changed;
  }

  /** Resolves once the server has been asked for the first time, whether it could tell or not. */
  get asked(): Promise<void> {
    return this.first.promise;
  }

  /** A lesson on the map. */
  lesson(id: string): Lesson | undefined {
    return this._current ? lessonsOf(this._current).find((each) => each.id === id) : undefined;
  }

  /** The lesson after another. */
  after(id: string): Lesson | undefined {
    if (!this._current) return undefined;
    const all = lessonsOf(this._current);
    const at = all.findIndex((each) => each.id === id);
    return at < 0 ? undefined : all[at + 1];
  }

  /** The starters of a lesson. */
  detail(id: string): Promise<LessonDetail> {
    const known = this.details.get(id) ?? this.server.lesson(id);
    this.details.set(id, known);
    known.catch(() => this.details.delete(id));
    return known;
  }

  /** Ask the server again; calls while it is being asked lead to one more. A server that is away leaves what was known. */
  async refresh(): Promise<void> {
    if (this.asking) {
      this.again = true;
      return this.asking;
    }
    this.asking = this.ask();
    try {
      await this.asking;
    } finally {
      this.asking = null;
      this.first.resolve();
    }
    if (this.again) {
      this.again = false;
      await this.refresh();
    }
  }

  private async ask(): Promise<void> {
    try {
      this._current = await this.server.standing();
    } catch (fault) {
      console.warn('The standing could not be read', fault);
      return;
    }
    this._changed.emit(this._current);
  }
}
