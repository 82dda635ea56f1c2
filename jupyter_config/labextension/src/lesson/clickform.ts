import type { Cell } from '@jupyterlab/cells';
import { CodeCell } from '@jupyterlab/cells';
import type { Notebook } from '@jupyterlab/notebook';

import type { ClickForm } from '../server';
import type { StandingModel } from '../standing';

const FORM = 'application/vnd.penguin.form+json';

/** How an answer is given by clicks: a lesson's exercises are the server's, a drill's form came with its task. */
export async function formOf(
  exercise: string,
  cell: Cell,
  notebook: Notebook,
  standing: StandingModel,
): Promise<ClickForm | undefined> {
  if (!exercise.startsWith('L')) return drillForm(exercise, above(cell, notebook));
  return (await standing.detail(exercise.split('-', 1)[0] ?? '')).forms[exercise];
}

/** The form among what cells show, the nearest first. */
export function drillForm(exercise: string, shown: Iterable<unknown>): ClickForm | undefined {
  for (const each of shown) {
    const form = each as (ClickForm & { exercise: string }) | undefined;
    if (form?.exercise === exercise) return form;
  }
  return undefined;
}

/** What the cells above one hold of forms, upwards. */
function* above(cell: Cell, notebook: Notebook): Generator<unknown> {
  for (let at = notebook.widgets.indexOf(cell) - 1; at >= 0; at -= 1) {
    const asking = notebook.widgets[at];
    if (!(asking instanceof CodeCell)) continue;
    const { outputs } = asking.model;
    for (let output = outputs.length - 1; output >= 0; output -= 1) yield outputs.get(output).data[FORM];
  }
}
