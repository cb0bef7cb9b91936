import * as v from 'valibot';
import { InstantMs, measuredRange } from './quantities.ts';

/** One reading of the streamed numerics. Units stand in the names; null = not measured, never 0. */
export const Vitals = v.object({
  heartRateBpm: measuredRange.heartRateBpm,
  pulseRateBpm: measuredRange.pulseRateBpm,
  respiratoryRatePerMin: measuredRange.respiratoryRatePerMin,
  spo2Percent: measuredRange.spo2Percent,
  systolicMmHg: measuredRange.systolicMmHg,
  diastolicMmHg: measuredRange.diastolicMmHg,
  meanMmHg: measuredRange.meanMmHg,
  temperatureC: measuredRange.temperatureC,
  etco2MmHg: measuredRange.etco2MmHg,
  fio2Percent: measuredRange.fio2Percent,
});
export type Vitals = v.InferOutput<typeof Vitals>;
export type VitalName = keyof Vitals;

export const vitalNames = Object.keys(Vitals.entries) as readonly VitalName[];

/**
 * Cuff pressure and temperature are taken now and then and repeated by the monitor in every 1 Hz frame:
 * their own instants travel with them, so an old cuff reading is never shown or scored as a new one.
 */
export const VitalTimes = v.object({
  bloodPressureAtMs: v.nullable(InstantMs),
  temperatureAtMs: v.nullable(InstantMs),
});
export type VitalTimes = v.InferOutput<typeof VitalTimes>;

/** Display and staleness terms, screens.md "States of every panel". */
export const vitalTermMs = {
  streamed: 60_000,
  noSignal: 10_000,
  handEntered: 10 * 60_000,
  bloodPressure: 15 * 60_000,
  bloodPressureUnstable: 5 * 60_000,
  consciousness: 15 * 60_000,
  temperature: 60 * 60_000,
  position: 60_000,
} as const;

export const noVitals: Vitals = {
  heartRateBpm: null,
  pulseRateBpm: null,
  respiratoryRatePerMin: null,
  spo2Percent: null,
  systolicMmHg: null,
  diastolicMmHg: null,
  meanMmHg: null,
  temperatureC: null,
  etco2MmHg: null,
  fio2Percent: null,
};
