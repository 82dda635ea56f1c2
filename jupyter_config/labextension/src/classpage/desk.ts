import { ILabShell, type JupyterFrontEnd, type JupyterFrontEndPlugin } from '@jupyterlab/application';
import { IThemeManager } from '@jupyterlab/apputils';
import { ServerConnection } from '@jupyterlab/services';

import { el } from '../dom';
import { isClassPage, say } from '../page';
import { Frame } from '../room/frame';
import { labelPage, TabTitle } from '../room/labels';
import { appearance, logOut } from '../room/menu';
import { Popup } from '../room/popup';
import { DeskServer } from './server';
import { ClassView } from './view';
import { formgraderUrl, notebookUrl } from './ways';

const server = isClassPage ? new DeskServer(ServerConnection.makeSettings()) : null;
server?.askAhead();

/** The class page in place of JupyterLab's own frame; under /lab JupyterLab stays as it is, with the notebook view. It needs no plugin for notebooks: the server has them left out. */
export const deskPage: JupyterFrontEndPlugin<void> = {
  id: 'second-penguin:desk',
  description: 'The class page on a mentor’s desk.',
  autoStart: true,
  requires: [ILabShell, IThemeManager],
  activate: (app: JupyterFrontEnd, shell: ILabShell, themes: IThemeManager) => {
    if (!server) return;
    new Frame(shell).cover();
    const view = new ClassView(server, (anchor) => {
      Popup.toggle(anchor, () => menu(app, themes));
    });
    shell.add(view, 'main');
    view.begin();
    const title = new TabTitle();
    void app.restored.then(() => {
      labelPage();
      shell.activateById(view.id);
      title.set(`${say('bar.title')} · Second Penguin`);
    });
  },
};

/** What stands under ⋯: appearance, and the ways to nbgrader and the notebook. */
function menu(app: JupyterFrontEnd, themes: IThemeManager): HTMLElement {
  const way = (code: string, href: string): HTMLElement =>
    el('a', { href, target: '_blank', rel: 'noopener', class: 'penguin-popup-wide' }, say(code));
  return el(
    'div',
    { role: 'dialog', 'aria-label': say('bar.more') },
    ...appearance(themes, app.commands),
    way('menu.notebook', notebookUrl()),
    way('menu.formgrader', formgraderUrl()),
    ...logOut(),
  );
}
