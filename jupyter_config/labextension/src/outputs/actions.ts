import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { Cell } from '@jupyterlab/cells';
import { type INotebookTracker, NotebookActions, type NotebookPanel } from '@jupyterlab/notebook';
import { Widget } from '@lumino/widgets';

import { button, el } from '../dom';
import { scrollerOf } from '../lesson/place';
import { RUN } from '../lesson/run';
import { reveal } from '../lesson/reveal';
import { say } from '../page';
import { ask, textOf } from './ask';
import type { Asking, Name } from './attributes';
import type { Beside } from './beside';
import { foldEarlier } from './earlier';
import { takeUp, taskIn } from './round';
import { begunDrill, dress, openDrills, retire } from './shown';
import { type LastEdited, replaceSource, sourceOf, withLine } from './source';
import { FILE, type KernelFile, save, spreadsheetText } from './take';

const TOLD_MS = 1800;

/** Where an element with a `data-penguin-…` attribute was clicked. */
export interface Click {
  app: JupyterFrontEnd;
  panel: NotebookPanel;
  cell: Cell | undefined;
  element: HTMLElement;
  value: string;
  edited: LastEdited;
}

/** What a click does, by the attribute's name. */
export const ACTIONS: Record<Name, (click: Click) => Promise<void> | void> = {
  source: async ({ app, panel, cell, element, value }) => {
    if (cell) replaceSource(cell, JSON.parse(value) as string);
    if (!cell || element.dataset['penguinRuns'] === undefined) return;
    panel.content.activeCellIndex = panel.content.widgets.indexOf(cell);
    await app.commands.execute(RUN);
  },
  append: ({ cell, value }) => {
    const line = JSON.parse(value) as string;
    if (cell) cell.model.sharedModel.setSource(withLine(sourceOf(cell), line));
  },
  insert: ({ panel, value, edited }) => edited.insert(panel.content, JSON.parse(value) as string),
  copy: async ({ element, value }) => {
    const table = element.closest('.pg')?.querySelector('table');
    if (!table) return;
    await navigator.clipboard.writeText(spreadsheetText(table));
    tell(element, value || '✓');
  },
  file: async ({ panel, element, value }) => {
    const answers = await ask(panel, value);
    const file = answers.find((each) => each[FILE])?.[FILE] as KernelFile | undefined;
    if (file) save(file);
    else tell(element, textOf(answers, 'text/plain').split('\n').pop() ?? '');
  },
  open: async ({ app, panel, element, value }) =>
    openPage(app, panel, element.textContent, textOf(await ask(panel, value))),
  run: async ({ app, panel, element, value }) => {
    const name = element.dataset['penguinIn'];
    const folder = panel.context.path.split('/').slice(0, -1);
    const path = name ? [...folder, name].join('/') : '';
    const there = path
      ? ((await app.commands.execute('docmanager:open', { path })) as NotebookPanel | undefined)
      : panel;
    if (!there) return;
    const drill = element.dataset['penguinOf'];
    if (drill && !(await openDrills(there)).includes(drill)) return retire(element);
    const begun = element.closest('.pg-menu') ? await begunDrill(there, value) : '';
    if (takeUp(there.content, begun)) return;
    if (!begun && element.dataset['penguinFresh'] !== undefined) foldEarlier(there.content);
    await runLine(there, value);
  },
  stop: async ({ panel }) => panel.sessionContext.session?.kernel?.interrupt(),
};

/** The same beside a page that answers by itself; what only a notebook can do is done by none. */
export async function askBeside(
  app: JupyterFrontEnd,
  page: Beside,
  { element, name, value }: Asking,
): Promise<void> {
  if (name === 'insert') page.insert(JSON.parse(value) as string);
  if (name === 'open') openPage(app, page, element.textContent, await page.html(value));
}

function openPage(app: JupyterFrontEnd, from: Widget, title: string, html: string): void {
  const page = new Widget();
  page.id = `penguin-${Date.now()}`;
  page.title.label = title;
  page.title.closable = true;
  page.addClass('penguin-page');
  page.node.innerHTML = html;
  page.node.prepend(pageHead(title, () => page.dispose()));
  page.disposed.connect(() => app.shell.activateById(from.id));
  app.shell.add(page, 'main', { mode: 'tab-after', ref: from.id });
  app.shell.activateById(page.id);
}

/** The notebook in which an element stands; for one beside the notebooks, the one in front. */
export function panelOf(tracker: INotebookTracker, element: Element): NotebookPanel | null {
  return tracker.find((each) => each.node.contains(element)) ?? tracker.currentWidget;
}

/** Run a % line in a new cell at the end of a notebook, with its text out of sight. */
export async function runLine(panel: NotebookPanel, line: string): Promise<void> {
  await panel.context.ready;
  await panel.sessionContext.ready;
  const notebook = panel.content;
  notebook.activeCellIndex = notebook.widgets.length - 1;
  const last = notebook.activeCell;
  if (!last || last.model.type !== 'code' || sourceOf(last).trim()) NotebookActions.insertBelow(notebook);
  const cell = notebook.activeCell;
  if (!cell) return;
  cell.model.sharedModel.setSource(line);
  cell.model.setMetadata('jupyter', { source_hidden: true });
  dress(notebook);
  await NotebookActions.run(notebook, panel.sessionContext);
  reveal(scrollerOf(notebook), () => (cell.isDisposed ? null : { head: taskIn(cell), last: taskIn(cell) }));
}

/** The head of a page that was opened from a notebook, with the way back. */
function pageHead(title: string, close: () => void): HTMLElement {
  return el(
    'header',
    { class: 'penguin-page-head' },
    button('←', close, { 'aria-label': say('bar.back'), title: say('bar.back') }),
    el('h2', {}, title),
  );
}

/** Say something in an element's place for a moment. */
function tell(element: HTMLElement, text: string): void {
  const before = element.textContent;
  element.textContent = text;
  setTimeout(() => {
    element.textContent = before;
  }, TOLD_MS);
}
