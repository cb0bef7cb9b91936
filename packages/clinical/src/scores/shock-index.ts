/** HR / SBP, beats/min over mmHg (clinical.md A2, F:S04). `shown` has 2 decimals and is never compared. */
export interface ShockIndex {
  readonly heartRateBpm: number;
  readonly systolicMmHg: number;
  readonly shown: number;
}

/** Strictly above 1.0: "HR > SBP" of the 2021 field triage (F:S27); equality does not fire. */
export const isAboveOne = (heartRateBpm: number, systolicMmHg: number): boolean => heartRateBpm > systolicMmHg;

/** Strictly below 0.9, as 10 HR < 9 SBP: 107/119 is shown as 0.90 and is below (vector N10). */
export const isBelowNineTenths = (heartRateBpm: number, systolicMmHg: number): boolean =>
  10 * heartRateBpm < 9 * systolicMmHg;

/** null without both, or with a pressure of 0. Applicability (age >= 16) is the caller's. */
export function shockIndex(heartRateBpm: number | null, systolicMmHg: number | null): ShockIndex | null {
  if (heartRateBpm === null || systolicMmHg === null || systolicMmHg <= 0) return null;
  return { heartRateBpm, systolicMmHg, shown: Math.round((100 * heartRateBpm) / systolicMmHg) / 100 };
}
