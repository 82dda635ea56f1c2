import { PageConfig } from '@jupyterlab/coreutils';

/** The two languages of the course. */
export type Lang = 'ja' | 'en';

interface PageData {
  lang: Lang;
  words: Record<string, string>;
}

/** What a course has besides its lessons. */
interface Parts {
  practice: boolean;
  bi: boolean;
  expo: boolean;
  exams: boolean;
}

interface RoomData extends PageData {
  parts: Parts;
}

/** What the server says about this page; null where it serves no learner's room. */
export const page: RoomData | null = read<RoomData>(PageConfig.getOption('penguin'));

/** Whether the course has a part; what it has not is offered nowhere. */
export const hasPart = (part: keyof Parts): boolean => page?.parts[part] ?? false;

/** Whether this is a learner's page. */
export const isRoom = page !== null;

interface DeskData extends PageData {
  /** The file name of the notebook view. */
  notebook: string;
  /** Where exercises of the class's own course are made, below the server's base; left out for a course that is nobody's to write in. */
  author?: string;
}

/** What the server says about a mentor's page; null where it serves no desk. */
export const desk: DeskData | null = read<DeskData>(PageConfig.getOption('penguinDesk'));

/** Whether this is the class page itself: the one page of a desk that JupyterLab opens without its frame. */
export const isClassPage = desk !== null && PageConfig.getOption('mode') === 'single-document';

/** What a hub's own pages are below; empty without a hub. */
export const hubPrefix = PageConfig.getOption('hubPrefix');

/** A sentence in the page's language, filled with its parameters. */
export function say(code: string, params: Record<string, string | number> = {}): string {
  return fill((page ?? desk)?.words[code] ?? code, params);
}

/** A text with `{name}` filled from the parameters; `{count:task/tasks}` is a number with the form of the word that fits it. */
export function fill(text: string, params: Record<string, string | number>): string {
  return text.replace(
    /\{(\w+)(?::([^}/]*)\/([^}]*))?\}/g,
    (whole, name: string, one?: string, many?: string) => {
      const value = params[name];
      if (value === undefined) return whole;
      return one === undefined ? String(value) : `${value} ${String(value) === '1' ? one : many}`;
    },
  );
}

function read<T>(text: string): T | null {
  return text ? (JSON.parse(text) as T) : null;
}
