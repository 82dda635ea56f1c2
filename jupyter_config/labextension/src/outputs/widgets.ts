import type { INotebookTracker } from '@jupyterlab/notebook';
import type { Kernel } from '@jupyterlab/services';

import { working } from '../dom';
import { panelOf } from './actions';

const QUIET_MS = 120;

/** A widget's button that was pressed turns until the kernel has answered; presses meanwhile are not queued. */
export function widgetPressed(tracker: INotebookTracker, event: MouseEvent): void {
  const pressed = event.target instanceof Element ? event.target.closest('.pg-panel button') : null;
  const kernel = pressed && panelOf(tracker, pressed)?.sessionContext.session?.kernel;
  if (pressed instanceof HTMLButtonElement && kernel) void working(pressed, () => untilQuiet(kernel));
}

/** Wait until a kernel has had nothing to do for a moment. */
function untilQuiet(kernel: Kernel.IKernelConnection): Promise<void> {
  return new Promise((resolve) => {
    let timer = 0;
    const look = (): void => {
      clearTimeout(timer);
      const over = kernel.isDisposed || ['idle', 'dead', 'restarting', 'unknown'].includes(kernel.status);
      if (over) timer = window.setTimeout(end, QUIET_MS);
    };
    const end = (): void => {
      kernel.statusChanged.disconnect(look);
      resolve();
    };
    kernel.statusChanged.connect(look);
    window.setTimeout(look, QUIET_MS);
  });
}
