import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { type Cell, CodeCell } from '@jupyterlab/cells';
import { INotebookTracker, type NotebookPanel } from '@jupyterlab/notebook';

import { sourceOf } from '../outputs/source';
import { opensPage } from './page';

/** The class page is a notebook of one cell: when it is opened, that cell is run and its text is taken out of sight. */
export const classPage: JupyterFrontEndPlugin<void> = {
  id: 'second-penguin:class-page',
  description: 'Opens the class page without a cell to run.',
  autoStart: true,
  requires: [INotebookTracker],
  activate: (_: JupyterFrontEnd, tracker: INotebookTracker) => {
    tracker.widgetAdded.connect((_sender, panel) => void openPage(panel));
  },
};

async function openPage(panel: NotebookPanel): Promise<void> {
  await panel.context.ready;
  const isPage = (each: Cell): each is CodeCell =>
    each instanceof CodeCell && opensPage(panel.context.path, sourceOf(each));
  const cell = panel.content.widgets.find(isPage);
  if (!cell) return;
  cell.addClass('penguin-class-page');
  await panel.sessionContext.ready;
  await CodeCell.execute(cell, panel.sessionContext);
}
