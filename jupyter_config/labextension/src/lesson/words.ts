import { CodeCell } from '@jupyterlab/cells';
import type { NotebookPanel } from '@jupyterlab/notebook';

import { say } from '../page';
import type { Role } from './place';
import type { Turns } from './turns';
import type { Standing } from './verdict';

/** What the button that runs a cell is called, for each role that has one. */
export const RUN: Partial<Record<Role, string>> = {
  answer: 'cell.grade',
  finish: 'cell.hand_over',
  draft: 'cell.run',
  example: 'cell.run',
  predicted: 'cell.run',
  scratch: 'cell.run',
};

/** What is said of a cell that runs. */
export function workingWord(panel: NotebookPanel, cell: CodeCell, role: Role, turns: Turns): string {
  const what = role === 'answer' ? 'cell.grading' : 'cell.running';
  if (turns.isNext) return say(`${what}_next`);
  if (turns.isNewer) return say(`${what}_older`);
  if (!panel.sessionContext.isReady) return say('cell.starting');
  const others = panel.content.widgets.some(
    (each) => each !== cell && each instanceof CodeCell && each.model.executionState === 'running',
  );
  return say(others ? 'cell.waiting' : what);
}

/** What is said of what stands below a cell that does not run, where it is not about what stands above. */
export function standingWord(role: Role, standing: Standing): string {
  if (standing === 'fits') return '';
  const code = `cell.${standing}${role === 'answer' ? '' : '_result'}`;
  return say(code, { button: say(RUN[role] ?? 'cell.run') });
}
