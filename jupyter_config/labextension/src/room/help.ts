import { button, el } from '../dom';
import { say } from '../page';

const KEYS: readonly (readonly [string, string])[] = [
  ['Shift + Enter', 'help.run'],
  ['Enter', 'help.write'],
  ['Esc', 'help.leave'],
  ['↑ ↓', 'help.move'],
  ['Tab', 'help.complete'],
  ['Shift + Tab', 'help.explain'],
  ['Ctrl + F', 'help.find'],
];

/** The sheet under “help”: the few keys, what to do when stuck, and how to start the engine again. */
export function helpSheet(restart: (() => Promise<void>) | null): HTMLElement {
  const keys = KEYS.flatMap(([key, code]) => [el('dt', {}, el('kbd', {}, key)), el('dd', {}, say(code))]);
  const again = restart
    ? [el('p', {}, say('help.again')), button(say('help.restart'), restart, { class: 'penguin-popup-wide' })]
    : [];
  return el(
    'div',
    { role: 'dialog', 'aria-label': say('help.title'), class: 'penguin-help', tabindex: '-1' },
    el('p', {}, say('help.stuck')),
    el('dl', {}, ...keys),
    el('p', {}, say('help.saved')),
    ...again,
  );
}
