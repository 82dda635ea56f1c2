import { Signal } from '@lumino/signaling';
import { describe, expect, it } from 'vitest';

import { heard } from '../src/lesson/heard';

type Status = 'idle' | 'autorestarting' | 'unknown' | 'dead';

class Fake {
  status: Status;
  isDisposed = false;
  reconnects = 0;
  statusChanged = new Signal<this, Status>(this);

  constructor(
    status: Status,
    private readonly afterReconnect: Status = 'idle',
  ) {
    this.status = status;
  }

  say(status: Status): void {
    this.status = status;
    this.statusChanged.emit(status);
  }

  reconnect(): Promise<void> {
    this.reconnects += 1;
    this.say(this.afterReconnect);
    return Promise.resolve();
  }
}

const wait = (kernel: Fake): Promise<void> => heard(kernel as unknown as Parameters<typeof heard>[0], 0.01);

describe('a kernel that the server has started again', () => {
  it('is not waited for where it has said something', async () => {
    const kernel = new Fake('idle');
    await wait(kernel);
    expect(kernel.reconnects).toBe(0);
  });

  it('is waited for until it says something', async () => {
    const kernel = new Fake('autorestarting');
    const done = heard(kernel as unknown as Parameters<typeof heard>[0], 60);
    kernel.say('unknown');
    kernel.say('idle');
    await done;
    expect(kernel.reconnects).toBe(0);
  });

  it('is connected to anew where it stays silent', async () => {
    const kernel = new Fake('autorestarting');
    await wait(kernel);
    expect(kernel.reconnects).toBe(1);
  });

  it('is not waited for without end', async () => {
    const kernel = new Fake('unknown', 'unknown');
    await wait(kernel);
    expect(kernel.reconnects).toBe(6);
  });
});
