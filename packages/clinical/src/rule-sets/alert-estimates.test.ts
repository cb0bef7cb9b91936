import { expect, test } from 'vitest';
import { alertEstimates, estimateOf } from './alert-estimates.ts';
import { pentad2 } from './built-in.ts';

test('every estimate is of rules of the set, and each rule has at most one', () => {
  const estimated = alertEstimates.estimates.flatMap(({ rules }) => rules);
  const ids = new Set(pentad2.rules.map(({ id }) => id));
  expect(estimated.filter((id) => !ids.has(id))).toEqual([]);
  expect(new Set(estimated).size).toBe(estimated.length);
});

test('a range begins with its least', () => {
  for (const { leastPercent, mostPercent } of alertEstimates.estimates)
    expect(leastPercent).toBeLessThanOrEqual(mostPercent);
});

test('rules that were one share its estimate, another has none', () => {
  expect(estimateOf('GEN-3')).toMatchObject({ leastPercent: 10, mostPercent: 36 });
  expect(estimateOf('CP-Y1b')).toBe(estimateOf('CP-Y1a'));
  expect(estimateOf('TR-SI')).toBeNull();
});
