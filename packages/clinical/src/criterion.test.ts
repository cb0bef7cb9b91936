import { describe, expect, it } from 'vitest';
import { and, criterion, not, or, type Criterion } from './criterion.ts';

const T: Criterion = 'TRUE';
const F: Criterion = 'FALSE';
const U: Criterion = 'UNKNOWN';

describe('three-valued logic', () => {
  it.each([
    [T, T, T, T],
    [T, F, F, T],
    [T, U, U, T],
    [F, T, F, T],
    [F, F, F, F],
    [F, U, F, U],
    [U, T, U, T],
    [U, F, F, U],
    [U, U, U, U],
  ] as const)('%s and/or %s is %s / %s', (a, b, both, either) => {
    expect(and(a, b)).toBe(both);
    expect(or(a, b)).toBe(either);
  });

  it('negates the known and leaves the unknown', () => {
    expect([T, F, U].map(not)).toEqual([F, T, U]);
  });

  it('reads null as unknown, never as false', () => {
    expect([true, false, null].map(criterion)).toEqual([T, F, U]);
  });
});
