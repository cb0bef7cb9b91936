import type { Vitals, VitalTimes } from '@pentad/protocol/vitals';
import { clockLeadMs } from './staleness.ts';

/** One frame of the numerics; instants are corrected to the server's clock before they come here. */
export interface Sample {
  readonly measuredAtMs: number;
  readonly vitals: Vitals;
  readonly times: VitalTimes;
}

export const streamedVitals = ['heartRateBpm', 'pulseRateBpm', 'respiratoryRatePerMin', 'spo2Percent'] as const;
export type StreamedVital = (typeof streamedVitals)[number];

/** The streamed values of one instant. */
export interface Row {
  readonly measuredAtMs: number;
  readonly vitals: Pick<Vitals, StreamedVital>;
}

/** A reading taken now and then. `knownFromMs`: the instant of the first frame that carried it. */
export interface Spot {
  readonly measuredAtMs: number;
  readonly knownFromMs: number;
  /** null: the monitor tried and got nothing. */
  readonly value: number | null;
  readonly diastolicMmHg: number | null;
  readonly meanMmHg: number | null;
}

/** Validity 60 s + hold 30 s + hysteresis 60 s, each reaching over a gap of at most 60 s. */
export const rowsKeptMs = 240_000;

/** Two readings of one kind are two looks when they lie this far apart; no cuff is faster. */
export const repeatApartMs = 10_000;

export type Change = 'nothing' | 'appended' | 'rewritten';

const isSameSpot = (a: Spot, b: Spot): boolean =>
  a.value === b.value && a.diastolicMmHg === b.diastolicMmHg && a.meanMmHg === b.meanMmHg;

function noteSpot(spots: Spot[], spot: Spot): Change {
  const last = spots.at(-1);
  if (last && spot.measuredAtMs <= last.measuredAtMs) {
    if (spot.measuredAtMs < last.measuredAtMs || spot.value === null || isSameSpot(last, spot)) return 'nothing';
    spots[spots.length - 1] = { ...spot, knownFromMs: last.knownFromMs };
    return 'rewritten';
  }
  spots.push(spot);
  return 'appended';
}

/** Longest two sets may lie apart (`setsApartS`), and the reading before it. */
const setsKeptMs = 40 * 60_000;
const setEveryMs = 30_000;
const forgetEverySpots = 64;
const setOf = ({ measuredAtMs }: Spot): number => Math.floor(measuredAtMs / setEveryMs);

/** The first reading of each half minute: what an earlier set is looked for among, however often the probe reads. */
const isFirstOfSet = (spots: readonly Spot[], at: number): boolean => {
  const [before, spot] = [spots[at - 1], spots[at]];
  return spot !== undefined && (before === undefined || setOf(before) !== setOf(spot));
};
export const setsOf = (spots: readonly Spot[]): readonly Spot[] => spots.filter((_, at) => isFirstOfSet(spots, at));

/**
 * A probe gives a new spot every second, a cuff one in minutes: the rows' time is kept whole, two readings from before
 * it, and one each half minute of the sets' time. It depends on the spots and the newest instant alone.
 */
function forgetSpots(spots: Spot[], newestMs: number): void {
  const ageMs = (spot: Spot): number => newestMs - spot.knownFromMs;
  const firstYoung = spots.findIndex((spot) => ageMs(spot) <= rowsKeptMs + repeatApartMs);
  const oldTo = (firstYoung < 0 ? spots.length : firstYoung) - 2;
  if (oldTo <= 0) return;
  const kept = spots.filter((spot, at) => at >= oldTo || (ageMs(spot) <= setsKeptMs && isFirstOfSet(spots, at)));
  if (kept.length < spots.length) spots.splice(0, spots.length, ...kept);
}

/** What the monitor sent lately, in measured order. A frame older than the newest adds only what is newest of its kind. */
export class StreamHistory {
  readonly #forgetsFrom = { pressures: forgetEverySpots, temperatures: forgetEverySpots };
  readonly rows: Row[] = [];
  readonly pressures: Spot[] = [];
  readonly temperatures: Spot[] = [];
  /** Newest instant per streamed vital, plausible or not. */
  readonly newestAtMs: Partial<Record<StreamedVital, number>> = {};
  /** Newest instant of a plausible value whose row is no longer kept. */
  readonly forgottenAtMs: Partial<Record<StreamedVital, number>> = {};

  take(sample: Sample): Change {
    const newest = this.rows.at(-1);
    const isNewest = !newest || sample.measuredAtMs > newest.measuredAtMs;
    const rowChange = this.#takeRow(sample, newest, isNewest);
    const spotChange = this.#takeSpots(sample);
    if (rowChange === 'rewritten' || spotChange === 'rewritten') return 'rewritten';
    // A pressure first known by a late frame changes instants already judged.
    if (spotChange === 'appended' && !isNewest) return 'rewritten';
    return rowChange;
  }

  trim(isPlausible: (name: StreamedVital, value: number) => boolean): void {
    const newest = this.rows.at(-1);
    if (!newest) return;
    // The row before the window stays: after a long gap it is the only earlier look.
    while (this.rows[0] && this.rows[1] && newest.measuredAtMs - this.rows[1].measuredAtMs > rowsKeptMs) {
      const { measuredAtMs, vitals } = this.rows[0];
      for (const name of streamedVitals) {
        const value = vitals[name];
        if (value !== null && isPlausible(name, value)) this.forgottenAtMs[name] = measuredAtMs;
      }
      this.rows.shift();
    }
    this.#forget('pressures', newest.measuredAtMs);
    this.#forget('temperatures', newest.measuredAtMs);
  }

  /** Now and then: what is looked for is the same before and after. */
  #forget(kind: 'pressures' | 'temperatures', newestMs: number): void {
    const spots = this[kind];
    if (spots.length < this.#forgetsFrom[kind]) return;
    forgetSpots(spots, newestMs);
    this.#forgetsFrom[kind] = spots.length + forgetEverySpots;
  }

  #takeRow(sample: Sample, newest: Row | undefined, isNewest: boolean): Change {
    const { measuredAtMs, vitals } = sample;
    if (isNewest) {
      const { heartRateBpm, pulseRateBpm, respiratoryRatePerMin, spo2Percent } = vitals;
      this.rows.push({ measuredAtMs, vitals: { heartRateBpm, pulseRateBpm, respiratoryRatePerMin, spo2Percent } });
      this.#noteNewest(sample);
      return 'appended';
    }
    const isSameInstant = newest?.measuredAtMs === measuredAtMs;
    const fresh = streamedVitals.filter(
      (name) => vitals[name] !== null && (isSameInstant || (this.newestAtMs[name] ?? -Infinity) < measuredAtMs),
    );
    const place = this.rows.findLastIndex((row) => row.measuredAtMs <= measuredAtMs);
    const before = this.rows[place];
    const isMerged = before?.measuredAtMs === measuredAtMs;
    const base: Row['vitals'] = isMerged
      ? before.vitals
      : { heartRateBpm: null, pulseRateBpm: null, respiratoryRatePerMin: null, spo2Percent: null };
    if (fresh.every((name) => base[name] === vitals[name])) return 'nothing';
    const merged: Row = {
      measuredAtMs,
      vitals: { ...base, ...Object.fromEntries(fresh.map((name) => [name, vitals[name]])) },
    };
    this.rows.splice(isMerged ? place : place + 1, isMerged ? 1 : 0, merged);
    this.#noteNewest(sample);
    return 'rewritten';
  }

  #takeSpots({ measuredAtMs, vitals, times }: Sample): Change {
    const { bloodPressureAtMs, temperatureAtMs } = times;
    const spot = { knownFromMs: measuredAtMs, diastolicMmHg: null, meanMmHg: null };
    const pressure =
      bloodPressureAtMs === null || bloodPressureAtMs > measuredAtMs + clockLeadMs
        ? 'nothing'
        : noteSpot(this.pressures, {
            ...spot,
            measuredAtMs: bloodPressureAtMs,
            value: vitals.systolicMmHg,
            diastolicMmHg: vitals.diastolicMmHg,
            meanMmHg: vitals.meanMmHg,
          });
    const temperature =
      temperatureAtMs === null || temperatureAtMs > measuredAtMs + clockLeadMs || vitals.temperatureC === null
        ? 'nothing'
        : noteSpot(this.temperatures, { ...spot, measuredAtMs: temperatureAtMs, value: vitals.temperatureC });
    if (pressure === 'rewritten' || temperature === 'rewritten') return 'rewritten';
    return pressure === 'appended' || temperature === 'appended' ? 'appended' : 'nothing';
  }

  #noteNewest({ measuredAtMs, vitals }: Sample): void {
    for (const name of streamedVitals) {
      if (vitals[name] !== null && (this.newestAtMs[name] ?? -Infinity) < measuredAtMs)
        this.newestAtMs[name] = measuredAtMs;
    }
  }
}
