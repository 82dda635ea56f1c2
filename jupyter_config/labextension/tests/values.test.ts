import { describe, expect, it } from 'vitest';

import { linesIn, moved, typed, unused, valueIn, withLines, withValue } from '../src/lesson/values';
import type { Field } from '../src/server';

const field = (name: string, sort: Field['sort']): Field => ({ name, label: name, sort, options: [] });
const LETTERS = "-- 解答 L1-09\nSELECT '___' AS guests, '___' AS talks\n";
const NUMBERS = '-- 解答 L1-01\nSELECT ___ AS n_columns, ___ AS n_rows\n';
const DATES = "-- 解答 L5-01\nSELECT DATE '___' AS a, DATE '___' AS b\n";

describe('values of an answer', () => {
  it('are written into the text where their column stands, and read back', () => {
    const filled = withValue(LETTERS, field('talks', 'letter'), 'd');
    expect(filled).toBe("-- 解答 L1-09\nSELECT '___' AS guests, 'd' AS talks\n");
    expect(valueIn(filled, field('talks', 'letter'))).toBe('d');
    expect(valueIn(filled, field('guests', 'letter'))).toBe('');
  });

  it('keep the type of a date, and take a blank back', () => {
    const b = field('b', 'date');
    const filled = withValue(DATES, b, '2025-12-01');
    expect(filled).toContain("DATE '___' AS a, DATE '2025-12-01' AS b");
    expect(withValue(filled, b, '')).toBe(DATES);
  });

  it('are told apart from columns whose names begin alike', () => {
    expect(withValue('SELECT ___ AS n, ___ AS n_rows', field('n', 'number'), '3')).toBe(
      'SELECT 3 AS n, ___ AS n_rows',
    );
  });

  it('are read as people type numbers, and what is none leaves a blank', () => {
    const rows = field('n_rows', 'number');
    expect(typed(rows, '１，２３４')).toBe('1234');
    expect(typed(rows, '6 rows')).toBeNull();
    expect(withValue(NUMBERS, rows, null)).toBe(NUMBERS);
  });

  it('are none in a text of another form', () => {
    expect(valueIn('-- 解答 L1-01\nSELECT 3, 4', field('n_rows', 'number'))).toBeNull();
  });
});

describe('lines to put in order', () => {
  const given = ['FROM talks', 'SELECT 1', 'WHERE a'];

  it('come and go with the text, whatever its blanks', () => {
    const text = withLines('-- 解答 L4-03\nFROM talks', ['  SELECT 1', 'FROM talks']);
    expect(text).toBe('-- 解答 L4-03\n  SELECT 1\nFROM talks\n');
    expect(linesIn(text)).toEqual(['  SELECT 1', 'FROM talks']);
    expect(unused(given, linesIn(text))).toEqual(['WHERE a']);
  });

  it('count one that stands twice once each', () => {
    expect(unused(['a', 'a', 'b'], ['a'])).toEqual(['a', 'b']);
  });

  it('move up and down', () => {
    expect(moved(given, 2, 0)).toEqual(['WHERE a', 'FROM talks', 'SELECT 1']);
    expect(moved(given, 0, 1)).toEqual(['SELECT 1', 'FROM talks', 'WHERE a']);
  });
});
