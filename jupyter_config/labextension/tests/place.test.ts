import type { Cell } from '@jupyterlab/cells';
import { describe, expect, it } from 'vitest';

import { roleOf } from '../src/lesson/place';

/** A cell as far as its role is told by it. */
function cellOf(id: string, source: string, marks: object | undefined): Cell {
  const model = {
    id,
    type: 'code',
    sharedModel: { getSource: () => source },
    getMetadata: (name: string) => (name === 'penguin' ? marks : undefined),
  };
  return { model } as unknown as Cell;
}

describe('the role of a cell', () => {
  it('tells somebody else’s draft from an example of the lesson', () => {
    expect(roleOf(cellOf('run-L15-01-draft', 'SELECT 1', { role: 'draft' }))).toBe('draft');
    expect(roleOf(cellOf('run-1', 'SELECT 1', undefined))).toBe('example');
  });

  it('is an answer where the first line names an exercise', () => {
    expect(roleOf(cellOf('a', '-- 解答: L15-01\nSELECT 1', undefined))).toBe('answer');
  });
});
