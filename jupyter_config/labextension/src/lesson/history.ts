import type { NotebookPanel } from '@jupyterlab/notebook';

import { button, el } from '../dom';
import { replaceSource, sourceOf } from '../outputs/source';
import { page, say } from '../page';
import { lessonOf } from '../room/place';
import type { IRoom } from '../room/token';
import type { Run } from '../server';
import { placesOf } from './find';
import { answerCell, exerciseIn, goTo } from './place';
import { addScratch } from './scratch';

/** The sheet with what was run in a lesson, the latest first: to be searched, and put back where it came from. */
export function historySheet(runs: readonly Run[], use: (run: Run) => void): HTMLElement {
  const entries = runs.map((each) => ({ run: each, node: entry(each, use) }));
  const none = el('p', {}, say('history.none'));
  const sought = el('input', {
    type: 'text',
    'aria-label': say('history.search'),
    placeholder: say('history.search'),
  });
  const show = (): void => {
    const words = sought.value.split(/\s+/).filter(Boolean);
    for (const { run, node } of entries)
      node.hidden = !words.every((word) => placesOf(word, `${run.exercise_id} ${run.text}`).length);
    none.hidden = entries.some(({ node }) => !node.hidden);
  };
  sought.addEventListener('input', show);
  show();
  return el(
    'div',
    {
      role: 'dialog',
      'aria-label': say('history.title'),
      class: 'penguin-tries penguin-history',
      tabindex: '-1',
    },
    sought,
    none,
    ...entries.map(({ node }) => node),
  );
}

/** Put what was run back: an answer into its cell, anything else into a new cell for trying things. */
export function putBack(panel: NotebookPanel, run: Run): void {
  const notebook = panel.content;
  const own = run.exercise_id ? answerCell(notebook, run.exercise_id) : undefined;
  if (own) {
    replaceSource(own, `${sourceOf(own).split('\n', 1)[0] ?? ''}\n${run.text}`);
    goTo(panel, run.exercise_id);
    return;
  }
  const below = notebook.activeCell;
  if (!below) return;
  addScratch(panel, below);
  const made = notebook.activeCell;
  if (made && made !== below) replaceSource(made, run.text);
}

/** Keep what is run; nobody waits for it, and what can't be kept costs nothing else. */
export function keepRun(room: IRoom, panel: NotebookPanel, source: string): void {
  const lesson = lessonOf(panel);
  if (!lesson) return;
  const { exercise, text } = asRun(source);
  void room.standing.server
    .keepRun(lesson, exercise, text)
    .catch((fault: unknown) => console.warn('What was run could not be kept', fault));
}

/** What a cell's text is kept as: the exercise apart, and the text without the line that names it. */
export function asRun(source: string): { exercise: string; text: string } {
  const exercise = exerciseIn(source);
  return { exercise, text: exercise ? source.split('\n').slice(1).join('\n') : source };
}

function entry(run: Run, use: (run: Run) => void): HTMLElement {
  const when = new Intl.DateTimeFormat(page?.lang, { dateStyle: 'short', timeStyle: 'short' }).format(
    new Date(run.at),
  );
  return el(
    'section',
    { 'aria-label': `${when} ${run.exercise_id}`.trim() },
    el('small', {}, `${when} ${run.exercise_id}`.trim()),
    el('pre', { tabindex: '0' }, run.text.trim()),
    button(say('history.use'), () => use(run)),
  );
}
