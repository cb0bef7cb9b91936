import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAboveOne, isBelowNineTenths, shockIndex } from './shock-index.ts';

describe('shock index', () => {
  it.each([
    ['V01', 96, 128, 0.75],
    ['V04', 44, 88, 0.5],
    ['N01', 72, 132, 0.55],
    ['N03', 92, 180, 0.51],
    ['N16 b', 168, 86, 1.95],
    ['P', 70, 120, 0.58],
    ['P', 110, 100, 1.1],
    ['N10', 108, 120, 0.9],
    ['N10', 107, 119, 0.9],
  ])('%s: %i/%i is shown as %d', (_, heartRate, systolic, shown) => {
    expect(shockIndex(heartRate, systolic)?.shown).toBe(shown);
  });

  it('compares the numbers, not what is shown: 107/119 shows 0.90 and is below (N10)', () => {
    expect(isBelowNineTenths(107, 119)).toBe(true);
    expect(isBelowNineTenths(108, 120)).toBe(false);
  });

  it.each([
    [90, 90, false],
    [91, 90, true],
    [90, 89, true],
  ])('HR %i over SBP %i is above one: %s', (heartRate, systolic, expected) => {
    expect(isAboveOne(heartRate, systolic)).toBe(expected);
  });

  it('agrees with exact fractions for all whole numbers', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 350 }), fc.integer({ min: 20, max: 300 }), (heartRate, systolic) => {
        expect(isBelowNineTenths(heartRate, systolic)).toBe(BigInt(heartRate) * 10n < BigInt(systolic) * 9n);
        expect(isAboveOne(heartRate, systolic) && isBelowNineTenths(heartRate, systolic)).toBe(false);
      }),
    );
  });

  it('is null without both', () => {
    expect([shockIndex(null, 120), shockIndex(80, null), shockIndex(80, 0)]).toEqual([null, null, null]);
  });
});
