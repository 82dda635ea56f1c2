import { ServerConnection } from '@jupyterlab/services';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { DeskServer } from '../src/classpage/server';

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
