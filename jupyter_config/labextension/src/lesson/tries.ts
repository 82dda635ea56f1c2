import { button, el } from '../dom';
import { page, say } from '../page';
import type { Try } from '../server';

/** The sheet with the earlier tries at an exercise, the latest first. */
export function triesSheet(tries: readonly Try[], use: (answer: string) => void): HTMLElement {
  const shown = tries.length ? tries.map((each) => tryBox(each, use)) : [el('p', {}, say('cell.tries_none'))];
  return el(
    'div',
    { role: 'dialog', 'aria-label': say('cell.tries'), class: 'penguin-tries', tabindex: '-1' },
    ...shown,
  );
}

function tryBox(attempt: Try, use: (answer: string) => void): HTMLElement {
  const when = new Intl.DateTimeFormat(page?.lang, { dateStyle: 'medium', timeStyle: 'short' }).format(
    new Date(attempt.at),
  );
  const mark = { accepted: '✓', partly: '△', refuted: '✗', invalid: '!' }[attempt.status] ?? '…';
  const head = say('cell.tries_head', { when, state: `${mark} ${say(`verdict.${attempt.status}`)}` });
  return el(
    'details',
    {},
    el('summary', {}, head),
    el('pre', {}, attempt.answer),
    button(say('cell.tries_use'), () => use(attempt.answer)),
  );
}
