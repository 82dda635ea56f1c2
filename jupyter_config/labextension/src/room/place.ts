import { type INotebookModel, NotebookPanel } from '@jupyterlab/notebook';
import type { Widget } from '@lumino/widgets';

/** What the page in front is. */
export interface Place {
  kind: 'home' | 'bi' | 'expo' | 'exam' | 'lesson' | 'practice' | 'other';
  /** The lesson's id. */
  lesson: string;
}

export const HOME = 'penguin-home';
export const BI = 'penguin-bi';
export const EXPO = 'penguin-expo';
export const EXAM = 'penguin-exam';

interface Marks {
  lesson?: string;
  practice?: boolean;
}

/** What a widget of the main area is. */
export function placeOf(widget: Widget | null): Place {
  if (widget?.id === HOME) return { kind: 'home', lesson: '' };
  if (widget?.id === BI) return { kind: 'bi', lesson: '' };
  if (widget?.id === EXPO) return { kind: 'expo', lesson: '' };
  if (widget?.id === EXAM) return { kind: 'exam', lesson: '' };
  if (!(widget instanceof NotebookPanel)) return { kind: 'other', lesson: '' };
  const marks = marksOf(widget.model);
  if (marks.lesson) return { kind: 'lesson', lesson: marks.lesson };
  return { kind: marks.practice ? 'practice' : 'other', lesson: '' };
}

/** The lesson of a notebook; empty for any other. */
export function lessonOf(panel: NotebookPanel): string {
  return marksOf(panel.model).lesson ?? '';
}

function marksOf(model: INotebookModel | null): Marks {
  return (model?.getMetadata('penguin') as Marks | undefined) ?? {};
}
