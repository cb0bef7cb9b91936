import { describe, expect, it } from 'vitest';
import { isPairContradictory, plausibility, worthOf } from './plausibility.ts';
import { boundsByBand } from './plausibility-table.ts';

const bands = ['adult', 'child', 'infant', 'neonate'] as const;

describe('plausibility bounds', () => {
  it.each(
    bands.flatMap((band) => Object.entries(boundsByBand[band]).map(([name, bounds]) => ({ band, name, bounds }))),
  )('$name of $band: accepted, flagged and rejected on both sides of each limit', ({ band, name, bounds }) => {
    const vital = name as keyof (typeof boundsByBand)['adult'];
    const step = 0.1;
    const { accept, outer } = bounds;
    expect(plausibility(vital, accept[0], band)).toBe('accepted');
    expect(plausibility(vital, accept[1], band)).toBe('accepted');
    expect(plausibility(vital, outer[0] - step, band)).toBe('rejected');
    expect(plausibility(vital, outer[1] + step, band)).toBe('rejected');
    expect(plausibility(vital, accept[0] - step, band)).toBe(outer[0] < accept[0] ? 'flagged-low' : 'rejected');
    expect(plausibility(vital, accept[1] + step, band)).toBe(outer[1] > accept[1] ? 'flagged-high' : 'rejected');
    expect(plausibility(vital, outer[0], band)).not.toBe('rejected');
    expect(plausibility(vital, outer[1], band)).not.toBe('rejected');
  });

  it.each([
    ['temperatureC', 9.9, 'adult', 'rejected'],
    ['temperatureC', 13, 'adult', 'flagged-low'],
    ['temperatureC', 23.8, 'adult', 'flagged-low'],
    ['temperatureC', 25, 'neonate', 'accepted'],
    ['temperatureC', 43.6, 'adult', 'flagged-high'],
    ['temperatureC', 47.1, 'adult', 'rejected'],
    ['heartRateBpm', 35, 'neonate', 'flagged-low'],
    ['heartRateBpm', 300, 'infant', 'accepted'],
    ['heartRateBpm', 301, 'infant', 'flagged-high'],
    ['heartRateBpm', 301, 'adult', 'rejected'],
    ['respiratoryRatePerMin', 110, 'infant', 'accepted'],
    ['respiratoryRatePerMin', 101, 'adult', 'rejected'],
    ['systolicMmHg', 45, 'adult', 'flagged-low'],
    ['systolicMmHg', 45, 'child', 'accepted'],
    ['spo2Percent', 0, 'adult', 'rejected'],
    ['heartRateBpm', 340, null, 'flagged-high'],
    ['heartRateBpm', 290, null, 'accepted'],
    ['heartRateBpm', 351, null, 'rejected'],
    ['heartRateBpm', NaN, null, 'rejected'],
  ] as const)('%s %d of %s is %s', (name, value, band, expected) => {
    expect(plausibility(name, value, band)).toBe(expected);
  });
});

describe('what a value is worth', () => {
  it('counts a flagged value on the dangerous side at once, as provisional', () => {
    expect(worthOf('spo2Percent', 'flagged-low', false)).toEqual({ isProvisional: true, firesAtOnce: true });
    expect(worthOf('temperatureC', 'flagged-high', false)).toEqual({ isProvisional: true, firesAtOnce: true });
  });

  it('counts a flagged high rate as provisional after the ordinary debounce', () => {
    expect(worthOf('heartRateBpm', 'flagged-high', false)).toEqual({ isProvisional: true, firesAtOnce: false });
  });

  it('lets a flagged high pressure count only from the crew', () => {
    expect(worthOf('systolicMmHg', 'flagged-high', false)).toBeNull();
    expect(worthOf('systolicMmHg', 'flagged-high', true)).toEqual({ isProvisional: true, firesAtOnce: false });
  });

  it('gives a rejected value no worth', () => {
    expect(worthOf('heartRateBpm', 'rejected', true)).toBeNull();
  });
});

describe('a pressure pair', () => {
  it.each([
    [90, 89, false],
    [90, 90, true],
    [90, 91, true],
    [90, null, false],
    [90, 0, false],
    [90, 201, false],
  ])('%i/%s is contradictory: %s', (systolic, diastolic, expected) => {
    expect(isPairContradictory(systolic, diastolic, 'adult')).toBe(expected);
  });
});
