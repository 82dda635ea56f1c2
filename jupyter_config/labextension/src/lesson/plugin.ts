import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { CodeCell } from '@jupyterlab/cells';
import { INotebookTracker, type NotebookPanel } from '@jupyterlab/notebook';

import { IRoom } from '../room/token';
import { Cards } from './cards';
import { FindBar } from './findbar';
import { putToSleep } from './keys';
import { roleOf } from './place';
import { RUN, runHere } from './run';

/** The command that finds and replaces. */
const FIND = 'penguin:find';

/** Answers as cards, text that cannot be destroyed, and keys that only do what a lesson needs. */
export const lesson: JupyterFrontEndPlugin<void> = {
  id: 'second-penguin:lesson',
  description: "A lesson's cells as a course shows them.",
  autoStart: true,
  requires: [INotebookTracker, IRoom],
  activate: (app: JupyterFrontEnd, tracker: INotebookTracker, room: IRoom) => {
    const all = new Map<NotebookPanel, Cards>();
    const dress = async (panel: NotebookPanel): Promise<void> => {
      await panel.context.ready;
      await panel.revealed;
      if (!room.frame.inRoom || all.has(panel) || panel.isDisposed) return;
      all.set(panel, new Cards(panel, room));
      panel.disposed.connect(() => all.delete(panel));
    };
    tracker.widgetAdded.connect((_, panel) => void dress(panel));
    room.frame.changed.connect((_, inRoom) => {
      if (inRoom) return tracker.forEach((panel) => void dress(panel));
      for (const each of all.values()) each.dispose();
      all.clear();
    });

    app.commands.addCommand(RUN, {
      label: '',
      execute: async () => {
        const panel = tracker.currentWidget;
        const cell = panel?.content.activeCell;
        if (!panel || !cell) return;
        const card = all.get(panel)?.of(cell);
        if (cell instanceof CodeCell) await (card?.execute() ?? runHere(panel, cell));
        else goOn(panel);
      },
    });
    for (const keys of ['Shift Enter', 'Ctrl Enter', 'Accel Enter']) {
      for (const selector of ['.jp-Notebook.jp-mod-editMode', '.jp-Notebook', '.jp-Notebook .jp-Cell']) {
        app.commands.addKeyBinding({
          command: RUN,
          keys: [keys],
          selector: `body.penguin-room .lm-Widget ${selector}`,
        });
      }
    }
    app.commands.addCommand(FIND, {
      label: '',
      execute: () => {
        if (tracker.currentWidget) FindBar.show(tracker.currentWidget);
      },
    });
    for (const keys of ['Accel F', 'Accel H'])
      app.commands.addKeyBinding({
        command: FIND,
        keys: [keys],
        selector: 'body.penguin-room .lm-Widget .jp-NotebookPanel.jp-mod-searchable',
      });
    void app.restored.then(() => putToSleep(app));
  },
};

/** From text to the next cell; an answer in words is rendered first. */
function goOn(panel: NotebookPanel): void {
  const notebook = panel.content;
  const cell = notebook.activeCell;
  if (cell && roleOf(cell) === 'answer' && 'rendered' in cell) cell.rendered = true;
  if (notebook.activeCellIndex < notebook.widgets.length - 1) notebook.activeCellIndex += 1;
  void notebook.scrollToItem(notebook.activeCellIndex, 'smart');
}
