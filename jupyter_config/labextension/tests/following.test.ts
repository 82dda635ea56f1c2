import { expect, test } from 'vitest';

import { follow } from '../src/bi/following';

const page = (next: string): string =>
  `<textarea name="issue.name"></textarea><section data-bi-live="next">${next}</section><p>aside</p>`;

test('what follows the writing is drawn anew, the field that is written in and all else stay', () => {
  const node = document.createElement('main');
  node.innerHTML = page('<details open><summary>4 more</summary></details>');
  const field = node.querySelector('textarea');
  follow(node, {
    at: '',
    html: page('<details><summary>3 more</summary></details>').replace('aside', 'other'),
  });
  expect(node.textContent).toBe('3 moreaside');
  expect(node.querySelector('details')?.open).toBe(true);
  expect(node.querySelector('textarea')).toBe(field);
  follow(node, { at: '' });
  expect(node.textContent).toBe('3 moreaside');
});
