import { describe, expect, it } from 'vitest';

import { fill } from '../src/page';

describe('a sentence with a number', () => {
  it('has the form of the word that fits it', () => {
    expect(fill('{count:exercise/exercises} left', { count: 1 })).toBe('1 exercise left');
    expect(fill('{count:exercise/exercises} left', { count: 0 })).toBe('0 exercises left');
    expect(fill('{done} of {count:exercise/exercises} done', { done: 1, count: 12 })).toBe(
      '1 of 12 exercises done',
    );
  });

  it('keeps a place that nothing fills', () => {
    expect(fill('{when} and {count:day/days}', { when: 'today' })).toBe('today and {count:day/days}');
  });
});
