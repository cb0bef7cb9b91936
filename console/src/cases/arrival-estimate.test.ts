import { START_MS } from '@pentad/protocol/testing/boring-ids';
import { unitView } from '@pentad/protocol/testing/view-builders';
import { describe, expect, test } from 'vitest';
import { distanceKm, estimateArrival, minutesOrLast } from './arrival-estimate.ts';

const gate = { latitudeDeg: 31.376, longitudeDeg: 120.985 };
const at = (latitudeDeg: number, measuredAtMs: number | null = START_MS) =>
  unitView({
    measuredAtMs,
    position: { latitudeDeg, longitudeDeg: 120.985, speedMps: null, headingDeg: null, accuracyM: null },
  });

describe('arrival', () => {
  test('a tenth of a degree of latitude is 11.1 km', () => {
    expect(distanceKm(gate, { ...gate, latitudeDeg: gate.latitudeDeg + 0.1 })).toBeCloseTo(11.12, 2);
  });

  test('a fresh position gives minutes counted from when it was measured', () => {
    expect(estimateArrival(at(gate.latitudeDeg + 0.1), gate, START_MS + 30_000)).toMatchObject({
      kind: 'minutes',
      minutes: 20,
      atMs: START_MS + 20 * 60_000,
    });
  });

  test('a position older than a minute gives none', () => {
    expect(estimateArrival(at(31.4), gate, START_MS + 60_000).kind).toBe('minutes');
    expect(estimateArrival(at(31.4), gate, START_MS + 60_001)).toEqual({ kind: 'position-stale', ageMs: 60_001 });
  });

  test('without a position, its instant or a destination there is none', () => {
    expect(estimateArrival(undefined, gate, START_MS).kind).toBe('no-position');
    expect(estimateArrival(unitView({ position: null }), gate, START_MS).kind).toBe('no-position');
    expect(estimateArrival(at(31.4, null), gate, START_MS).kind).toBe('no-position');
    expect(estimateArrival(at(31.4), undefined, START_MS).kind).toBe('no-position');
  });

  test('at the door counts as zero, unknown comes last', () => {
    expect(minutesOrLast(estimateArrival(at(gate.latitudeDeg), gate, START_MS))).toBe(0);
    expect(minutesOrLast({ kind: 'no-position' })).toBe(Infinity);
  });
});
