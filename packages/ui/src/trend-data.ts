import type { NumericsView } from '@pentad/protocol/console-feed';
import { vitalTermMs } from '@pentad/protocol/vitals';

/** Columns of a chart in seconds and values, with a null row inside every silence so that no line bridges it. */
export interface TrendColumns {
  readonly seconds: readonly number[];
  readonly heartRate: readonly (number | null)[];
  readonly spo2: readonly (number | null)[];
  readonly respiration: readonly (number | null)[];
}
export interface TrendSpan {
  readonly fromS: number;
  readonly toS: number;
}
export interface CuffReading {
  readonly atS: number;
  readonly systolic: number;
  readonly diastolic: number | null;
}
export interface TrendData {
  readonly columns: TrendColumns;
  readonly silences: readonly TrendSpan[];
  readonly backfills: readonly TrendSpan[];
  readonly cuffs: readonly CuffReading[];
}

/** A silence shorter than this is a gap in the line but is not named. */
const NAMED_SILENCE_MS = 30_000;

function cuffsOf(items: readonly NumericsView[]): readonly CuffReading[] {
  const byInstant = new Map<number, CuffReading>();
  for (const { vitals, times } of items) {
    if (vitals.systolicMmHg === null || times.bloodPressureAtMs === null) continue;
    byInstant.set(times.bloodPressureAtMs, {
      atS: times.bloodPressureAtMs / 1_000,
      systolic: vitals.systolicMmHg,
      diastolic: vitals.diastolicMmHg,
    });
  }
  return [...byInstant.values()].sort((a, b) => a.atS - b.atS);
}

function backfillsOf(items: readonly NumericsView[]): readonly TrendSpan[] {
  const spans: { fromS: number; toS: number }[] = [];
  for (const [index, item] of items.entries()) {
    if (!item.isBackfill) continue;
    const atS = item.measuredAtMs / 1_000;
    const last = spans.at(-1);
    if (last && items[index - 1]?.isBackfill && atS - last.toS <= vitalTermMs.noSignal / 1_000) last.toS = atS;
    else spans.push({ fromS: atS, toS: atS });
  }
  return spans;
}

/**
 * @param items by instant of measurement, each instant once
 * @param nowMs silence up to now counts too
 */
export function trendData(items: readonly NumericsView[], nowMs: number): TrendData {
  const seconds: number[] = [];
  const heartRate: (number | null)[] = [];
  const spo2: (number | null)[] = [];
  const respiration: (number | null)[] = [];
  const silences: TrendSpan[] = [];
  const push = (atS: number, item: NumericsView | null): void => {
    seconds.push(atS);
    heartRate.push(item?.vitals.heartRateBpm ?? null);
    spo2.push(item?.vitals.spo2Percent ?? null);
    respiration.push(item?.vitals.respiratoryRatePerMin ?? null);
  };
  const silent = (fromMs: number, toMs: number): void => {
    if (toMs - fromMs >= NAMED_SILENCE_MS) silences.push({ fromS: fromMs / 1_000, toS: toMs / 1_000 });
  };
  let lastMs: number | null = null;
  for (const item of items) {
    if (lastMs !== null && item.measuredAtMs - lastMs > vitalTermMs.noSignal) {
      push((lastMs + 1) / 1_000, null);
      silent(lastMs, item.measuredAtMs);
    }
    push(item.measuredAtMs / 1_000, item);
    lastMs = item.measuredAtMs;
  }
  if (lastMs !== null) silent(lastMs, nowMs);
  return {
    columns: { seconds, heartRate, spo2, respiration },
    silences,
    backfills: backfillsOf(items),
    cuffs: cuffsOf(items),
  };
}
