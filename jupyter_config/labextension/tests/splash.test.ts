import type { IThemeManager } from '@jupyterlab/apputils';
import { Signal } from '@lumino/signaling';
import { afterEach, expect, test, vi } from 'vitest';

import { endSplash, rememberTheme } from '../src/guard/splash';
import { keep, kept } from '../src/kept';

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

test('the splash fades and is gone; a page that began without one is left alone', () => {
  vi.useFakeTimers();
  document.body.innerHTML = '<div id="penguin-splash"></div><main></main>';
  endSplash();
  expect(document.getElementById('penguin-splash')?.dataset).toHaveProperty('gone');
  vi.runAllTimers();
  expect(document.body.innerHTML).toBe('<main></main>');
  endSplash();
  expect(document.body.innerHTML).toBe('<main></main>');
});

test('the splash of the next page is as dark as the theme that was chosen last', () => {
  const themes = { isLight: (name: string) => name === 'Day' } as IThemeManager;
  const changed = new Signal<IThemeManager, { newValue: string }>(themes);
  Object.assign(themes, { themeChanged: changed });
  rememberTheme(themes);
  changed.emit({ newValue: 'Night' });
  expect(kept('penguin-theme')).toBe('dark');
  changed.emit({ newValue: 'Day' });
  expect(kept('penguin-theme')).toBe('light');
});

test('a browser that keeps nothing is no fault', () => {
  const warned = vi.spyOn(console, 'warn').mockReturnValue();
  for (const name of ['getItem', 'setItem'] as const)
    vi.spyOn(Storage.prototype, name).mockImplementation(() => {
      throw new DOMException('denied', 'SecurityError');
    });
  keep('penguin-theme', 'dark');
  expect(kept('penguin-theme')).toBeNull();
  expect(warned).toHaveBeenCalledOnce();
});
