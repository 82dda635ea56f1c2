import type { NotebookPanel } from '@jupyterlab/notebook';

import { Told } from '../fault';
import { say } from '../page';

const PATIENCE = { itself: 5_000, asked: 10_000, step: 100 };

/**
 * Wait until a lesson is on the disk. It saves itself a moment after it was written; only what has not gone by itself
 * by then is saved from here.
 */
export async function onDisk(panel: NotebookPanel): Promise<void> {
  const { context } = panel;
  for (let waited = 0; waited < PATIENCE.itself && context.model.dirty; waited += PATIENCE.step) {
    await pause(PATIENCE.step);
  }
  if (!context.model.dirty) return;
  await Promise.race([context.save(), pause(PATIENCE.asked)]);
  if (context.model.dirty) throw new Told(say('handin.unsaved'));
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((done) => window.setTimeout(done, milliseconds));
}
