import type { Widget } from '@lumino/widgets';

/** What answers a % line for a page that is no notebook, and is written into. */
export interface Beside extends Widget {
  /** The answer's HTML; empty where there is none now. */
  html(line: string): Promise<string>;
  /** Write a text where one wrote last. */
  insert(text: string): void;
}

/** Whether a page in front answers by itself. */
export function answersItself(page: Widget | null): page is Beside {
  return page !== null && 'html' in page && 'insert' in page;
}
