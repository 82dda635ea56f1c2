import { describe, expect, it } from 'vitest';

import { Deserted } from '../src/room/deserted';

const lesson = { id: 'a', path: '01 名簿を引く.ipynb', pages: 1 };
const left = { id: 'b', path: '02 条件.ipynb', pages: 0 };
const starting = { id: 'c', path: '5f1c0a', pages: 0 };

describe('kernels that pages left behind', () => {
  it('ends the session of a notebook that no page shows', () => {
    expect(new Deserted().among([lesson, left], new Set([lesson.path]), 0)).toEqual(['b']);
  });

  it('ends nothing of the lesson in front, whose page may only be connecting', () => {
    expect(new Deserted().among([{ ...lesson, pages: 0 }], new Set([lesson.path]), 0)).toEqual([]);
  });

  it('gives a kernel that is starting a minute', () => {
    const deserted = new Deserted();
    expect(deserted.among([starting], new Set([lesson.path]), 0)).toEqual([]);
    expect(deserted.among([starting], new Set([lesson.path]), 59_000)).toEqual([]);
    expect(deserted.among([{ ...starting, pages: -1 }], new Set([lesson.path]), 61_000)).toEqual(['c']);
  });

  it('begins anew for a session that had a page in between', () => {
    const deserted = new Deserted();
    deserted.among([starting], new Set([lesson.path]), 0);
    deserted.among([{ ...starting, pages: 1 }], new Set([lesson.path]), 30_000);
    expect(deserted.among([starting], new Set([lesson.path]), 61_000)).toEqual([]);
  });
});
