import type { Criterion } from '../criterion.ts';
import type { Facts } from '../expression/facts.ts';

/** Trauma scores are for the injured, as the rules' term `traumaPatient`: chosen or answered, never by not having asked. */
export const isInjuredPatient = (facts: Facts): boolean =>
  facts.code('specialty') === 'trauma' || facts.flag('isInjured') === 'TRUE';

/** FALSE for newborns and for everybody not known to be injured; an age not known does not withhold it. */
export const ofInjured = (facts: Facts): Criterion =>
  isInjuredPatient(facts) && facts.flag('isNeonate') !== 'TRUE' ? 'TRUE' : 'FALSE';

/** The crew found no pressure and no radial pulse, and nothing else says what the pressure is (second reading C7). */
export const isPressureNotToBeHad = (facts: Facts): boolean => {
  if (facts.flag('isPressureUnrecordable') === 'TRUE') return true;
  const systolic = facts.number('systolicMmHg');
  return facts.flag('radialPulse') === 'FALSE' && typeof systolic === 'object' && systolic.least !== systolic.most;
};
