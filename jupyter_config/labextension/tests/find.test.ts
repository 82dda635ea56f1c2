import { describe, expect, it } from 'vitest';

import { exchanged, placesOf } from '../src/lesson/find';
import { rangeOf } from '../src/lesson/found';

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

it('in a text that is read a match is found across what is set off in it', () => {
  const node = document.createElement('div');
  node.innerHTML = '<p>Guests are <b>me</b>mbers; <code>guests</code> is their table.</p>';
  expect(rangeOf(node, 'GUESTS', 1)?.startContainer.parentElement?.tagName).toBe('CODE');
  expect(rangeOf(node, 'members', 0)?.toString()).toBe('members');
  expect(rangeOf(node, 'guests', 5)?.toString()).toBe('Guests'); // a link's address holds more than is read
  expect(rangeOf(node, 'casts', 0)).toBeNull();
});
