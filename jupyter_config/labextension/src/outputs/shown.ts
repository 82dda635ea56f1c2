import type { Cell, CodeCell } from '@jupyterlab/cells';
import type { Notebook, NotebookPanel } from '@jupyterlab/notebook';
import type { IOutput } from '@jupyterlab/nbformat';

import { el } from '../dom';
import { say } from '../page';
import { ask, type Bundle } from './ask';
import { sourceOf } from './source';

const DRAWN_MS = 1000;
const MENU = '%practice menu';
const BEGUN = 'application/vnd.penguin.menu+json';

/** A code cell whose text is out of sight. */
export function isHidden(cell: Cell): cell is CodeCell {
  const jupyter = cell.model.getMetadata('jupyter') as { source_hidden?: boolean } | undefined;
  return cell.model.type === 'code' && Boolean(jupyter?.source_hidden);
}

/** Whether a cell shows the ways of practising. */
export function isMenu(cell: Cell): cell is CodeCell {
  return isHidden(cell) && sourceOf(cell).trim() === MENU;
}

/** Of a hidden % line only what it shows is to be seen. */
export function dress(notebook: Notebook): void {
  for (const cell of notebook.widgets) {
    cell.toggleClass('penguin-shown', isHidden(cell) && sourceOf(cell).trim().startsWith('%'));
  }
}

/** Run the hidden % line that shows the ways of practising, and trust what the kernel says. */
export async function showItself(panel: NotebookPanel): Promise<void> {
  await panel.context.ready;
  dress(panel.content);
  for (const cell of panel.content.widgets) {
    if (!isMenu(cell)) continue;
    const [data] = await ask(panel, MENU);
    if (!data || cell.isDisposed) continue;
    retireAll(panel.content.node, drillsIn(data));
    const shown = [{ output_type: 'display_data', data, metadata: {} }] as IOutput[];
    if (cell.model.trusted && JSON.stringify(cell.model.outputs.toJSON()) === JSON.stringify(shown)) continue;
    cell.model.trusted = true;
    keepHeight(cell.outputArea.node);
    cell.model.outputs.fromJSON(shown);
  }
}

/**
 * The open drill of a line whose round is under way, as the kernel knows it now: what the menu shows may have come with
 * the file, and tell of a round that has ended since.
 */
export async function begunDrill(panel: NotebookPanel, line: string): Promise<string> {
  const [data] = await ask(panel, MENU);
  return begunIn(data, line);
}

/** The same in what the kernel answers; empty where there is none. */
export function begunIn(data: Bundle | undefined, line: string): string {
  return (data?.[BEGUN] as Record<string, string> | undefined)?.[line] ?? '';
}

/** The drills that are open, as the kernel knows them now. */
export async function openDrills(panel: NotebookPanel): Promise<string[]> {
  const [data] = await ask(panel, MENU);
  return drillsIn(data);
}

/** A button that leaves a drill which is over says so in its place. */
export function retire(element: HTMLElement): void {
  element.replaceWith(el('span', { role: 'status' }, say('practice.over')));
}

/** Do so with all of a page, as far as it is drawn. */
export function retireAll(page: ParentNode, open: readonly string[]): void {
  for (const each of page.querySelectorAll<HTMLElement>('[data-penguin-of]')) {
    if (!open.includes(each.dataset['penguinOf'] ?? '')) retire(each);
  }
}

function drillsIn(data: Bundle | undefined): string[] {
  return Object.values((data?.[BEGUN] ?? {}) as Record<string, string>);
}

/** What stands below does not move up while something is drawn anew. */
function keepHeight(node: HTMLElement): void {
  node.style.minHeight = `${node.offsetHeight}px`;
  setTimeout(() => {
    node.style.minHeight = '';
  }, DRAWN_MS);
}
