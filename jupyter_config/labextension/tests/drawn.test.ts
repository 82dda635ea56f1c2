import { expect, test } from 'vitest';

import { carryOver, fieldNamed, focusedField, sameButton, written } from '../src/bi/drawn';

function page(sql: string, name = 'late'): HTMLElement {
  const node = document.createElement('main');
  node.innerHTML =
    `<input name="query" type="hidden" value="1"><input name="name" value="${name}">` +
    `<textarea name="sql">${sql}</textarea><textarea name="sql"></textarea>` +
    `<button data-bi-do="query/run" data-bi-fields='{"place":"1"}'></button><button data-bi-do="query/run"></button>`;
  return node;
}

test('what is written while a query runs is on the page that is drawn then, and only that', () => {
  const before = page('SELECT 1');
  const asked = written(before);
  fieldNamed(before, 'sql 1')!.textContent = 'SELECT 2';
  const drawn = page('SELECT 1 -- in order', 'late talks');
  const changed = carryOver(asked, written(before), drawn);
  expect([...written(drawn)]).toEqual([
    ['name 0', 'late talks'],
    ['sql 0', 'SELECT 1 -- in order'],
    ['sql 1', 'SELECT 2'],
  ]);
  expect(changed).toEqual([fieldNamed(drawn, 'sql 1')]);
});

test('the field and the button that one was at are found again', () => {
  const before = page('');
  document.body.append(before);
  fieldNamed(before, 'sql 1')?.focus();
  expect(focusedField(before)).toBe('sql 1');
  const drawn = page('');
  const buttons = drawn.querySelectorAll('button');
  expect(sameButton(before.querySelectorAll('button')[1]!, drawn)).toBe(buttons[1]);
  before.remove();
  const night = (seen: number): string =>
    `<button data-bi-do="night" data-bi-fields='{"seen":"${seen}"}'></button>` +
    `<button data-bi-do="night" data-bi-times="7" data-bi-fields='{"seen":"${seen}"}'></button>`;
  before.innerHTML = night(0);
  drawn.innerHTML = night(1);
  expect(sameButton(before.querySelector('[data-bi-times]')!, drawn)).toBe(drawn.lastElementChild);
});
