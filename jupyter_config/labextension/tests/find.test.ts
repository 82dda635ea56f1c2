import { describe, expect, it } from 'vitest';

import { exchanged, placesOf } from '../src/lesson/find';

describe('what is sought in a cell', () => {
  it('is found whatever its capitals and widths, at the places where it stands', () => {
    expect(placesOf('guest', 'SELECT Guest_id, ＧＵＥＳＴ')).toEqual([7, 17]);
    expect(placesOf('', 'abc')).toEqual([]);
    expect(placesOf('aa', 'aaaa')).toEqual([0, 2]);
  });

  it('is exchanged everywhere but above a place', () => {
    expect(exchanged('-- guests\nFROM guests g, guests h', 'guests', 'casts', 10)).toEqual({
      text: '-- guests\nFROM casts g, casts h',
      count: 2,
    });
  });

  it('is left where it is not', () => {
    expect(exchanged('abc', 'x', 'y')).toEqual({ text: 'abc', count: 0 });
  });
});
