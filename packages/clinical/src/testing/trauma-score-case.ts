import type { ItemAnswer } from '@pentad/protocol/assessment-items/item';
import type { Patient } from '@pentad/protocol/case-event-types';
import type { Assessment } from '@pentad/protocol/case-state';
import type { Specialty } from '@pentad/protocol/center';
import { assessmentOf, caseOf, evaluated } from './case-builder.ts';
import { gcsOf } from './trauma-case.ts';

export interface ScoreStory {
  readonly items?: Readonly<Record<string, ItemAnswer>>;
  readonly vitals?: Readonly<Record<string, number>>;
  readonly more?: Partial<Assessment>;
  readonly patient?: Partial<Patient> | null;
  readonly specialty?: Specialty | null;
  readonly bloodLossMl?: Readonly<Record<string, number>>;
}
export const well: ScoreStory = {
  vitals: { systolicMmHg: 120, respiratoryRatePerMin: 16, heartRateBpm: 80 },
  more: { gcs: gcsOf(4, 5, 6), consciousness: 'alert' },
};

export const scoresOf = ({
  items = {},
  vitals = {},
  more = {},
  patient = { ageYears: 30 },
  specialty = 'trauma',
  bloodLossMl = {},
}: ScoreStory) =>
  evaluated({ ...caseOf(specialty, [assessmentOf(0, { items, vitals, ...more })], patient), bloodLossMl }, [], 0)
    .scores;

/** `well`, with one vital changed. */
export const rangeOf = (name: string, vitals: Record<string, number>, story: ScoreStory = {}) => {
  const range = scoresOf({ ...well, ...story, vitals: { ...well.vitals, ...vitals } })[name];
  return range && [range.minimum, range.maximum];
};
