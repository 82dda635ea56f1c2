/** What elements can ask for by a `data-penguin-…` attribute; the first that an element has counts. */
export const NAMES = ['source', 'append', 'insert', 'copy', 'file', 'open', 'run', 'stop'] as const;

/** The name of an action. */
export type Name = (typeof NAMES)[number];

const SELECTOR = NAMES.map((each) => `[data-penguin-${each}]`).join(',');

/** An element that asks for an action. */
export interface Asking {
  element: HTMLElement;
  name: Name;
  value: string;
}

/** The action of the element that was clicked, or of one around it. */
export function actionAt(target: EventTarget | null): Asking | null {
  const element = target instanceof Element ? target.closest<HTMLElement>(SELECTOR) : null;
  const name = element && NAMES.find((each) => element.hasAttribute(`data-penguin-${each}`));
  if (!element || !name) return null;
  return { element, name, value: element.getAttribute(`data-penguin-${name}`) ?? '' };
}
