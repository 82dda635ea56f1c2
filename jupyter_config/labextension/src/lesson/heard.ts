import type { Kernel } from '@jupyterlab/services';

/** A kernel as far as it is waited for. */
export type Awaited = Pick<Kernel.IKernelConnection, 'status' | 'statusChanged' | 'reconnect' | 'isDisposed'>;

const UNSURE: readonly Kernel.Status[] = ['restarting', 'autorestarting', 'unknown'];
const SECONDS = 10;
const TIMES = 6;

/**
 * Wait until a kernel that the server has just started again is heard of. What is sent before may be lost: the new
 * process may listen elsewhere, and a connection that was refused in between waits longer each time before it tries
 * again. A kernel that stays silent is connected to anew, and after a minute what was asked is sent all the same.
 */
export async function heard(kernel: Awaited, seconds = SECONDS): Promise<void> {
  for (let time = 0; time < TIMES && isUnsure(kernel); time += 1) {
    if (await isHeardWithin(kernel, seconds)) return;
    await Promise.race([kernel.reconnect(), later(seconds)]).catch((fault: unknown) => {
      console.warn('A kernel started again is not reached yet', fault);
    });
  }
}

function isUnsure({ status, isDisposed }: Awaited): boolean {
  return !isDisposed && UNSURE.includes(status);
}

async function isHeardWithin(kernel: Awaited, seconds: number): Promise<boolean> {
  let look = (): void => {};
  const changed = new Promise<void>((resolve) => {
    look = (): void => {
      if (!isUnsure(kernel)) resolve();
    };
    kernel.statusChanged.connect(look);
  });
  await Promise.race([changed, later(seconds)]);
  if (!kernel.isDisposed) kernel.statusChanged.disconnect(look);
  return !isUnsure(kernel);
}

function later(seconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, seconds * 1000));
}
