import type { Consciousness } from '@pentad/protocol/case-event-types';
import type { ScoreRange } from './score-range.ts';

export interface News2Inputs {
  readonly respiratoryRatePerMin: number | null;
  readonly spo2Percent: number | null;
  readonly oxygen: 'air' | 'oxygen' | null;
  /** 'unrecordable' is a finding of the crew and scores as <= 90 (second reading C7). */
  readonly systolicMmHg: number | 'unrecordable' | null;
  readonly heartRateBpm: number | null;
  readonly consciousness: Consciousness | null;
  readonly temperatureC: number | null;
}

/** [inclusive upper limit, points], ascending. RCP 2017, clinical.md A1 (F:S01-S03); temperature in tenths. */
type Points = readonly (readonly [number, number])[];
const respiratoryRate: Points = [
  [8, 3],
  [11, 1],
  [20, 0],
  [24, 2],
  [Infinity, 3],
];
const spo2Scale1: Points = [
  [91, 3],
  [93, 2],
  [95, 1],
  [Infinity, 0],
];
const systolic: Points = [
  [90, 3],
  [100, 2],
  [110, 1],
  [219, 0],
  [Infinity, 3],
];
const pulse: Points = [
  [40, 3],
  [50, 1],
  [90, 0],
  [110, 1],
  [130, 2],
  [Infinity, 3],
];
const temperatureTenths: Points = [
  [350, 3],
  [360, 1],
  [380, 0],
  [390, 1],
  [Infinity, 2],
];

const most = {
  respiratoryRatePerMin: 3,
  spo2Percent: 3,
  oxygen: 2,
  systolicMmHg: 3,
  heartRateBpm: 3,
  consciousness: 3,
  temperatureC: 3,
} as const satisfies Record<keyof News2Inputs, number>;
const names = Object.keys(most) as readonly (keyof News2Inputs)[];

const roundHalfUp = (value: number): number => Math.floor(value + 0.5 + 1e-9);

function scored(table: Points, value: number): number {
  const rounded = roundHalfUp(value);
  for (const [limit, points] of table) if (rounded <= limit) return points;
  return 0;
}

/** The points of one input, null without it. */
export function news2Points(inputs: News2Inputs, name: keyof News2Inputs): number | null {
  const value = inputs[name];
  if (value === null) return null;
  if (value === 'unrecordable') return most.systolicMmHg;
  if (typeof value === 'string') return value === 'air' || value === 'alert' ? 0 : most[name];
  switch (name) {
    case 'respiratoryRatePerMin':
      return scored(respiratoryRate, value);
    case 'spo2Percent':
      return scored(spo2Scale1, value);
    case 'systolicMmHg':
      return scored(systolic, value);
    case 'heartRateBpm':
      return scored(pulse, value);
    case 'temperatureC':
      return scored(temperatureTenths, value * 10);
    case 'oxygen':
    case 'consciousness':
      return null;
  }
}

/**
 * NEWS2 on SpO2 scale 1, 0-20, as minimum..maximum with the names of what is missing. Age >= 16 and not pregnant is
 * the caller's gate. Scale 2 needs a clinician's confirmation of hypercapnic failure, which the record does not hold.
 */
export function news2(inputs: News2Inputs): ScoreRange {
  const missing: string[] = [];
  let minimum = 0;
  let maximum = 0;
  for (const name of names) {
    const points = news2Points(inputs, name);
    if (points === null) missing.push(name);
    minimum += points ?? 0;
    maximum += points ?? most[name];
  }
  return { name: 'news2', minimum, maximum, missing };
}
