import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { INotebookTracker, NotebookActions } from '@jupyterlab/notebook';
import type { Kernel } from '@jupyterlab/services';

import { working } from '../dom';
import { ACTIONS, askBeside, panelOf } from './actions';
import { ask, textOf } from './ask';
import { actionAt } from './attributes';
import { answersItself, type Beside } from './beside';
import { followDrills } from './drills';
import { showEarlier } from './earlier';
import { followPanels } from './panels';
import { search } from './search';
import { isMenu, showItself } from './shown';
import { LastEdited } from './source';
import { widgetPressed } from './widgets';

/**
 * What elements of a notebook's outputs, or of the list of tables, do when they are clicked:
 *
 * - `data-penguin-source="<JSON text>"`: that text becomes the source of the cell that the element stands under,
 *   and with `data-penguin-runs` it is run at once;
 * - `data-penguin-append="<JSON text>"`: that line is put under the cell's source, in place of a line of the same % name;
 * - `data-penguin-insert="<JSON text>"`: that text is written where the learner wrote last;
 * - `data-penguin-copy`: the table before it goes to the clipboard, as a spreadsheet takes it;
 * - `data-penguin-file="<% line>"`: the kernel runs the line, and the file it answers with is downloaded;
 * - `data-penguin-open="<% line>"`: the kernel runs the line, and its answer opens in a tab of its own;
 * - `data-penguin-run="<% line>"`: the line runs in a new cell at the end of this notebook, or of the one that
 *   `data-penguin-in` names; with `data-penguin-fresh` what stands there already is folded first. In the menu of
 *   practising a line whose round is under way takes up the cell of its open drill instead, if it is there;
 * - `data-penguin-stop`: the running statement is stopped.
 *
 * A `<a data-penguin-lesson="L5">` leads to that lesson, wherever its notebook lies, and with `data-penguin-exercise="L5-03"`
 * to that exercise. A `<details data-penguin-fill="<% line>">` is filled with the kernel's answer when it is opened; an
 * `<input data-penguin-search>` hides what does not hold the words typed. All of it is hidden where this file is absent.
 * The hidden % line that shows the ways of practising is run whenever its notebook comes to the front and after each cell
 * there. A panel of buttons whose kernel is gone says what it says without buttons.
 */
export const outputs: JupyterFrontEndPlugin<void> = {
  id: 'second-penguin:outputs',
  description: 'What buttons in outputs do.',
  autoStart: true,
  requires: [INotebookTracker],
  activate: (app: JupyterFrontEnd, tracker: INotebookTracker) => {
    const edited = new LastEdited();
    followDrills();
    document.documentElement.classList.add('penguin-live');
    document.addEventListener('click', (event) => clicked(app, tracker, edited, event), true);
    const kernelAt = (place: Element): Kernel.IKernelConnection | null | undefined =>
      panelOf(tracker, place)?.sessionContext.session?.kernel;
    document.addEventListener('click', (event) => widgetPressed(event, kernelAt), true);
    document.addEventListener('toggle', (event) => void opened(app, tracker, event), true);
    document.addEventListener('input', ({ target }) => {
      if (target instanceof HTMLInputElement && target.matches('[data-penguin-search]')) search(target);
    });
    tracker.widgetAdded.connect((_, panel) => followPanels(panel));
    NotebookActions.executed.connect((_, { notebook }) => {
      const panel = notebook.widgets.some(isMenu) && tracker.find((each) => each.content === notebook);
      if (panel) void showItself(panel); // a round may have begun or ended
    });
    tracker.currentChanged.connect((_, panel) => {
      if (panel) void showItself(panel).then(() => showEarlier(panel.content));
    });
  },
};

function clicked(
  app: JupyterFrontEnd,
  tracker: INotebookTracker,
  edited: LastEdited,
  event: MouseEvent,
): void {
  const found = actionAt(event.target);
  const page = found && besideOf(app, tracker, found.element);
  if (found && page) {
    event.preventDefault();
    event.stopPropagation();
    return void working(found.element, () => askBeside(app, page, found));
  }
  const panel = found && panelOf(tracker, found.element);
  if (!found || !panel) return;
  event.preventDefault();
  event.stopPropagation();
  const { element, name, value } = found;
  const cell = panel.content.widgets.find((each) => each.node.contains(element));
  void working(element, () => ACTIONS[name]({ app, panel, cell, element, value, edited }));
}

/** The page in front that answers for an element by itself; null for what stands in a notebook, or beside one. */
function besideOf(app: JupyterFrontEnd, tracker: INotebookTracker, element: Element): Beside | null {
  const front = app.shell.currentWidget;
  if (!answersItself(front) || tracker.find((each) => each.node.contains(element))) return null;
  return front;
}

async function opened(app: JupyterFrontEnd, tracker: INotebookTracker, event: Event): Promise<void> {
  const details = event.target;
  if (!(details instanceof HTMLDetailsElement) || !details.open) return;
  const code = details.dataset['penguinFill'];
  const place = details.querySelector('.pg-fill');
  const page = besideOf(app, tracker, details);
  const panel = panelOf(tracker, details);
  if (!code || !place || !(page ?? panel)) return;
  delete details.dataset['penguinFill'];
  const html = page ? await page.html(code) : panel ? textOf(await ask(panel, code)) : '';
  place.innerHTML = html || place.innerHTML;
  const field = details.closest('.pg')?.querySelector<HTMLInputElement>('[data-penguin-search]');
  if (field) search(field);
}
