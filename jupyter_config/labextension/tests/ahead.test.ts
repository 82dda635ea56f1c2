import { ServerConnection } from '@jupyterlab/services';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { Desk } from '../src/classpage/parts';
import { DeskServer, type Line } from '../src/classpage/server';
import { drawToday } from '../src/classpage/today';

vi.hoisted(() => {
  // jsdom has none, and Lumino's drag and drop is built on it
  vi.stubGlobal('DragEvent', class extends MouseEvent {});
});

describe('what is asked for while JupyterLab begins', () => {
  let answers: (object | Error)[];
  let server: DeskServer;
  const asked = (): number => vi.mocked(ServerConnection.makeRequest).mock.calls.length;

  beforeEach(() => {
    answers = [];
    server = new DeskServer(ServerConnection.makeSettings());
    vi.spyOn(ServerConnection, 'makeRequest').mockImplementation(() => {
      const next = answers.shift();
      return next instanceof Error ? Promise.reject(next) : Promise.resolve(Response.json(next));
    });
  });

  afterEach(() => vi.restoreAllMocks());

  it('is taken by the first who asks, and nobody after', async () => {
    answers = [{ at: 'ahead' }, { at: 'later' }];
    server.askAhead();
    expect(asked()).toBe(1);
    expect(await server.today()).toEqual({ at: 'ahead' });
    expect(asked()).toBe(1);
    expect(await server.today()).toEqual({ at: 'later' });
  });

  it('is asked for again where it failed', async () => {
    answers = [new Error('no way there yet'), { at: 'now' }];
    server.askAhead();
    expect(await server.today()).toEqual({ at: 'now' });
  });
});

describe('what stands behind a line of today', () => {
  const line = (kind: string, count: number): Line => ({
    ...{ kind, text: '', count, lesson: 'L1', step: '', leads: 'learners' },
    details: Array.from({ length: count }, (_, at) => ({
      ...{ kind, lesson: 'L1', student: `s${at}`, name: `s${at}`, text: '', place: '', exercise: '' },
    })),
  });
  const drawn = async (...lines: Line[]): Promise<HTMLDetailsElement[]> => {
    const today = { at: '', exchange: false, learners: 1, released: 1, lines, draft: '' };
    const made = await drawToday({ server: { today: () => Promise.resolve(today) } } as unknown as Desk);
    document.body.replaceChildren(...made);
    return [...document.querySelectorAll('details')];
  };

  it('is made when it is opened where it is long, and once', async () => {
    const [short, long] = await drawn(line('late', 50), line('late', 51));
    expect(short?.querySelectorAll('li').length).toBe(50);
    expect(long?.querySelectorAll('li').length).toBe(0);
    if (!long) throw new Error('no long one');
    for (const open of [true, false, true]) {
      long.open = open;
      await vi.waitFor(() => expect(long.querySelectorAll('li').length).toBe(51));
    }
  });

  it('is there at once where a mentor may be writing in it', async () => {
    const [reminders] = await drawn(line('remind', 200));
    expect(reminders?.querySelectorAll('textarea').length).toBe(200);
  });
});
