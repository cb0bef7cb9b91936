import { and, criterion } from '../criterion.ts';
import type { Facts } from '../expression/facts.ts';
import { isInjuredPatient } from './injured-patient.ts';
import { numberOf, type Score } from './score.ts';

/** The most a loss is taken for (clinical.md E1), mL. */
const mostMl = 5000;

/** [heart rate over pressure, least, most], the steepest first. From 2.0 the pages print 2000 and ">= 2500": both lie in it. */
const steps = [
  [2, 2000, mostMl],
  [1.5, 1500, 2000],
  [1, 1000, 1500],
] as const;

/** Below 1.0 nothing is said: a low index never shows a small loss (A2). */
function estimatedMl(facts: Facts) {
  const rate = numberOf(facts, 'heartRateBpm');
  const pressure = numberOf(facts, 'systolicMmHg');
  const isKnown = rate.least === rate.most && pressure.least === pressure.most;
  const step = isKnown ? steps.find(([index]) => rate.least >= index * pressure.least) : undefined;
  return step ? { least: step[1], most: step[2] } : { least: 0, most: Infinity };
}

/** Loss in mL as the shock index suggests it, never less than what was measured. Rough, for display; no rule reads it. */
export const traumaBloodLossScore: Score = {
  name: 'trauma-blood-loss',
  zh: '失血量估计（休克指数法，mL）',
  en: 'blood loss estimated from the shock index, mL',
  source: 'clinical.md B5.2, China guidance (F:S47b; sources disagree from 2.0), display only',
  status: 'found',
  isLeading: false,
  reads: ['heartRateBpm', 'systolicMmHg', 'bloodLossMl'],
  applies: (facts) => and(criterion(isInjuredPatient(facts)), facts.flag('isAdult')),
  appliesOn: ['ageYears'],
  of: (facts) => {
    const { least, most } = estimatedMl(facts);
    const measuredMl = Math.max(0, numberOf(facts, 'bloodLossMl').least);
    const missing = ['heartRateBpm', 'systolicMmHg'].flatMap((name) => facts.lacking(name));
    return {
      name: 'trauma-blood-loss',
      minimum: Math.max(least, measuredMl),
      maximum: Math.max(most, measuredMl),
      missing,
    };
  },
};
