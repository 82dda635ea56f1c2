import { describe, expect, it, vi } from 'vitest';

import { Deserted, Leftovers } from '../src/room/deserted';

const lesson = { id: 'a', path: '01 名簿を引く.ipynb', pages: 1 };
const left = { id: 'b', path: '02 条件.ipynb', pages: 0 };
const open = new Set([lesson.path]);
const starting = { id: 'c', path: '5f1c0a', pages: 0 };

describe('kernels that pages left behind', () => {
  it('ends the session of a notebook that no page shows', () => {
    expect(new Deserted().among([lesson, left], open, 0)).toEqual(['b']);
  });

  it('ends nothing of the lesson in front, whose page may only be connecting', () => {
    expect(new Deserted().among([{ ...lesson, pages: 0 }], open, 0)).toEqual([]);
  });

  it('gives a kernel that is starting a minute', () => {
    const deserted = new Deserted();
    expect(deserted.among([starting], open, 0)).toEqual([]);
    expect(deserted.among([starting], open, 59_000)).toEqual([]);
    expect(deserted.among([{ ...starting, pages: -1 }], open, 61_000)).toEqual(['c']);
  });

  it('begins anew for a session that had a page in between', () => {
    const deserted = new Deserted();
    deserted.among([starting], open, 0);
    deserted.among([{ ...starting, pages: 1 }], open, 30_000);
    expect(deserted.among([starting], open, 61_000)).toEqual([]);
  });
});

describe('what is left to end', () => {
  it('looks a minute later for what a page left while it started, with no lesson opened in between', async () => {
    vi.useFakeTimers();
    const models = [
      { id: 'a', path: lesson.path, kernel: { connections: 1 } },
      { id: 'c', path: '5f1c0a', kernel: { connections: 0 } },
    ];
    const shutdown = vi.fn(() => Promise.resolve());
    const sessions = { refreshRunning: () => Promise.resolve(), running: () => models.values(), shutdown };
    await new Leftovers(sessions as never, () => open).end();
    await vi.advanceTimersByTimeAsync(59_000);
    expect(shutdown).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(3_000);
    expect(shutdown.mock.calls).toEqual([['c']]);
    vi.useRealTimers();
  });

  it('says it where the server does not answer, and fails nobody', async () => {
    const warned = vi.spyOn(console, 'warn').mockReturnValue();
    const sessions = {
      refreshRunning: () => Promise.reject(new Error('away')),
      running: vi.fn(),
      shutdown: vi.fn(),
    };
    await new Leftovers(sessions as never, () => open).end();
    expect(warned).toHaveBeenCalledOnce();
    warned.mockRestore();
  });
});
