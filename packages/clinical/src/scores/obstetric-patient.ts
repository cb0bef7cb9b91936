import type { Criterion } from '../criterion.ts';
import type { Facts } from '../expression/facts.ts';
import { judged } from '../expression/judge.ts';
import { parseExpression } from '../expression/parse.ts';

/**
 * Gave birth within 42 days (60 480 min): a T_BIRTH stamp on her own case, or the days the crew entered. A newborn's
 * case bears the same stamp, so a neonate, a male and a child under 10 are never meant.
 */
export const afterBirthText =
  'not certain(isNeonate) and not certain(sex = male) and (specialty = maternal or ageYears >= 10 or maternalDaysSinceBirth >= 0) and (certain(minutesSinceBirth <= 60480) or (not certain(minutesSinceBirth > 60480) and maternalDaysSinceBirth <= 42))';

const mother = parseExpression(`isPregnant or (${afterBirthText})`);
const bleeds = parseExpression('maternalBleeding in (light, heavy) or bloodLossMl >= 1');

/** Pregnant, or gave birth within 42 days: whom MEOWS and omqSOFA are for. */
export const isMother = (facts: Facts): Criterion => judged(mother, facts);
export const hasObstetricBleeding = (facts: Facts): Criterion => judged(bleeds, facts);

export const motherAskedOn = ['isPregnant', 'maternalDaysSinceBirth'] as const;
