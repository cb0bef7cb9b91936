import type { ItemAnswer } from '@pentad/protocol/assessment-items/item';
import type { Consciousness, Patient } from '@pentad/protocol/case-event-types';
import type { GcsParts } from '@pentad/protocol/case-state';
import type { Specialty } from '@pentad/protocol/center';
import type { Tier } from '@pentad/protocol/pre-alert';
import type { Verdict } from './three-valued.ts';

/**
 * One patient at one instant as a reader of the record sees him: all of it entered by the crew, and so in the set
 * before this one as well (what the second reading wants to see on two sets has been seen on two sets).
 */
export interface PlainCase {
  readonly specialty: Specialty | null;
  readonly patient: Patient;
  readonly vitals: PlainVitals;
  readonly consciousness: Consciousness | null;
  readonly oxygen: 'air' | 'oxygen' | null;
  readonly isPressureUnrecordable: boolean | null;
  readonly gcs: GcsParts | null;
  readonly items: Readonly<Record<string, ItemAnswer>>;
  readonly minutesSinceLastKnownWell: number | null;
  readonly minutesSinceOnset: number | null;
  /** Since this patient's own birth, or since she gave birth. */
  readonly minutesSinceBirth: number | null;
  readonly minutesSinceRosc: number | null;
  readonly bloodLossMl: number | null;
}

export interface PlainVitals {
  readonly heartRateBpm: number | null;
  readonly respiratoryRatePerMin: number | null;
  readonly spo2Percent: number | null;
  readonly systolicMmHg: number | null;
  readonly diastolicMmHg: number | null;
  readonly temperatureC: number | null;
  readonly glucoseMmolPerL: number | null;
}

/** One line of a document, or one part of a line that has parts of several tiers. */
export interface Row {
  readonly row: string;
  readonly specialty: Specialty;
  readonly tier: Tier;
  readonly verdict: Verdict;
}
export const level1 = (row: string, specialty: Specialty, verdict: Verdict): Row => ({
  row,
  specialty,
  tier: 'level-1',
  verdict,
});
export const level2 = (row: string, specialty: Specialty, verdict: Verdict): Row => ({
  row,
  specialty,
  tier: 'level-2',
  verdict,
});
export const advice = (row: string, specialty: Specialty, verdict: Verdict): Row => ({
  row,
  specialty,
  tier: 'advice',
  verdict,
});
