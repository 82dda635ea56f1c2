import type { CodeCell } from '@jupyterlab/cells';

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
