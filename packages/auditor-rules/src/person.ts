import { measured, said, chose } from './answers.ts';
import type { PlainCase } from './plain-case.ts';
import {
  all,
  any,
  atLeast,
  atMost,
  below,
  certainly,
  isKnown,
  not,
  spanOf,
  verdictOf,
  type Span,
  type Verdict,
} from './three-valued.ts';

const DAY_MIN = 1440;
const PUERPERIUM_DAYS = 42;
/** Nobody asks a woman above this age whether she is pregnant (docs/clinical-ambiguities.md). */
const PREGNANCY_ENDS_YEARS = 55;

/** Completed years; an age in days says it too. */
export const yearsOf = ({ patient: { ageYears, ageDays } }: PlainCase): Span => {
  if (ageYears !== null) return spanOf(ageYears);
  return ageDays === null ? { least: 0, most: Infinity } : spanOf(Math.floor(ageDays / 365));
};
export const daysOf = (plain: PlainCase): Span => {
  const { ageDays } = plain.patient;
  if (ageDays !== null) return spanOf(ageDays);
  const { least, most } = yearsOf(plain);
  return { least: least * 365, most: most === Infinity ? Infinity : (most + 1) * 366 };
};

/** 28 days old or less, or 44+0 weeks after menstruation or less (second reading C25). */
export function newborn(plain: PlainCase): Verdict {
  const { ageDays, gestationDays } = plain.patient;
  if (ageDays !== null) {
    return verdictOf(ageDays <= 28 || (gestationDays !== null && gestationDays + ageDays <= 44 * 7));
  }
  if (yearsOf(plain).least >= 1) return 'FALSE';
  return 'UNKNOWN';
}
export const adult = (plain: PlainCase): Verdict => atLeast(yearsOf(plain), 16);

export function pregnant(plain: PlainCase): Verdict {
  const { isPregnant, sex } = plain.patient;
  if (sex === 'male' || newborn(plain) === 'TRUE') return 'FALSE';
  if (isPregnant !== null) return verdictOf(isPregnant);
  if (yearsOf(plain).least > PREGNANCY_ENDS_YEARS) return 'FALSE';
  return 'UNKNOWN';
}

/** Minutes since she gave birth; the stamp counts before the days a crew was told. */
export function minutesSinceDelivery(plain: PlainCase): Span {
  if (newborn(plain) === 'TRUE' || plain.patient.sex === 'male') return { least: Infinity, most: Infinity };
  // A stamp of birth may be the patient's own where neither the age nor the center says that she is a mother.
  const isHers = plain.specialty === 'maternal' || yearsOf(plain).least >= 10;
  if (plain.minutesSinceBirth !== null && isHers) return spanOf(plain.minutesSinceBirth);
  const days = measured(plain, 'maternalDaysSinceBirth');
  if (!isKnown(days)) return { least: 0, most: Infinity };
  return days.most === 0
    ? { least: 0, most: DAY_MIN }
    : { least: Math.max(days.least * DAY_MIN, DAY_MIN + 1), most: Math.max(days.most * DAY_MIN, DAY_MIN + 1) };
}
/** She gave birth within 42 days. */
export const postpartum = (plain: PlainCase): Verdict =>
  all(
    atMost(minutesSinceDelivery(plain), PUERPERIUM_DAYS * DAY_MIN),
    plain.patient.isPregnant === true ? 'FALSE' : 'TRUE',
  );
export const withinDayOfDelivery = (plain: PlainCase): Verdict => atMost(minutesSinceDelivery(plain), DAY_MIN);

/** Pregnant or within 42 days of birth: whom the rows of B5 are about. */
export const obstetric = (plain: PlainCase): Verdict => any(pregnant(plain), postpartum(plain));

/** Completed days of the pregnancy; of no one who is not pregnant. */
export const pregnancyDays = (plain: PlainCase): Span =>
  certainly(pregnant(plain)) === 'TRUE' ? spanOf(plain.patient.gestationDays) : spanOf(null);
/** Weeks of gestation reached; a fundus at the umbilicus stands for 20 weeks where the weeks are not known (B5.2). */
export const twentyWeeks = (plain: PlainCase): Verdict => {
  const days = pregnancyDays(plain);
  if (isKnown(days)) return atLeast(days, 140);
  return pregnant(plain) === 'TRUE' ? said(plain, 'maternalFundusAtUmbilicus') : 'UNKNOWN';
};

/** Gestation at birth, of a newborn. */
export const bornAtDays = ({ patient: { gestationDays } }: PlainCase): Span => spanOf(gestationDays);

/** Minutes of life, as far as known from the stamp of birth or the age in days. */
export function minutesOfLife(plain: PlainCase): Span {
  if (plain.minutesSinceBirth !== null) return spanOf(plain.minutesSinceBirth);
  const { ageDays } = plain.patient;
  if (ageDays === null) return { least: 0, most: Infinity };
  return { least: ageDays * DAY_MIN, most: (ageDays + 1) * DAY_MIN };
}

const anatomy = [
  'traumaPenetratingHead',
  'traumaPenetratingNeck',
  'traumaPenetratingTorso',
  'traumaPenetratingProximalLimb',
  'traumaPenetratingDistalLimb',
  'traumaGunshot',
  'traumaSkull',
  'traumaSpinalLoss',
  'traumaChestWall',
  'traumaPelvis',
  'traumaCrushedLimb',
  'traumaAmputation',
];
/** An injury the crew names is an injury, whether or not it also said "injured"; so is a case opened as trauma. */
export function injured(plain: PlainCase): Verdict {
  if (plain.specialty === 'trauma') return 'TRUE';
  if (anatomy.some((name) => said(plain, name) === 'TRUE')) return 'TRUE';
  if (atLeast(measured(plain, 'traumaProximalLongBones'), 1) === 'TRUE') return 'TRUE';
  return said(plain, 'isInjured');
}

/** Known to be under 16: no patient of the chest-pain rows (C30 in spirit). */
export const knownChild = (plain: PlainCase): Verdict => certainly(not(adult(plain)));

/** Whom the chest-pain rows are about: the center chosen, or the pain said; an injured chest is the trauma center's. */
export function chestPain(plain: PlainCase): Verdict {
  if (plain.specialty === 'chest-pain') return not(knownChild(plain));
  if (plain.specialty === 'trauma') return 'FALSE';
  return all(said(plain, 'hasChestPain'), not(knownChild(plain)));
}

export const inArrest = (plain: PlainCase): Verdict => chose(plain, 'arrest', 'in-progress');
export const circulationReturned = (plain: PlainCase): Verdict =>
  plain.minutesSinceRosc === null ? chose(plain, 'arrest', 'rosc') : 'TRUE';

export const under = (plain: PlainCase, years: number): Verdict => below(yearsOf(plain), years);
export const fromAge = (plain: PlainCase, years: number): Verdict => atLeast(yearsOf(plain), years);
