import type { AgeBand } from './bands.ts';

export type JudgedVital =
  | 'heartRateBpm'
  | 'pulseRateBpm'
  | 'respiratoryRatePerMin'
  | 'spo2Percent'
  | 'systolicMmHg'
  | 'diastolicMmHg'
  | 'meanMmHg'
  | 'temperatureC'
  | 'glucoseMmolPerL';

/** `accept` is scored; between `accept` and `outer` is flagged; beyond `outer` is rejected. Both ends inclusive. */
interface Bounds {
  readonly accept: readonly [number, number];
  readonly outer: readonly [number, number];
}
export type BoundsOfBand = Readonly<Record<JudgedVital, Bounds>>;

const temperatureC: Bounds = { accept: [25, 43], outer: [10, 47] };

/** C9: a newborn's LO must fire, a hyperosmolar state is real above 55.5. */
const glucoseMmolPerL: Bounds = { accept: [1.1, 33.3], outer: [0, 100] };

const adult: BoundsOfBand = {
  heartRateBpm: { accept: [20, 250], outer: [0, 300] },
  pulseRateBpm: { accept: [20, 250], outer: [0, 300] },
  respiratoryRatePerMin: { accept: [4, 60], outer: [0, 100] },
  spo2Percent: { accept: [50, 100], outer: [1, 100] },
  systolicMmHg: { accept: [50, 260], outer: [20, 300] },
  diastolicMmHg: { accept: [20, 160], outer: [10, 200] },
  meanMmHg: { accept: [30, 200], outer: [15, 230] },
  temperatureC,
  glucoseMmolPerL,
};

const infantOrChild: BoundsOfBand = {
  heartRateBpm: { accept: [40, 300], outer: [0, 350] },
  pulseRateBpm: { accept: [40, 300], outer: [0, 350] },
  respiratoryRatePerMin: { accept: [6, 120], outer: [0, 160] },
  spo2Percent: { accept: [50, 100], outer: [1, 100] },
  systolicMmHg: { accept: [30, 180], outer: [10, 260] },
  diastolicMmHg: { accept: [10, 130], outer: [4, 160] },
  meanMmHg: { accept: [20, 150], outer: [8, 230] },
  temperatureC,
  glucoseMmolPerL,
};

const neonate: BoundsOfBand = {
  heartRateBpm: { accept: [40, 260], outer: [0, 350] },
  pulseRateBpm: { accept: [40, 260], outer: [0, 350] },
  respiratoryRatePerMin: { accept: [10, 120], outer: [0, 160] },
  spo2Percent: { accept: [40, 100], outer: [1, 100] },
  systolicMmHg: { accept: [20, 130], outer: [10, 200] },
  diastolicMmHg: { accept: [8, 90], outer: [4, 110] },
  meanMmHg: { accept: [12, 100], outer: [8, 125] },
  temperatureC,
  glucoseMmolPerL,
};

/**
 * clinical.md E1 as corrected by the second reading: C5 (temperature), C8 (infant/child accept bands and HR flags;
 * its other outer limits are design values), C43 (neonate SBP to 200); the
 * child's mean pressure lies between the two other columns. Needs clinical sign-off.
 */
export const boundsByBand: Readonly<Record<AgeBand, BoundsOfBand>> = {
  adult,
  child: infantOrChild,
  infant: infantOrChild,
  neonate,
};
