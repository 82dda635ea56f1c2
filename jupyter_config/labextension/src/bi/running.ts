import { button, el } from '../dom';
import { say } from '../page';

/** What takes longer says so, and may be stopped. */
const PATIENCE = 1000;

/** Ask for something on a page, which is busy meanwhile; what takes long and can be stopped is told above it, with the button. */
export async function whileRunning<T>(
  page: HTMLElement,
  stop: (() => Promise<unknown>) | null,
  ask: () => Promise<T>,
): Promise<T> {
  const press = (): unknown => stop?.().catch((fault: unknown) => console.warn('It was not stopped', fault));
  const css = { class: 'penguin-bi-running penguin-spin', role: 'status' };
  const bar = stop && el('p', css, say('bi.running'), button(say('cell.stop'), press));
  const late = bar ? window.setTimeout(() => page.prepend(bar), PATIENCE) : 0;
  page.setAttribute('aria-busy', 'true');
  try {
    return await ask();
  } finally {
    window.clearTimeout(late);
    bar?.remove();
    page.removeAttribute('aria-busy');
  }
}

/** A little time, before one asks again. */
export function moment(): Promise<void> {
  return new Promise((resolve) => window.setTimeout(resolve, PATIENCE));
}
