import { and, criterion, not, or, type Criterion } from '../criterion.ts';
import { judged } from '../expression/judge.ts';
import type { Facts } from '../expression/facts.ts';
import { parseExpression } from '../expression/parse.ts';
import type { Score, ScoreItem } from './score.ts';
import { pointsOf, sumOfItems } from './score.ts';

const breathing = parseExpression('respiratoryRatePerMin >= 22');
const pressure = parseExpression('systolicMmHg <= 100');
const belowFifteen = parseExpression('gcs < 15');
const notAlert = parseExpression('consciousness in (confusion, voice, pain, unresponsive)');

/** GCS below 15, or anything but alert; one of the two is enough to answer it (the AVPU asked has confusion apart). */
function isAltered(facts: Facts): Criterion {
  const alertness = judged(notAlert, facts);
  const total = judged(belowFifteen, facts);
  if (alertness === 'UNKNOWN') return total;
  return total === 'UNKNOWN' ? alertness : or(alertness, total);
}

const items: readonly ScoreItem[] = [
  { reads: ['respiratoryRatePerMin'], points: (facts) => pointsOf(judged(breathing, facts), 1) },
  { reads: ['systolicMmHg'], points: (facts) => pointsOf(judged(pressure, facts), 1) },
  { reads: ['consciousness'], points: (facts) => pointsOf(isAltered(facts), 1) },
];

/** qSOFA, 0-3, positive from 2: adults with suspected infection, not known to be pregnant (she has omqSOFA). */
export const qsofaScore: Score = {
  name: 'qsofa',
  zh: '快速序贯器官衰竭评分',
  en: 'qSOFA',
  source: 'Sepsis-3, JAMA 2016;315:801 (K; F:S07)',
  status: 'from-knowledge',
  isLeading: false,
  reads: ['respiratoryRatePerMin', 'systolicMmHg', 'consciousness', 'gcsEye', 'gcsVerbal', 'gcsMotor'],
  applies: (facts) =>
    and(facts.flag('isAdult'), facts.flag('infectionSuspected'), not(criterion(facts.flag('isPregnant') === 'TRUE'))),
  appliesOn: ['ageYears', 'infectionSuspected'],
  of: (facts) => sumOfItems('qsofa', items, facts),
};
