import type { IDocumentManager } from '@jupyterlab/docmanager';
import type { INotebookTracker } from '@jupyterlab/notebook';
import { Signal } from '@lumino/signaling';
import { afterEach, describe, expect, it, vi } from 'vitest';

import type { Connection } from '../src/guard/connection';
import { Saver } from '../src/guard/saver';

class FakeContext {
  ready = Promise.resolve();
  isReady = true;
  contentsModel = { writable: true };
  saved = 0;
  model = {
    dirty: false,
    sharedModel: { cells: [] },
    contentChanged: new Signal<object, void>(this),
    cells: { changed: new Signal<object, void>(this) },
  };
  saveState = new Signal<object, string>(this);

  revert(): Promise<void> {
    return Promise.resolve();
  }

  save(): Promise<void> {
    this.saved += 1;
    this.model.dirty = false;
    return Promise.resolve();
  }

  change(): void {
    this.model.dirty = true;
    this.model.contentChanged.emit();
  }
}

async function opened(): Promise<[FakeContext, (status: string) => void]> {
  const owner = {};
  const tracker = { widgetAdded: new Signal<object, unknown>(owner), forEach: () => undefined };
  const session = { statusChanged: new Signal<object, string>(owner) };
  const context = new FakeContext();
  const panel = { context, sessionContext: session, disposed: new Signal<object, void>(owner) };
  new Saver(
    tracker as unknown as INotebookTracker,
    { isDisposed: false } as unknown as IDocumentManager,
    { lost: false } as unknown as Connection,
    () => true,
  );
  tracker.widgetAdded.emit(panel);
  await vi.advanceTimersByTimeAsync(0);
  return [context, (status) => session.statusChanged.emit(status)];
}

describe('a lesson is saved', () => {
  afterEach(() => vi.useRealTimers());

  it('a moment after it was written in, and at once when an answer has run', async () => {
    vi.useFakeTimers();
    const [context, say] = await opened();
    context.change();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(context.saved).toBe(0);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(context.saved).toBe(1);
    say('busy');
    context.change();
    await vi.advanceTimersByTimeAsync(200);
    expect(context.saved).toBe(1);
    say('idle');
    await vi.advanceTimersByTimeAsync(200);
    expect(context.saved).toBe(2);
  });

  it('not for a kernel alone', async () => {
    vi.useFakeTimers();
    const [context, say] = await opened();
    say('idle');
    await vi.advanceTimersByTimeAsync(5_000);
    expect(context.saved).toBe(0);
  });
});
