import { beforeEach, expect, test, vi } from 'vitest';

import { watchExam } from '../src/exam/watch';

const away = vi.fn(() => Promise.resolve());

function open(): HTMLElement {
  const page = document.createElement('main');
  page.innerHTML = `<p data-exam-closes="2100-01-01T00:00:00Z" data-exam-key="k"></p>
    <form><input type="hidden" name="pasted" value="0"><textarea name="sql"></textarea></form>`;
  document.body.replaceChildren(page);
  watchExam(page, away);
  return page;
}

function put(page: HTMLElement, kind: 'paste' | 'drop', text: string): void {
  const data = { getData: () => text };
  const event = Object.assign(new Event(kind, { bubbles: true }), {
    clipboardData: data,
    dataTransfer: data,
  });
  page.querySelector('textarea')?.dispatchEvent(event);
}

beforeEach(() => {
  localStorage.clear();
  away.mockClear();
  vi.useFakeTimers({ toFake: ['Date'] });
  vi.spyOn(document, 'hasFocus').mockReturnValue(true);
});

test('what is dragged into an answer counts as what is pasted', () => {
  const page = open();
  put(page, 'paste', 'SELECT 1');
  put(page, 'drop', 'FROM t');
  expect(page.querySelector('input')?.value).toBe('14');
});

test('time away is told when the window is back', () => {
  open();
  window.dispatchEvent(new Event('blur'));
  vi.setSystemTime(Date.now() + 75_000);
  window.dispatchEvent(new Event('focus'));
  window.dispatchEvent(new Event('focus'));
  expect(away.mock.calls).toEqual([['k', 75]]);
});

test('a page that is closed and opened again was away meanwhile, in one window or another', () => {
  open();
  window.dispatchEvent(new Event('pagehide'));
  vi.setSystemTime(Date.now() + 90_000);
  open();
  expect(away.mock.calls).toEqual([['k', 90]]);
  open();
  expect(away).toHaveBeenCalledTimes(1);
});

test('a page drawn anew while it is out of sight tells the whole time', () => {
  open();
  window.dispatchEvent(new Event('blur'));
  vi.mocked(document.hasFocus).mockReturnValue(false);
  vi.setSystemTime(Date.now() + 40_000);
  open();
  window.dispatchEvent(new Event('blur'));
  vi.setSystemTime(Date.now() + 40_000);
  window.dispatchEvent(new Event('focus'));
  expect(away.mock.calls).toEqual([['k', 80]]);
});
