import type { UnitView } from '@pentad/protocol/console-feed';
import { hospitalIdOf, START_MS } from '@pentad/protocol/testing/boring-ids';
import { unitView } from '@pentad/protocol/testing/view-builders';
import { describe, expect, test } from 'vitest';
import { estimateArrival, minutesOrLast } from './arrival-estimate.ts';

const home = hospitalIdOf(1);
const eta = (some: Partial<NonNullable<UnitView['eta']>> = {}): NonNullable<UnitView['eta']> => ({
  hospitalId: home,
  computedAtMs: START_MS,
  atMs: START_MS + 20 * 60_000,
  fromMs: START_MS + 12 * 60_000,
  toMs: START_MS + 35 * 60_000,
  source: 'osrm',
  distanceM: 15_000,
  ...some,
});
const position = { latitudeDeg: 31.4, longitudeDeg: 120.985, speedMps: null, headingDeg: null, accuracyM: null };
const unit = (some: Partial<UnitView> = {}) => unitView({ measuredAtMs: START_MS, position, eta: eta(), ...some });

describe('arrival', () => {
  test('is the server’s estimate in minutes from now, with band, method and age', () => {
    expect(estimateArrival(unit(), home, START_MS + 30_000)).toEqual({
      kind: 'minutes',
      minutes: 20,
      fromMinutes: 11,
      toMinutes: 35,
      atMs: START_MS + 20 * 60_000,
      distanceKm: 15,
      source: 'osrm',
      ageMs: 30_000,
    });
  });

  test('is unknown where the server says none, or only one to another hospital', () => {
    for (const given of [
      unit({ eta: null }),
      unit({ eta: undefined }),
      unit({ eta: eta({ hospitalId: hospitalIdOf(2) }) }),
    ])
      expect(estimateArrival(given, home, START_MS)).toEqual({ kind: 'unknown' });
    expect(estimateArrival(unit(), undefined, START_MS)).toEqual({ kind: 'unknown' });
  });

  test('a position older than a minute gives none, whether shown or estimated from', () => {
    expect(estimateArrival(unit(), home, START_MS + 60_000).kind).toBe('minutes');
    expect(estimateArrival(unit(), home, START_MS + 60_001)).toEqual({ kind: 'position-stale', ageMs: 60_001 });
    const moved = unit({ measuredAtMs: START_MS + 60_000 });
    expect(estimateArrival(moved, home, START_MS + 60_001)).toEqual({ kind: 'position-stale', ageMs: 60_001 });
  });

  test('without a position or its instant there is none', () => {
    expect(estimateArrival(undefined, home, START_MS).kind).toBe('no-position');
    expect(estimateArrival(unit({ position: null }), home, START_MS).kind).toBe('no-position');
    expect(estimateArrival(unit({ measuredAtMs: null }), home, START_MS).kind).toBe('no-position');
  });

  test('at the door counts as zero, unknown comes last', () => {
    expect(minutesOrLast(estimateArrival(unit({ eta: eta({ distanceM: 100 }) }), home, START_MS))).toBe(0);
    expect(minutesOrLast({ kind: 'no-position' })).toBe(Infinity);
    expect(minutesOrLast({ kind: 'unknown' })).toBe(Infinity);
  });
});
