import type { IThemeManager } from '@jupyterlab/apputils';
import { PageConfig } from '@jupyterlab/coreutils';
import type { CommandRegistry } from '@lumino/commands';

import { button, el } from '../dom';
import { hasPart, hubPrefix, type Lang, page, say } from '../page';
import { Popup } from './popup';

const THEMES = { light: 'JupyterLab Light', dark: 'JupyterLab Dark' } as const;
const SIZES = ['code-font-size', 'content-font-size1', 'ui-font-size1'];
/** The languages by their own names. */
export const LANGUAGES: Record<Lang, string> = { ja: '日本語', en: 'English' };

/** What the sheet under ⋯ changes. */
export interface MenuActions {
  themes: IThemeManager;
  commands: CommandRegistry;
  language(lang: Lang): Promise<void>;
  exam(): void;
  jupyterlab(): void;
}

/** The sheet under ⋯: language, theme, text size, level tests, JupyterLab. */
export function menuSheet(actions: MenuActions): HTMLElement {
  const languages = (Object.keys(LANGUAGES) as Lang[]).map((each) =>
    choice(LANGUAGES[each], page?.lang === each, () => actions.language(each), each),
  );
  return el(
    'div',
    { role: 'dialog', 'aria-label': say('bar.more') },
    row(say('menu.language'), ...languages),
    ...appearance(actions.themes, actions.commands),
    ...(hasPart('exams')
      ? [button(say('menu.exam'), () => actions.exam(), { class: 'penguin-popup-wide' })]
      : []),
    button(
      say('menu.jupyter'),
      () => {
        Popup.close();
        actions.jupyterlab();
      },
      { class: 'penguin-popup-wide' },
    ),
    ...logOut(),
  );
}

/** The rows that change colours and the size of the text. */
export function appearance(themes: IThemeManager, commands: CommandRegistry): HTMLElement[] {
  const theme = (name: keyof typeof THEMES): HTMLElement =>
    choice(say(`menu.${name}`), themes.theme === THEMES[name], () => themes.setTheme(THEMES[name]));
  const size = (grow: boolean): HTMLElement =>
    button(say(grow ? 'menu.larger' : 'menu.smaller'), async () => {
      for (const key of SIZES)
        await commands.execute(`apputils:${grow ? 'incr' : 'decr'}-font-size`, { key });
    });
  return [
    row(say('menu.theme'), theme('light'), theme('dark')),
    row(say('menu.size'), size(false), size(true)),
  ];
}

/** The way out, where a hub has let somebody in. */
export function logOut(): HTMLElement[] {
  if (!hubPrefix) return [];
  const leave = (): void => location.assign(`${PageConfig.getOption('hubHost')}${hubPrefix}logout`);
  return [button(say('menu.leave'), leave, { class: 'penguin-popup-wide' })];
}

function choice(label: string, chosen: boolean, choose: () => unknown, lang = ''): HTMLElement {
  const made = button(
    label,
    async () => {
      for (const each of made.parentElement?.children ?? [])
        each.setAttribute('aria-pressed', String(each === made));
      await choose();
    },
    { 'aria-pressed': String(chosen) },
  );
  if (lang) made.lang = lang;
  return made;
}

function row(name: string, ...choices: HTMLElement[]): HTMLElement {
  return el(
    'div',
    { class: 'penguin-popup-row', role: 'group', 'aria-label': name },
    el('span', {}, name),
    el('span', { class: 'penguin-choices' }, ...choices),
  );
}
