import { describe, expect, it } from 'vitest';

import { type Cells, takenOver } from '../src/guard/merge';

function cells(texts: Record<string, string>, said: Record<string, string> = {}): Cells {
  return new Map(
    Object.entries(texts).map(([id, text]) => [
      id,
      { text, outputs: id in said ? [{ text: said[id] }] : [] },
    ]),
  );
}

const BASE = cells({ a: 'SELECT 1', b: 'SELECT 2' });

describe('what a page takes over from a file that another page has saved', () => {
  it('is nothing where only this page has written, whatever the clock of the file says', () => {
    expect(takenOver(BASE, cells({ a: 'SELECT 11', b: 'SELECT 2' }), BASE)).toEqual(new Map());
  });

  it('is what its own saving brought that came after a reload had read the file', () => {
    const late = cells({ a: 'SELECT 11', b: 'SELECT 2' }, { a: 'right' });
    expect(takenOver(BASE, cells({ a: 'SELECT 1', b: 'SELECT 22' }), late)).toEqual(
      cells({ a: 'SELECT 11' }, { a: 'right' }),
    );
  });

  it('is a verdict on a text that both have', () => {
    const judged = cells({ a: 'SELECT 1', b: 'SELECT 2' }, { b: 'wrong' });
    expect(takenOver(BASE, BASE, judged)?.get('b')?.outputs).toEqual([{ text: 'wrong' }]);
  });

  it('is nothing of a cell that holds the same on both, or was run here', () => {
    const mine = cells({ a: 'SELECT 3', b: 'SELECT 2' }, { b: 'of here' });
    const theirs = cells({ a: 'SELECT 3', b: 'SELECT 2' }, { a: 'of there', b: 'of there' });
    expect(takenOver(BASE, mine, theirs)).toEqual(new Map());
  });

  it('is asked of the learner where both have written in one cell', () => {
    expect(
      takenOver(BASE, cells({ a: 'SELECT 3', b: 'SELECT 2' }), cells({ a: 'SELECT 4', b: 'SELECT 2' })),
    ).toBeNull();
  });

  it('is asked of the learner where the other page has a cell more or one less', () => {
    expect(takenOver(BASE, BASE, cells({ a: 'SELECT 1', b: 'SELECT 2', c: 'SELECT 3' }))).toBeNull();
    expect(takenOver(BASE, BASE, cells({ a: 'SELECT 1' }))).toBeNull();
  });

  it('leaves this page its own new cells, and those removed here away', () => {
    const mine = cells({ a: 'SELECT 1', c: 'SELECT 3' });
    expect(takenOver(BASE, mine, BASE)).toEqual(new Map());
  });
});
