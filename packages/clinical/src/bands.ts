import type { Patient } from '@pentad/protocol/case-event-types';
import { criterion, type Criterion } from './criterion.ts';

/** neonate: <= 28 days or <= 44+0 weeks after menstruation (second reading C25); infant < 1 y; child 1-15; adult >= 16. */
export type AgeBand = 'neonate' | 'infant' | 'child' | 'adult';

const NEONATE_DAYS = 28;
const NEONATE_POSTMENSTRUAL_DAYS = 44 * 7;
const ADULT_YEARS = 16;
/** Above this age an unanswered pregnancy question is not asked (design, needs sign-off). */
const PREGNANCY_ASKED_TO_YEARS = 55;

/** Years and days that cannot both be true: the age is not known. */
export function isContradictory({ ageYears, ageDays }: Patient): boolean {
  return ageYears !== null && ageDays !== null && Math.floor(ageDays / 365) !== ageYears;
}

/** null = not known, also for "0 years" without days: it may be a neonate. */
export function ageBand(patient: Patient | null): AgeBand | null {
  if (!patient || isContradictory(patient)) return null;
  const { ageYears, ageDays, gestationDays } = patient;
  if (ageDays !== null) {
    const isPreterm = gestationDays !== null && gestationDays + ageDays <= NEONATE_POSTMENSTRUAL_DAYS;
    if (ageDays <= NEONATE_DAYS || isPreterm) return 'neonate';
    return ageDays < 365 ? 'infant' : 'child';
  }
  if (ageYears === null || ageYears === 0) return null;
  return ageYears < ADULT_YEARS ? 'child' : 'adult';
}

export function isAdult(patient: Patient | null): Criterion {
  if (!patient || isContradictory(patient)) return 'UNKNOWN';
  const { ageYears, ageDays } = patient;
  return criterion(ageYears !== null ? ageYears >= ADULT_YEARS : ageDays !== null ? false : null);
}

/** UNKNOWN only where the question stands open: not male, not past 55, not answered. Gestation of an adult is her pregnancy. */
export function pregnancy(patient: Patient | null): Criterion {
  if (!patient) return 'UNKNOWN';
  const { isPregnant, sex, ageYears, gestationDays } = patient;
  if (isPregnant !== null) return criterion(isPregnant);
  if (sex === 'male' || (ageYears !== null && ageYears > PREGNANCY_ASKED_TO_YEARS)) return 'FALSE';
  return gestationDays !== null && isAdult(patient) === 'TRUE' ? 'TRUE' : 'UNKNOWN';
}
