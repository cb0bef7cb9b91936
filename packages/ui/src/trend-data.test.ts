import { numericsView } from '@pentad/protocol/testing/view-builders';
import { noVitals } from '@pentad/protocol/vitals';
import { describe, expect, test } from 'vitest';
import { trendData } from './trend-data.ts';

const AT = 1_700_000_000_000;
const at = (second: number, some: Parameters<typeof numericsView>[0] = {}) =>
  numericsView({ measuredAtMs: AT + second * 1_000, receivedAtMs: AT + second * 1_000, ...some });

describe('trend columns', () => {
  test('a silence over ten seconds breaks every line', () => {
    const { columns } = trendData([at(0), at(1), at(12)], AT + 12_000);
    expect(columns.heartRate.map((value) => value === null)).toEqual([false, false, true, false]);
  });

  test('ten seconds are no silence', () => {
    expect(trendData([at(0), at(10)], AT + 10_000).columns.seconds).toHaveLength(2);
  });

  test('a silence of half a minute is named, also the one that lasts until now', () => {
    const { silences } = trendData([at(0), at(40)], AT + 80_000);
    expect(silences.map((span) => span.toS - span.fromS)).toEqual([40, 40]);
  });

  test('backfilled stretches are told apart and not joined across live values', () => {
    const items = [at(0, { isBackfill: true }), at(1, { isBackfill: true }), at(2), at(3, { isBackfill: true })];
    expect(trendData(items, AT + 3_000).backfills).toEqual([
      { fromS: AT / 1_000, toS: AT / 1_000 + 1 },
      { fromS: AT / 1_000 + 3, toS: AT / 1_000 + 3 },
    ]);
  });

  test('a cuff reading repeated in every frame is one reading', () => {
    const cuff = {
      vitals: { ...noVitals, systolicMmHg: 120, diastolicMmHg: 80 },
      times: { bloodPressureAtMs: AT - 5_000, temperatureAtMs: null },
    };
    expect(trendData([at(0, cuff), at(1, cuff)], AT + 1_000).cuffs).toHaveLength(1);
  });

  test('a missing value stays missing', () => {
    const empty = numericsView();
    const { columns } = trendData([{ ...empty, vitals: { ...empty.vitals, spo2Percent: null } }], empty.measuredAtMs);
    expect(columns.spo2).toEqual([null]);
  });
});
