import type { IThemeManager } from '@jupyterlab/apputils';

import { keep } from '../kept';

const FADE_MS = 250;

/** Take away the splash that the page began with (lab/templates/index.html): there is something to read now. */
export function endSplash(): void {
  const splash = document.getElementById('penguin-splash');
  if (!splash) return;
  splash.dataset['gone'] = '';
  setTimeout(() => splash.remove(), FADE_MS);
}

/** Let the splash of the next page be as light or dark as this page is. */
export function rememberTheme(themes: IThemeManager): void {
  themes.themeChanged.connect((_, { newValue }) =>
    keep('penguin-theme', themes.isLight(newValue) ? 'light' : 'dark'),
  );
}
