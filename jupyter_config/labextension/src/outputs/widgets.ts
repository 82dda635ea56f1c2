import type { Kernel } from '@jupyterlab/services';

import { reveal } from '../lesson/reveal';

const QUIET_MS = 120;

type Running = Kernel.IKernelConnection | null | undefined;

/**
 * A widget's button that was pressed turns until the kernel has answered, and what is pressed meanwhile comes to nothing;
 * whether it can be pressed at all stays the kernel's to say.
 */
export function widgetPressed(event: MouseEvent, kernelAt: (place: Element) => Running): void {
  const pressed = event.target instanceof Element ? event.target.closest('.pg-panel button') : null;
  const kernel = pressed && kernelAt(pressed);
  if (!pressed || !kernel) return;
  if (pressed.getAttribute('aria-busy') === 'true') {
    event.stopPropagation();
    return;
  }
  pressed.setAttribute('aria-busy', 'true');
  void untilQuiet(kernel).then(() => {
    pressed.removeAttribute('aria-busy');
    showOpened(pressed);
  });
}

/** What a button has opened stands below it: it comes into the window, as far as it fits under the button. */
function showOpened(pressed: Element): void {
  const scroller = pressed.closest<HTMLElement>('.jp-WindowedPanel-outer');
  const panel = pressed.closest('.pg-panel');
  if (scroller && panel)
    reveal(scroller, () => (pressed.isConnected ? { head: pressed, last: panel } : null));
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
