import type { CodeCell } from '@jupyterlab/cells';

import { isDone, type State } from '../server';

/** What became of an answer, as the verdict's output says it in its metadata. */
export interface Verdict {
  exercise: string;
  outcome: string;
}

/** The verdict under a cell; null where there is none. */
export function verdictOf(cell: CodeCell): Verdict | null {
  const { outputs } = cell.model;
  for (let at = 0; at < outputs.length; at += 1) {
    const mark = outputs.get(at).metadata['penguin'] as unknown as Verdict | undefined;
    if (mark?.outcome) return mark;
  }
  return null;
}

/** Whether the answer was right. */
export function isAccepted(verdict: Verdict | null): boolean {
  return verdict?.outcome === 'accepted';
}

const WRONG = ['partly', 'refuted', 'invalid'];

/** Whether an exercise was done before and the try that stands in the cell now is not right: both are to be told. */
export function isTriedAgain(state: State, verdict: Verdict | null): boolean {
  return isDone(state) && verdict !== null && WRONG.includes(verdict.outcome);
}
