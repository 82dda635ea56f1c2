import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { digest } from '../src/lesson/digest';
import { Turns } from '../src/lesson/turns';

/** A cell whose runs end when they are told to. */
class Fake {
  text = 'SELECT 1';
  readonly ran: string[] = [];
  stops = 0;
  isAtIt = true;
  private end = (): void => undefined;
  readonly turns = new Turns(
    {
      text: () => this.text,
      run: () => {
        this.ran.push(this.text);
        return new Promise((done) => {
          this.end = done;
        });
      },
      isAtIt: () => this.isAtIt,
      stop: () => {
        this.stops += 1;
        this.end();
        return Promise.resolve();
      },
    },
    () => undefined,
  );

  async finish(): Promise<void> {
    this.end();
    await vi.advanceTimersByTimeAsync(0);
  }
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('what is asked for while a cell runs', () => {
  it('is run as soon as the earlier text is done', async () => {
    const cell = new Fake();
    void cell.turns.ask();
    cell.text = 'SELECT 2';
    expect(cell.turns.isNewer).toBe(true);
    void cell.turns.ask();
    expect(cell.turns.isNext).toBe(true);
    await cell.finish();
    expect(cell.ran).toEqual(['SELECT 1', 'SELECT 2']);
    await cell.finish();
    expect(cell.turns.busy).toBe(false);
    expect(cell.ran).toHaveLength(2);
  });

  it('is the text that stands there at the end, however often it was asked for', async () => {
    const cell = new Fake();
    void cell.turns.ask();
    for (const text of ['SELECT 2', 'SELECT 3', 'SELECT 4']) {
      cell.text = text;
      void cell.turns.ask();
    }
    await cell.finish();
    await cell.finish();
    expect(cell.ran).toEqual(['SELECT 1', 'SELECT 4']);
  });

  it('is nothing more where the text is the same, or the same again', async () => {
    const cell = new Fake();
    void cell.turns.ask();
    void cell.turns.ask();
    cell.text = 'SELECT 2';
    void cell.turns.ask();
    cell.text = 'SELECT 1';
    await cell.finish();
    expect(cell.ran).toEqual(['SELECT 1']);
    expect(cell.turns.busy).toBe(false);
  });

  it('stops a run that takes long, and nothing but that run', async () => {
    for (const isAtIt of [true, false]) {
      const cell = new Fake();
      cell.isAtIt = isAtIt;
      void cell.turns.ask();
      cell.text = 'SELECT 2';
      void cell.turns.ask();
      await vi.advanceTimersByTimeAsync(5_000);
      expect(cell.stops).toBe(isAtIt ? 1 : 0);
      if (!isAtIt) await cell.finish();
      expect(cell.ran).toEqual(['SELECT 1', 'SELECT 2']);
    }
  });

  it('is forgotten where the learner stops it', async () => {
    const cell = new Fake();
    void cell.turns.ask();
    cell.text = 'SELECT 2';
    void cell.turns.ask();
    cell.turns.forget();
    await cell.finish();
    expect(cell.ran).toEqual(['SELECT 1']);
  });

  it('comes after a run that something else has begun', async () => {
    const cell = new Fake();
    cell.turns.follow(true);
    cell.text = 'SELECT 2';
    void cell.turns.ask();
    expect(cell.ran).toEqual([]);
    cell.turns.follow(false);
    expect(cell.ran).toEqual(['SELECT 2']);
    await cell.finish();
    expect(cell.turns.busy).toBe(false);
  });

  it('is run even where the run before it failed', async () => {
    const cell = new Fake();
    let times = 0;
    const turns = new Turns(
      {
        text: () => cell.text,
        run: async () => {
          times += 1;
          if (times === 1) {
            cell.text = 'SELECT 2';
            void turns.ask();
            await Promise.resolve();
            throw new Error('no kernel');
          }
        },
        isAtIt: () => false,
        stop: () => Promise.resolve(),
      },
      () => undefined,
    );
    await turns.ask();
    expect(times).toBe(2);
    expect(turns.busy).toBe(false);
  });
});

describe('the digest of a text', () => {
  it("is the kernel's, and heeds no blanks around the text", () => {
    expect(digest('-- 解答 L1-05\nSELECT 1')).toBe('42f83ea9');
    expect(digest('\n-- 解答 L1-05\nSELECT 1 \r\n')).toBe(digest('-- 解答 L1-05\nSELECT 1'));
    expect(digest('SELECT 1')).not.toBe(digest('SELECT 2'));
    expect(digest('')).toBe('00000000');
    expect(digest('\ud83d')).toBe(digest('\ufffd'));
  });
});
