import { numericsView } from '@pentad/protocol/testing/view-builders';
import { noVitals } from '@pentad/protocol/vitals';
import { describe, expect, test } from 'vitest';
import { readVital } from './vital-state.ts';
import { readTile } from './vital-words.ts';

const AT = 1_700_000_000_000;
const MINUTE = 60_000;
const view = numericsView({
  measuredAtMs: AT,
  receivedAtMs: AT,
  vitals: { ...noVitals, heartRateBpm: 88, systolicMmHg: 120, diastolicMmHg: 80, temperatureC: 36.55 },
  times: { bloodPressureAtMs: AT, temperatureAtMs: AT },
});

describe('freshness of a reading', () => {
  test.each([
    ['heartRateBpm', 10_000, 'live'],
    ['heartRateBpm', 10_001, 'no-signal'],
    ['heartRateBpm', 60_000, 'no-signal'],
    ['heartRateBpm', 60_001, 'stale'],
    ['systolicMmHg', 15 * MINUTE, 'live'],
    ['systolicMmHg', 15 * MINUTE + 1, 'stale'],
    ['temperatureC', 60 * MINUTE, 'live'],
    ['temperatureC', 60 * MINUTE + 1, 'stale'],
  ] as const)('%s after %i ms is %s', (name, ageMs, freshness) => {
    expect(readVital(view, name, AT + ageMs).freshness).toBe(freshness);
  });

  test('a cuff reading of an unstable patient is good for five minutes', () => {
    expect(readVital(view, 'systolicMmHg', AT + 5 * MINUTE, true).freshness).toBe('live');
    expect(readVital(view, 'systolicMmHg', AT + 5 * MINUTE + 1, true).freshness).toBe('stale');
  });

  test('a cuff reading repeated in a fresh frame keeps its own age', () => {
    const repeated = { ...view, measuredAtMs: AT + 20 * MINUTE, receivedAtMs: AT + 20 * MINUTE };
    expect(readVital(repeated, 'systolicMmHg', AT + 20 * MINUTE).freshness).toBe('stale');
    expect(readVital(repeated, 'heartRateBpm', AT + 20 * MINUTE).freshness).toBe('live');
  });

  test('a value whose instant is not known is never shown as good', () => {
    const unknown = { ...view, times: { bloodPressureAtMs: null, temperatureAtMs: null } };
    expect(readVital(unknown, 'systolicMmHg', AT)).toMatchObject({ value: 120, ageMs: null, freshness: 'stale' });
  });

  test('a vehicle clock that runs ahead makes nothing younger than its arrival', () => {
    const ahead = { ...view, measuredAtMs: AT + 10 * MINUTE };
    expect(readVital(ahead, 'heartRateBpm', AT + 61_000).freshness).toBe('stale');
  });

  test('not measured is absent, with no age', () => {
    expect(readVital(view, 'spo2Percent', AT)).toEqual({
      value: null,
      measuredAtMs: null,
      ageMs: null,
      freshness: 'absent',
    });
    expect(readVital(null, 'heartRateBpm', AT).freshness).toBe('absent');
  });
});

describe('tiles', () => {
  test('pressure is one tile of two values', () => {
    expect(readTile(view, 'pressure', AT, false)).toMatchObject({ text: '120', second: '80', unit: 'mmHg' });
  });

  test('temperature keeps one digit', () => {
    expect(readTile(view, 'temperature', AT, false).text).toBe('36.5');
  });

  test('an absent value is a dash', () => {
    expect(readTile(view, 'spo2', AT, false)).toMatchObject({ text: '—', freshness: 'absent' });
  });
});
