import { URLExt } from '@jupyterlab/coreutils';
import { ServerConnection } from '@jupyterlab/services';

/** One hand-in from this computer. */
export interface Receipt {
  code: string;
  lesson: string;
  number: number;
  at: string;
  sent: boolean;
}

/** One exercise of what came back; `points` is null while somebody has still to read it. */
export interface Mark {
  exercise: string;
  points: number | null;
  possible: number;
  outcome: string;
  comment: string;
}

/** What came back of a lesson. */
export interface Graded {
  at: string;
  code: string;
  points: number;
  possible: number;
  solved: number;
  exercises: Mark[];
  unread: boolean;
}

/** How a lesson's hand-in stands. */
export type HandInState = '' | 'waiting' | 'sent' | 'to_send' | 'collected' | 'graded' | 'refused';

/** A lesson as the class has it. */
export interface LessonInClass {
  lesson: string;
  due: string | null;
  over: boolean;
  released: boolean;
  receipts: Receipt[];
  state: HandInState;
  reason: string;
  graded: Graded | null;
  /** Whether the latest hand-in was made after the date. */
  late: boolean;
  /** Where the file lies that is still to be sent by hand; empty where there is none. */
  file: string;
  /** With whom it is handed in, where two do so together; else empty. */
  partner: string;
}

/** A question of this learner's; `reply` is empty while there is none. */
export interface Question {
  key: string;
  exercise: string;
  question: string;
  at: string;
  reply: string;
  mentor: string;
  unread: boolean;
}

/** How the class stands for this learner. */
export interface InClass {
  course: string;
  mentor: string;
  learner: string;
  by_hand: boolean;
  closed: string;
  full: boolean;
  waiting: number;
  lessons: LessonInClass[];
  questions: Question[];
  faq: { exercise: string; question: string; reply: string }[];
  /** What came back of the Expo, and how many answers of others wait for this learner's review. */
  expo: { graded: Graded | null; reviews: number; partner: string; writer: string };
  /** Level tests that can be taken now, and results that were not read. */
  exams: { open: number; back: number; until: string };
  unread: number;
}

/** A hand-in that was made. */
export interface HandedIn {
  code: string;
  number: number;
  at: string;
  class: InClass;
}

/** One answer of a hand-in. */
export interface AnswerHandedIn {
  exercise: string;
  title: string;
  answer: string;
}

/** The addresses below /penguin/ that have to do with the class. */
export class ClassServer {
  constructor(private readonly settings: ServerConnection.ISettings) {}

  /** How the class stands; null without one. */
  now(): Promise<InClass | null> {
    return this.ask<InClass | null>('class');
  }

  /** The same after sending what waits and fetching what lies ready. */
  synchronised(): Promise<InClass | null> {
    return this.ask<InClass | null>('class', 'POST');
  }

  handIn(lesson: string): Promise<HandedIn> {
    return this.ask<HandedIn>(`handin/${lesson}`, 'POST');
  }

  handedIn(code: string): Promise<AnswerHandedIn[]> {
    return this.ask<AnswerHandedIn[]>(`handed-in/${code}`);
  }

  markRead(name: string): Promise<InClass> {
    return this.ask<InClass>(`read/${name}`, 'POST');
  }

  receive(file: Blob): Promise<InClass> {
    return this.ask<InClass>('receive', 'POST', file);
  }

  /** Where a hand-in can be had as a file. */
  fileOf(code: string): string {
    return this.url(`handin-file/${code}`);
  }

  /** Where a lesson's feedback page is. */
  feedbackOf(lesson: string): string {
    return this.url(`feedback/${lesson}`);
  }

  private url(path: string): string {
    return URLExt.join(this.settings.baseUrl, 'penguin', path);
  }

  private async ask<T>(path: string, method = 'GET', body: Blob | null = null): Promise<T> {
    const response = await ServerConnection.makeRequest(this.url(path), { method, body }, this.settings);
    if (!response.ok) throw new ServerConnection.ResponseError(response);
    return (await response.json()) as T;
  }
}
