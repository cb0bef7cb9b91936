import type { ItemAnswer } from '@pentad/protocol/assessment-items/item';
import type { GcsParts } from '@pentad/protocol/case-state';

export interface Noted<T> {
  readonly value: T;
  readonly measuredAtMs: number;
}

/** What the crew recorded beside the vitals, by item name; and what the case knows of its own times. */
export interface CaseRecord {
  readonly answers: Readonly<Record<string, Noted<ItemAnswer>>>;
  readonly gcs: Noted<GcsParts> | null;
  readonly sex: 'male' | 'female' | null;
  readonly ageYears: number | null;
  readonly ageDays: number | null;
  readonly gestationDays: number | null;
  /** Running sum; null = nothing recorded. */
  readonly bloodLossMl: number | null;
  readonly onsetAtMs: number | null;
  readonly lastKnownWellAtMs: number | null;
  readonly bornAtMs: number | null;
  readonly roscAtMs: number | null;
}
