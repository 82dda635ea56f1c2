import type { Cell } from '@jupyterlab/cells';
import type { Notebook, NotebookPanel } from '@jupyterlab/notebook';

import { sourceOf } from '../outputs/source';

const FIRST_LINE =
  /^\s*(?:--|<!--)\s*(?:解答|答え|練習|今日の1問|Answer|Practice|Today)\s*[:：]?\s*(L\d+-\d+[a-z]?|P\d\d[a-z]-\d+|T\d+)(?![\w-])/i;
const MARGIN = 12;

interface Marks {
  exercise?: string;
  role?: string;
}

/** What a cell is in its lesson. */
export type Role =
  'answer' | 'task' | 'finish' | 'draft' | 'example' | 'predicted' | 'scratch' | 'text' | 'shown';

/** A cell's role, from the marks that the compiler left; for an answer, its first line counts as well. */
export function roleOf(cell: Cell): Role {
  const marks = (cell.model.getMetadata('penguin') as Marks | undefined) ?? {};
  if (marks.role === 'answer') return 'answer';
  if (marks.role === 'task' || marks.role === 'finish') return marks.role;
  if (cell.model.type !== 'code') return 'text';
  if (exerciseIn(sourceOf(cell))) return 'answer';
  if (marks.role === 'scratch' || marks.role === 'draft') return marks.role;
  if (cell.model.id.startsWith('predict-')) return 'predicted';
  if (sourceOf(cell).trim().startsWith('%') && cell.model.getMetadata('jupyter')) return 'shown';
  return cell.model.id.startsWith('run-') || cell.model.id.startsWith('model-') ? 'example' : 'scratch';
}

/** The exercise that a cell belongs to; empty for none. */
export function exerciseOf(cell: Cell): string {
  const marks = (cell.model.getMetadata('penguin') as Marks | undefined) ?? {};
  return marks.exercise ?? exerciseIn(sourceOf(cell));
}

/** The exercise that an answer's first line names; empty for none. */
export function exerciseIn(source: string): string {
  const found = FIRST_LINE.exec(source);
  return found?.[1] ?? '';
}

/** The answer cell of an exercise. */
export function answerCell(notebook: Notebook, exercise: string): Cell | undefined {
  return notebook.widgets.find((each) => roleOf(each) === 'answer' && exerciseOf(each) === exercise);
}

/** Bring an exercise into the window, its task at the top, and select its answer. */
export function goTo(panel: NotebookPanel, exercise: string): void {
  const notebook = panel.content;
  const answer = answerCell(notebook, exercise);
  const task = notebook.widgets.find((each) => roleOf(each) === 'task' && exerciseOf(each) === exercise);
  if (!answer) return;
  notebook.activeCellIndex = notebook.widgets.indexOf(answer);
  scrollToTop(notebook, (task ?? answer).node);
  notebook.activate();
}

/** Scroll so that an element stands at the top of the window. */
export function scrollToTop(notebook: Notebook, node: HTMLElement): void {
  const scroller = scrollerOf(notebook);
  const offset = node.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
  scroller.scrollTop += offset - MARGIN;
}

/** What scrolls in a notebook. */
export function scrollerOf(notebook: Notebook): HTMLElement {
  return (notebook as unknown as { outerNode?: HTMLElement }).outerNode ?? notebook.node;
}
