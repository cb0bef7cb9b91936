import { chose, said } from './answers.ts';
import { adult, under } from './person.ts';
import type { PlainCase } from './plain-case.ts';
import { any, below, not, spanOf, verdictOf, type Span, type Verdict } from './three-valued.ts';

/** No pressure to be had, or no radial pulse and no number: below 90 (C7). */
export function systolic(plain: PlainCase): Span {
  const { systolicMmHg } = plain.vitals;
  if (systolicMmHg !== null) return spanOf(systolicMmHg);
  const isUnrecordable =
    plain.isPressureUnrecordable === true || (said(plain, 'radialPulse') === 'FALSE' && under(plain, 1) !== 'TRUE');
  if (!isUnrecordable) return { least: 0, most: Infinity };
  return { least: 0, most: 89 };
}
export const diastolic = ({ vitals }: PlainCase): Span => spanOf(vitals.diastolicMmHg);
export const heartRate = ({ vitals }: PlainCase): Span => spanOf(vitals.heartRateBpm);
export const breaths = ({ vitals }: PlainCase): Span => spanOf(vitals.respiratoryRatePerMin);
export const saturation = ({ vitals }: PlainCase): Span => spanOf(vitals.spo2Percent);
export const temperature = ({ vitals }: PlainCase): Span => spanOf(vitals.temperatureC);

/** A meter that says LO is below 1.1, one that says HI above 33.3 (C9). */
export function glucose(plain: PlainCase): Span {
  const { glucoseMmolPerL } = plain.vitals;
  if (glucoseMmolPerL !== null) return spanOf(glucoseMmolPerL);
  if (chose(plain, 'glucoseMeter', 'lo') === 'TRUE') return { least: 0, most: 1.0999 };
  if (chose(plain, 'glucoseMeter', 'hi') === 'TRUE') return { least: 33.3001, most: Infinity };
  return { least: 0, most: Infinity };
}

/** Mean pressure of a cuff, times three: S + 2 D, in whole numbers. */
export const threeTimesMean = ({ vitals: { systolicMmHg, diastolicMmHg } }: PlainCase): Span =>
  systolicMmHg === null || diastolicMmHg === null ? spanOf(null) : spanOf(systolicMmHg + 2 * diastolicMmHg);

/** heart rate against a tenth of the systolic pressure: 10 HR >= tenths * SBP, compared in whole numbers. */
export function shockIndexFrom(plain: PlainCase, tenths: number): Verdict {
  if (plain.isPressureUnrecordable === true) return 'TRUE';
  const [rate, pressure] = [heartRate(plain), systolic(plain)];
  if (rate.least === -Infinity || pressure.most === Infinity) return 'UNKNOWN';
  if (10 * rate.least >= tenths * pressure.most) return 'TRUE';
  return 10 * rate.least < tenths * pressure.least ? 'FALSE' : 'UNKNOWN';
}
/** HR > SBP, equality does not count (TR-note 3). */
export function rateAbovePressure(plain: PlainCase, hundredths = 100): Verdict {
  if (plain.isPressureUnrecordable === true && adult(plain) === 'TRUE') return 'TRUE';
  const [rate, pressure] = [heartRate(plain), systolic(plain)];
  if (rate.least === -Infinity || pressure.most === Infinity) return 'UNKNOWN';
  if (100 * rate.least > hundredths * pressure.most) return 'TRUE';
  return 100 * rate.least <= hundredths * pressure.least ? 'FALSE' : 'UNKNOWN';
}

/** The total as far as the examined parts fix it; a part that was not or cannot be tested may be anything. */
export function gcsTotal({ gcs }: PlainCase): Span {
  if (!gcs) return { least: 3, most: 15 };
  const part = (value: number | null, most: number): Span => (value === null ? { least: 1, most } : spanOf(value));
  const parts = [part(gcs.eye, 4), part(gcs.verbal, 5), part(gcs.motor, 6)];
  return {
    least: parts.reduce((sum, { least }) => sum + least, 0),
    most: parts.reduce((sum, { most }) => sum + most, 0),
  };
}
/** Unresponsive is 8 or less on any crosswalk (A3). */
export const gcsAtMost8 = (plain: PlainCase): Verdict =>
  responds(plain, 'unresponsive') === 'TRUE' ? 'TRUE' : below(gcsTotal(plain), 9);

export const responds = ({ consciousness }: PlainCase, ...levels: readonly string[]): Verdict =>
  verdictOf(consciousness === null ? null : levels.includes(consciousness));

/** Altered mentation: below 15 on the GCS, or anything but alert (A4). */
export function altered(plain: PlainCase): Verdict {
  const low = below(gcsTotal(plain), 15);
  const notAlert = not(responds(plain, 'alert'));
  if (low === 'TRUE' || notAlert === 'TRUE') return 'TRUE';
  return low === 'FALSE' || notAlert === 'FALSE' ? 'FALSE' : 'UNKNOWN';
}

/** Short of breath. */
export const dyspnoea = (plain: PlainCase): Verdict =>
  any(said(plain, 'respiratoryDistress'), chose(plain, 'breathing', 'laboured', 'shallow', 'absent'));

/** Shock as the chest-pain rows mean it (CP-R2). */
export const lowPressure = (plain: PlainCase): Verdict => below(systolic(plain), 90);
