import { Consciousness } from '@pentad/protocol/case-event-types';
import { and, not, criterion } from '../criterion.ts';
import type { Facts } from '../expression/facts.ts';
import { news2, type News2Inputs } from './news2.ts';
import type { Score } from './score.ts';
import { numberOf } from './score.ts';

const single = (facts: Facts, name: string): number | null => {
  const { least, most } = numberOf(facts, name);
  return least === most ? least : null;
};

const isConsciousness = (code: string | null): code is Consciousness =>
  Consciousness.options.some((option) => option === code);

/** No number, yet known to be below 90: unrecordable, or no radial pulse (C7). */
const isLost = (facts: Facts): boolean => {
  const { least, most } = numberOf(facts, 'systolicMmHg');
  return least !== most && most < 90;
};

function inputsOf(facts: Facts): News2Inputs {
  const consciousness = facts.code('consciousness');
  const oxygen = facts.code('oxygen');
  return {
    respiratoryRatePerMin: single(facts, 'respiratoryRatePerMin'),
    spo2Percent: single(facts, 'spo2Percent'),
    oxygen: oxygen === 'air' || oxygen === 'oxygen' ? oxygen : null,
    systolicMmHg: isLost(facts) ? 'unrecordable' : single(facts, 'systolicMmHg'),
    heartRateBpm: single(facts, 'heartRateBpm'),
    consciousness: isConsciousness(consciousness) ? consciousness : null,
    temperatureC: single(facts, 'temperatureC'),
  };
}

/**
 * An adult not known to be pregnant: an unanswered question does not silence an adult's rule, it is prompted for, since
 * taking "not asked" as a reason for silence would score missing as good.
 */
export const news2Score: Score = {
  name: 'news2',
  zh: '英国国家早期预警评分2',
  en: 'NEWS2',
  source: 'RCP NEWS2 2017 (F:S01, S02, S03)',
  status: 'found',
  isLeading: true,
  reads: [
    'respiratoryRatePerMin',
    'spo2Percent',
    'oxygen',
    'systolicMmHg',
    'heartRateBpm',
    'consciousness',
    'temperatureC',
  ],
  applies: (facts) => and(facts.flag('isAdult'), not(criterion(facts.flag('isPregnant') === 'TRUE'))),
  appliesOn: ['ageYears'],
  of: (facts) => news2(inputsOf(facts)),
};
