/** What an element of a page asks for. */
export interface Asking {
  element: HTMLElement;
  /** go: another page; do: an action of the server; full, file, timer: what the page does itself. */
  kind: 'go' | 'do' | 'full' | 'file' | 'timer';
  value: string;
}

const KINDS = ['go', 'do', 'full', 'file', 'timer'] as const;
const SELECTOR = KINDS.map((each) => `[data-bi-${each}]`).join(',');

/** What the element that was clicked asks for, or one around it. */
export function askingAt(target: EventTarget | null): Asking | null {
  const element = target instanceof Element ? target.closest<HTMLElement>(SELECTOR) : null;
  const kind = element && KINDS.find((each) => element.hasAttribute(`data-bi-${each}`));
  return element && kind ? { element, kind, value: element.getAttribute(`data-bi-${kind}`) ?? '' } : null;
}

/** What goes to the server: the fields of the form around an element, and what the element says itself. */
export function fieldsOf(element: HTMLElement): Record<string, string> {
  const form = element.closest('form');
  const written = form
    ? [...new FormData(form)].map(([name, value]) => [name, typeof value === 'string' ? value : ''])
    : [];
  const own = JSON.parse(element.dataset['biFields'] ?? '{}') as Record<string, string>;
  return { ...(Object.fromEntries(written) as Record<string, string>), ...own };
}

/** The button that keeps what is being written in a form; null where it keeps nothing. */
export function keeperOf(target: EventTarget | null): HTMLElement | null {
  const form = target instanceof Element ? target.closest('form') : null;
  return form?.querySelector<HTMLElement>("[data-bi-do$='/save'], [data-bi-do$='/rename']") ?? null;
}

/** Whether a form, that of an element, keeps what is written in it without being asked. */
export function keepsByItself(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('form')?.dataset['biKeeps'] !== undefined;
}
