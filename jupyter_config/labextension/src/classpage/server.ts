import { URLExt } from '@jupyterlab/coreutils';
import { ServerConnection } from '@jupyterlab/services';

import { Told } from '../fault';
import type { ClassTable } from './table';

/** One thing behind a line of today. */
export interface Waiting {
  kind: string;
  lesson: string;
  student: string;
  name: string;
  text: string;
  place: string;
  /** At which somebody is stuck, or whose answers are to be read. */
  exercise: string;
}

/** One line of today. */
export interface Line {
  kind: string;
  text: string;
  count: number;
  lesson: string;
  step: '' | 'grade' | 'give_back' | 'remind';
  leads: '' | 'questions' | 'answers' | 'learners' | 'waiting' | 'notebook';
  details: Waiting[];
}

/** What to do next. */
export interface Today {
  at: string;
  exchange: boolean;
  learners: number;
  released: number;
  lines: Line[];
  /** How the class fares with the draft of the day; empty where nobody was right yet. */
  draft: string;
}

/** A level's test that the course has. */
export interface ExamLevel {
  level: number;
  minutes: number;
  tasks: number;
}

/** A level test that was opened for a learner. */
export interface ListedExam {
  key: string;
  learner: string;
  level: number;
  opened: string;
  state: 'open' | 'waiting' | 'missed' | 'passed' | 'failed';
  said: string;
  doubts: string[];
}

/** The level tests, and the learners' names by id. */
export interface Exams {
  names: Record<string, string>;
  levels: ExamLevel[];
  exams: ListedExam[];
}

/** One lesson in one team. */
export interface TeamLesson {
  lesson: string;
  handed_in: number;
  can_be_asked: string[];
  others: string[];
}

/** One team. */
export interface Team {
  name: string;
  members: string[];
  analyst: string;
  lessons: TeamLesson[];
  /** What they work on together; its state in words. */
  expo: { writer: string; issue: string; state: string } | null;
}

/** The teams, and the learners' names by id. */
export interface Teams {
  names: Record<string, string>;
  /** Whether managers see each person's points. */
  marks: boolean;
  teams: Team[];
}

/** One learner in full. */
export interface LearnerInFull {
  student: string;
  name: string;
  team: string;
  marks: {
    lesson: string;
    exercise: string;
    title: string;
    points: number | null;
    possible: number;
    comment: string;
    answer: string;
  }[];
  tries: { exercise: string; at: string; outcome: string; cause: string; answer: string }[];
  questions: { exercise: string; at: string; wanted: string; reply: string }[];
  abilities: { level: number; text: string; shown: boolean }[];
  /** The skills whose review is due or will be soon, in words. */
  coming_back: string[];
}

/** One question of the box. */
export interface Question {
  student: string;
  name: string;
  key: string;
  exercise: string;
  title: string;
  /** HTML; empty where the course has no such exercise any more. */
  task: string;
  at: string;
  wanted: string;
  tables: string;
  query: string;
  got: string;
  expected: string;
  reply: string;
}

/** Answers that behave alike. */
export interface Group {
  group: string;
  outcome: string;
  outcome_name: string;
  mistake: string;
  hint: string;
  size: number;
  names: string[];
  texts: [string, number][];
  comments: string[];
  possible: number;
}

/** One row of a rubric, and the most that it gives. */
export interface Criterion {
  id: string;
  text: string;
  points: number;
}

/** A text that a learner has written, or two together; marks by mentor and criterion. */
export interface Written {
  student: string;
  names: string[];
  text: string;
  marks: Record<string, Record<string, number>>;
  comment: string;
}

/** What is counted of an exercise, which drills were practised next, and why to look at the question; each empty where there is nothing. */
export interface Item {
  counted: string;
  next_drills: string;
  flag: string;
}

/** One exercise: its task (HTML) and what answers are held against, what is counted, its groups, and what is marked by a rubric. */
export interface Answered {
  id: string;
  title: string;
  task: string;
  models: [string, string][];
  item: Item | null;
  mentor: string;
  criteria: Criterion[];
  bank: string[];
  groups: Group[];
  written: Written[];
}

/** How often the week goes by itself (0 is never), and its latest runs. */
export interface Timetable {
  minutes: number;
  runs: { at: string; text: string }[];
}

/** What came of a step. */
export interface Outcome {
  said: string;
  done: boolean;
}

/** The addresses below /penguin/desk/. */
export class DeskServer {
  private ahead: Promise<Today> | undefined;

  constructor(private readonly settings: ServerConnection.ISettings) {}

  /** Ask for today while JupyterLab, which takes a second, still begins. */
  askAhead(): void {
    this.ahead = this.ask<Today>('today');
    this.ahead.catch(() => undefined); // told where it is asked for
  }

  today(): Promise<Today> {
    const { ahead } = this;
    this.ahead = undefined; // it is of its moment
    return ahead ? ahead.catch(() => this.ask<Today>('today')) : this.ask('today');
  }

  learners(): Promise<ClassTable> {
    return this.ask('learners');
  }

  exams(): Promise<Exams> {
    return this.ask('exams');
  }

  teams(): Promise<Teams> {
    return this.ask('teams');
  }

  /** The address of the page for managers, on one team or on all. */
  reportOf(team = ''): string {
    const url = this.at('report');
    return team ? `${url}?team=${encodeURIComponent(team)}` : url;
  }

  learner(id: string): Promise<LearnerInFull> {
    return this.ask(`learner?id=${encodeURIComponent(id)}`);
  }

  questions(): Promise<Question[]> {
    return this.ask('questions');
  }

  answers(lesson: string): Promise<Answered[]> {
    return this.ask(`answers/${encodeURIComponent(lesson)}`);
  }

  timetable(): Promise<Timetable> {
    return this.ask('timetable');
  }

  working(): Promise<{ done?: number; total?: number }> {
    return this.ask('working');
  }

  /** Have the desk take what has arrived. */
  async fetch(): Promise<void> {
    await this.ask('fetch', {});
  }

  step(name: string, body: object): Promise<Outcome> {
    return this.ask(`steps/${name}`, body);
  }

  private at(path: string): string {
    return `${URLExt.join(this.settings.baseUrl, 'penguin', 'desk')}/${path}`;
  }

  private async ask<T>(path: string, body?: object): Promise<T> {
    const url = this.at(path);
    const init = body ? { method: 'POST', body: JSON.stringify(body) } : {};
    const response = await ServerConnection.makeRequest(url, init, this.settings);
    if (response.status === 409) throw new Told(((await response.json()) as { fault: string }).fault);
    if (!response.ok) throw new ServerConnection.ResponseError(response);
    return (await response.json()) as T;
  }
}
