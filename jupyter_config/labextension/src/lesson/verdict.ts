import type { CodeCell } from '@jupyterlab/cells';

import { sourceOf } from '../outputs/source';
import { isDone, type State } from '../server';
import { digest } from './digest';

/** What became of an answer, as the verdict's output says it in its metadata. */
export interface Verdict {
  exercise: string;
  outcome: string;
}

/** What any output of ours says in its metadata: the text it is about, and whether the outcome is still to come. */
interface Mark extends Partial<Verdict> {
  text?: string;
  waiting?: boolean;
}

/** How what stands under a cell is to its text: about it, about an earlier one, or never finished. */
export type Standing = 'fits' | 'older' | 'unfinished';

/** The verdict under a cell; null where there is none. */
export function verdictOf(cell: CodeCell): Verdict | null {
  return (marksOf(cell).find((each) => each.outcome) as Verdict | undefined) ?? null;
}

/** Whether the answer was right. */
export function isAccepted(verdict: Verdict | null): boolean {
  return verdict?.outcome === 'accepted';
}

/** Whether what a run shows so far only says that it is at work. */
export function isWaiting(cell: CodeCell): boolean {
  return marksOf(cell).some((each) => each.waiting);
}

/** Hold the outputs of a cell that nothing runs against its text. */
export function standingOf(cell: CodeCell): Standing {
  const marks = marksOf(cell);
  if (marks.some((each) => each.waiting)) return 'unfinished';
  const told = marks.find((each) => each.text);
  return !told || told.text === digest(sourceOf(cell)) ? 'fits' : 'older';
}

const WRONG = ['partly', 'refuted', 'invalid'];

/** Whether an exercise was done before and the try that stands in the cell now is not right: both are to be told. */
export function isTriedAgain(state: State, verdict: Verdict | null): boolean {
  return isDone(state) && verdict !== null && WRONG.includes(verdict.outcome);
}

function marksOf(cell: CodeCell): Mark[] {
  const { outputs } = cell.model;
  return Array.from(
    { length: outputs.length },
    (_, at) => (outputs.get(at).metadata['penguin'] ?? {}) as unknown as Mark,
  );
}
