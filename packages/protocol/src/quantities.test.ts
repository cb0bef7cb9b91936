import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { Day, InstantMs, measuredRange, SequenceNumber, utcDay } from './quantities.ts';

test.each([
  ['the second before a leap second', Date.UTC(2016, 11, 31, 23, 59, 59), '2016-12-31'],
  ['the second after it', Date.UTC(2017, 0, 1), '2017-01-01'],
  ['23:59:60, which POSIX time gives the next second', Date.UTC(2016, 11, 31, 23, 59, 60), '2017-01-01'],
  ['the last millisecond of a year', Date.UTC(2026, 11, 31, 23, 59, 59, 999), '2026-12-31'],
  ['a leap day', Date.UTC(2028, 1, 29, 12), '2028-02-29'],
  ['1970 after a flat battery', 0, '1970-01-01'],
  ['the last instant the wire admits', 4_102_444_800_000, '2100-01-01'],
])('the day of %s is a day of the wire (E7, E8)', (_what, instantMs, day) => {
  expect(v.is(InstantMs, instantMs)).toBe(true);
  expect(utcDay(instantMs)).toBe(day);
  expect(v.is(Day, day)).toBe(true);
});

test.each([
  [-1, false],
  [0, true],
  [4_102_444_800_000, true],
  [4_102_444_800_001, false],
  [1.5, false],
  [Number.NaN, false],
  [Number.POSITIVE_INFINITY, false],
  ['1', false],
  [null, false],
])('instant %s is admitted: %s (E7, H3)', (instant, isAdmitted) => expect(v.is(InstantMs, instant)).toBe(isAdmitted));

test.each([
  [0, false],
  [-0, false],
  [1, true],
  [Number.MAX_SAFE_INTEGER, true],
  [2 ** 53, false],
  [1.5, false],
])('sequence number %s is admitted: %s (H3)', (seq, isAdmitted) => expect(v.is(SequenceNumber, seq)).toBe(isAdmitted));

test.each([
  ['2026-00-01'],
  ['2026-13-01'],
  ['2026-01-00'],
  ['2026-01-32'],
  ['26-01-01'],
  ['2026-1-1'],
  ['2026-01-01T'],
  ['2026-01-01\n'],
])('day %j is refused', (day) => expect(v.is(Day, day)).toBe(false));

const edges = {
  heartRateBpm: [0, 400],
  pulseRateBpm: [0, 400],
  respiratoryRatePerMin: [0, 200],
  spo2Percent: [0, 100],
  systolicMmHg: [0, 350],
  diastolicMmHg: [0, 300],
  meanMmHg: [0, 320],
  temperatureC: [5, 50],
  etco2MmHg: [0, 150],
  fio2Percent: [21, 100],
  glucoseMmolPerL: [0, 100],
} as const satisfies Record<keyof typeof measuredRange, readonly [number, number]>;

describe.each(Object.entries(edges))('%s', (name, [lowest, highest]) => {
  const schema = measuredRange[name as keyof typeof edges];
  test(`is measured from ${lowest} to ${highest}, or null for not measured`, () => {
    for (const value of [null, lowest, highest]) expect(v.is(schema, value)).toBe(true);
    for (const value of [lowest - 0.1, highest + 0.1, Number.NaN, Number.POSITIVE_INFINITY, '80', undefined, true]) {
      expect(v.is(schema, value)).toBe(false);
    }
  });
});
