import { IConnectionLost, type JupyterFrontEnd, type JupyterFrontEndPlugin } from '@jupyterlab/application';
import { IThemeManager } from '@jupyterlab/apputils';
import { IDocumentManager } from '@jupyterlab/docmanager';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ITranslator } from '@jupyterlab/translation';

import { IRoom } from '../room/token';
import { Connection } from './connection';
import { StandIn } from './dialogs';
import { Recovery } from './recovery';
import { Saver } from './saver';
import { endSplash, rememberTheme } from './splash';

/** JupyterLab's dialog about a lost connection says nothing here: the banner does. */
export const connectionLost: JupyterFrontEndPlugin<IConnectionLost> = {
  id: 'second-penguin:connection-lost',
  description: 'Leaves it to the banner to say that the server is away.',
  autoStart: true,
  provides: IConnectionLost,
  activate: () => () => Promise.resolve(),
};

/** Nothing is lost: saving, a lost connection, a kernel that died, a lesson open twice. */
export const guard: JupyterFrontEndPlugin<void> = {
  id: 'second-penguin:guard',
  description: 'Keeps what was written, and says plainly what happened.',
  autoStart: true,
  requires: [INotebookTracker, IDocumentManager, ITranslator, IThemeManager, IRoom],
  activate: (
    app: JupyterFrontEnd,
    tracker: INotebookTracker,
    documents: IDocumentManager,
    translator: ITranslator,
    themes: IThemeManager,
    room: IRoom,
  ) => {
    const { banner } = room;
    const awake = (): boolean => room.frame.inRoom;
    const connection = new Connection(app.serviceManager);
    const saver = new Saver(tracker, documents, connection, awake);
    new StandIn(translator.load('jupyterlab'), tracker, connection, banner, saver, awake);
    new Recovery(tracker, banner, saver, app.serviceManager, connection, () => room.standing.refresh());
    nativeMenu(awake);
    rememberTheme(themes);
    void Promise.all([app.restored, room.standing.asked]).then(endSplash);
  },
};

/** A right click gives the browser's own menu, with copy and paste; JupyterLab's would delete cells. */
function nativeMenu(awake: () => boolean): void {
  window.addEventListener(
    'contextmenu',
    (event) => {
      if (awake()) event.stopImmediatePropagation();
    },
    true,
  );
}
