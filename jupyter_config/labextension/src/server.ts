import { URLExt } from '@jupyterlab/coreutils';
import { ServerConnection } from '@jupyterlab/services';

/** How far an exercise has come. */
export type State = 'untouched' | 'tried' | 'handed_in' | 'passed_with_help' | 'passed';

/** One exercise on the map. */
export interface Exercise {
  id: string;
  title: string;
  state: State;
}

/** A quarter of an hour of a lesson. */
export interface Stretch {
  question: string;
  ability: string;
  exercises: string[];
  minutes: number;
  open: string[];
  left: number;
}

/** One lesson on the map; `path` is null where its notebook is missing. */
export interface Lesson {
  id: string;
  title: string;
  question: string;
  minutes: number;
  done: number;
  path: string | null;
  exercises: Exercise[];
  stretches: Stretch[];
}

/** The review at the end of a level. */
export interface Review {
  id: string;
  title: string;
  passed: boolean;
  taken: boolean;
  ready: boolean;
}

/** One level of the map. */
export interface Level {
  number: number;
  name: string;
  lessons: Lesson[];
  review: Review | null;
  shown: number;
  abilities: number;
}

/** One skill of the skill map. */
export interface Skill {
  id: string;
  name: string;
  phase: 'new' | 'learning' | 'green' | 'due';
  has_drills: boolean;
  shown: boolean;
  /** The business day on which it comes back or came, ISO; empty as long as it is new. */
  due_on: string;
}

/** Where the learner stands. */
export interface Standing {
  title: string;
  lang: 'ja' | 'en';
  levels: Level[];
  skills: Skill[];
  here: string;
  stretch: number;
  begun: boolean;
  due: number;
  days: number;
  week: boolean[];
  placement_offered: boolean;
  placed: string;
  round: string;
  round_line: string;
  round_item: string;
  question: string;
  /** The line about the draft of the day; empty where there is none to break. */
  draft: string;
  /** The alerts of the BI room that are ringing. */
  alerts: { id: number; name: string }[];
}

/** One value of an answer; a letter may be one of its options. */
export interface Field {
  name: string;
  label: string;
  sort: 'letter' | 'truth' | 'number' | 'date' | 'text';
  options: { letter: string; text: string }[];
}

/** How an exercise is answered by clicks: by its fields, or by the order of its lines. */
export interface ClickForm {
  fields: Field[];
  lines: string[];
}

/** What the page of one lesson needs beside the map. */
export interface LessonDetail {
  id: string;
  starters: Record<string, string>;
  forms: Record<string, ClickForm>;
}

/** The notebook of a lesson, as it can be opened now. */
export interface Opened {
  path: string;
  made: boolean;
  answers: number;
}

/** One earlier run of an answer. */
export interface Try {
  at: string;
  answer: string;
  status: string;
  share: number;
}

/** One text that was run, the last time; `exercise_id` is empty for a cell for trying things. */
export interface Run {
  at: string;
  exercise_id: string;
  text: string;
}

/** What became of a cell's text that was to be laid out; `why_not` says why it is as it was, or nothing. */
export interface LaidOut {
  text: string;
  why_not: string;
}

/** The addresses below /penguin/. */
export class RoomServer {
  constructor(private readonly settings: ServerConnection.ISettings) {}

  standing(): Promise<Standing> {
    return this.ask<Standing>('standing');
  }

  lesson(id: string): Promise<LessonDetail> {
    return this.ask<LessonDetail>(`lessons/${id}`);
  }

  openLesson(id: string): Promise<Opened> {
    return this.ask<Opened>(`lessons/${id}`, 'POST');
  }

  /** The practice notebook, which is laid out anew where it is missing. */
  async openPractice(): Promise<string> {
    return (await this.ask<{ path: string }>('practice', 'POST')).path;
  }

  tries(exercise: string): Promise<Try[]> {
    return this.ask<Try[]>(`tries/${exercise}`);
  }

  /** What was run in a lesson, the latest first. */
  runs(lesson: string): Promise<Run[]> {
    return this.ask<Run[]>(`runs/${lesson}`);
  }

  /** Keep what was run in a lesson. */
  async keepRun(lesson: string, exercise: string, text: string): Promise<void> {
    await this.ask<unknown>(`runs/${lesson}`, 'POST', { exercise, text });
  }

  /** A cell's text with its lines and spaces in order. */
  layout(source: string, cell: string): Promise<LaidOut> {
    return this.ask<LaidOut>('layout', 'POST', { source, cell });
  }

  /** Change the room's language: takes as long as making the practice data does, the first time. */
  async language(lang: string): Promise<void> {
    await this.ask<unknown>(`language/${lang}`, 'POST');
  }

  /** Make a table of a file of the learner's own. */
  async ownFile(file: File): Promise<OwnFile> {
    return this.send<OwnFile>(`own?${new URLSearchParams({ name: file.name })}`, {
      method: 'POST',
      body: await file.arrayBuffer(),
    });
  }

  private ask<T>(path: string, method = 'GET', body?: object): Promise<T> {
    return this.send<T>(path, body ? { method, body: JSON.stringify(body) } : { method });
  }

  private async send<T>(path: string, how: RequestInit): Promise<T> {
    const url = URLExt.join(this.settings.baseUrl, 'penguin') + `/${path}`;
    const response = await ServerConnection.makeRequest(url, how, this.settings);
    if (!response.ok) throw new ServerConnection.ResponseError(response);
    return (await response.json()) as T;
  }
}

/** What became of a file of the learner's own. */
export interface OwnFile {
  /** The table's name; empty where there is none. */
  name: string;
  said: string;
  columns: string[];
  notes: string[];
}

/** Every lesson in order. */
export function lessonsOf(standing: Standing): Lesson[] {
  return standing.levels.flatMap((each) => each.lessons);
}

/** Of how many stretches nothing is left: so many things the learner can do now. */
export function abilitiesOf(standing: Standing | null): { done: number; count: number; latest: string[] } {
  const all = standing ? lessonsOf(standing).flatMap((each) => each.stretches) : [];
  const whole = all.filter((each) => !each.open.length);
  return { done: whole.length, count: all.length, latest: whole.slice(-3).map((each) => each.ability) };
}

/** The exercises of a lesson, one group a stretch; all of them in one where it has none. */
export function groupsOf(lesson: Lesson): Exercise[][] {
  const groups = lesson.stretches.map((stretch) =>
    lesson.exercises.filter((each) => stretch.exercises.includes(each.id)),
  );
  return groups.length ? groups : [lesson.exercises];
}

/** Whether there is nothing left to do. */
export function isDone(state: State): boolean {
  return state === 'passed' || state === 'passed_with_help' || state === 'handed_in';
}

/** ● done, ◐ tried, ○ untouched. */
export function dotOf(state: State): string {
  if (isDone(state)) return '●';
  return state === 'tried' ? '◐' : '○';
}

/** The days of this week on which something was answered. */
export function daysOf(where: Standing): number {
  return where.week.filter(Boolean).length;
}
