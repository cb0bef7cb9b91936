import { and, criterion } from '../criterion.ts';
import { compared, point } from '../expression/interval.ts';
import { isInjuredPatient } from './injured-patient.ts';
import { numberOf, type Score } from './score.ts';
import { shockIndex } from './shock-index.ts';

/** HR / SBP of an injured child of 4-16 completed years, two decimals, for display; the rule TR-SIPA compares the two. */
export const sipaScore: Score = {
  name: 'sipa',
  zh: '儿童休克指数（SIPA）',
  en: 'SIPA',
  source: 'clinical.md A2 (F:S08, S63; K:Acker 2015): 4-6 y >1.22, 7-12 y >1.0, 13-16 y >0.9',
  status: 'found',
  isLeading: false,
  reads: ['heartRateBpm', 'systolicMmHg'],
  applies: (facts) => {
    const age = numberOf(facts, 'ageYears');
    return and(criterion(isInjuredPatient(facts)), compared(age, '>=', point(4)), compared(age, '<=', point(16)));
  },
  appliesOn: ['ageYears'],
  of: (facts) => {
    const rate = numberOf(facts, 'heartRateBpm');
    const pressure = numberOf(facts, 'systolicMmHg');
    const isKnown = rate.least === rate.most && pressure.least === pressure.most;
    const shown = isKnown ? shockIndex(rate.least, pressure.least)?.shown : undefined;
    const missing = ['heartRateBpm', 'systolicMmHg'].flatMap((name) => facts.lacking(name));
    return { name: 'sipa', minimum: shown ?? 0, maximum: shown ?? Infinity, missing };
  },
};
