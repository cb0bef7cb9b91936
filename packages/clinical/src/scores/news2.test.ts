import { describe, expect, it } from 'vitest';
import { news2, news2Points, type News2Inputs } from './news2.ts';

const healthy: News2Inputs = {
  respiratoryRatePerMin: 16,
  spo2Percent: 97,
  oxygen: 'air',
  systolicMmHg: 120,
  heartRateBpm: 72,
  consciousness: 'alert',
  temperatureC: 36.5,
};
const nothing: News2Inputs = {
  respiratoryRatePerMin: null,
  spo2Percent: null,
  oxygen: null,
  systolicMmHg: null,
  heartRateBpm: null,
  consciousness: null,
  temperatureC: null,
};

const boundaries: Readonly<Record<string, readonly (readonly [number, number])[]>> = {
  respiratoryRatePerMin: [
    [8, 3],
    [9, 1],
    [11, 1],
    [12, 0],
    [20, 0],
    [21, 2],
    [24, 2],
    [25, 3],
  ],
  spo2Percent: [
    [91, 3],
    [92, 2],
    [93, 2],
    [94, 1],
    [95, 1],
    [96, 0],
  ],
  systolicMmHg: [
    [90, 3],
    [91, 2],
    [100, 2],
    [101, 1],
    [110, 1],
    [111, 0],
    [219, 0],
    [220, 3],
  ],
  heartRateBpm: [
    [40, 3],
    [41, 1],
    [50, 1],
    [51, 0],
    [90, 0],
    [91, 1],
    [110, 1],
    [111, 2],
    [130, 2],
    [131, 3],
  ],
  temperatureC: [
    [35.0, 3],
    [35.04, 3],
    [35.05, 1],
    [35.1, 1],
    [36.0, 1],
    [36.04, 1],
    [36.05, 0],
    [36.1, 0],
    [38.0, 0],
    [38.04, 0],
    [38.05, 1],
    [38.1, 1],
    [39.0, 1],
    [39.05, 2],
    [39.1, 2],
  ],
};

describe('NEWS2 points (vector D0)', () => {
  it.each(
    Object.entries(boundaries).flatMap(([name, rows]) => rows.map(([value, points]) => ({ name, value, points }))),
  )('$name $value scores $points', ({ name, value, points }) => {
    const input = name as keyof News2Inputs;
    expect(news2Points({ ...healthy, [input]: value }, input)).toBe(points);
  });

  it.each([
    ['alert', 0],
    ['confusion', 3],
    ['voice', 3],
    ['pain', 3],
    ['unresponsive', 3],
  ] as const)('consciousness %s scores %i', (consciousness, points) => {
    expect(news2({ ...healthy, consciousness }).minimum).toBe(points);
  });
});

/** RR / SpO2 / O2 / SBP / HR / consciousness / T, as the vectors are written. */
const vector = (
  ...[respiratoryRatePerMin, spo2Percent, oxygen, systolicMmHg, heartRateBpm, consciousness, temperatureC]: readonly [
    number,
    number,
    'air' | 'oxygen',
    number,
    number,
    'alert' | 'voice',
    number | null,
  ]
): News2Inputs => ({
  respiratoryRatePerMin,
  spo2Percent,
  oxygen,
  systolicMmHg,
  heartRateBpm,
  consciousness,
  temperatureC,
});

describe('NEWS2 totals', () => {
  it.each([
    ['V01', vector(18, 96, 'air', 128, 96, 'alert', 36.6), 1],
    ['V04', vector(20, 95, 'air', 88, 44, 'alert', 36.0), 6],
    ['V28, scale 1', vector(24, 91, 'oxygen', 118, 104, 'voice', 37.2), 11],
    ['V28 with SpO2 97', vector(24, 97, 'oxygen', 118, 104, 'voice', 37.2), 8],
    ['N01', vector(16, 97, 'air', 132, 72, 'alert', 36.5), 0],
    ['N03', vector(20, 97, 'air', 180, 92, 'alert', 36.7), 1],
    ['N05', vector(18, 96, 'air', 158, 84, 'alert', 36.8), 0],
  ] as const)('%s', (_, inputs, total) => {
    expect(news2(inputs)).toEqual({ name: 'news2', minimum: total, maximum: total, missing: [] });
  });

  it('is 9..12 for V12, whose temperature is not known (second reading R2.1)', () => {
    const range = news2(vector(29, 90, 'air', 90, 90, 'alert', null));
    expect(range).toEqual({ name: 'news2', minimum: 9, maximum: 12, missing: ['temperatureC'] });
  });

  it('is 0..20 with nothing known, and names all seven', () => {
    const { minimum, maximum, missing } = news2(nothing);
    expect([minimum, maximum, missing.length]).toEqual([0, 20, 7]);
  });

  it('scores an unrecordable pressure as 3 and not as missing (C7)', () => {
    expect(news2({ ...healthy, systolicMmHg: 'unrecordable' })).toMatchObject({ minimum: 3, maximum: 3, missing: [] });
  });

  it.each(Object.keys(healthy))('never takes a missing %s as normal', (name) => {
    const range = news2({ ...healthy, [name]: null });
    expect(range.minimum).toBe(0);
    expect(range.maximum).toBe(name === 'oxygen' ? 2 : 3);
    expect(range.missing).toEqual([name]);
  });
});
