import type { Score } from './score.ts';
import { numberOf } from './score.ts';
import { shockIndex } from './shock-index.ts';

/** HR / SBP of an adult to two decimals, for display; rules compare heart rate and pressure themselves. */
export const shockIndexScore: Score = {
  name: 'shock-index',
  zh: '休克指数',
  en: 'shock index',
  source: 'clinical.md A2 (F:S04)',
  status: 'found',
  isLeading: true,
  reads: ['heartRateBpm', 'systolicMmHg'],
  applies: (facts) => facts.flag('isAdult'),
  appliesOn: ['ageYears'],
  of: (facts) => {
    const rate = numberOf(facts, 'heartRateBpm');
    const pressure = numberOf(facts, 'systolicMmHg');
    const isKnown = rate.least === rate.most && pressure.least === pressure.most;
    const index = isKnown ? shockIndex(rate.least, pressure.least) : null;
    const missing = ['heartRateBpm', 'systolicMmHg'].flatMap((name) => facts.lacking(name));
    return { name: 'shock-index', minimum: index?.shown ?? 0, maximum: index?.shown ?? Infinity, missing };
  },
};
