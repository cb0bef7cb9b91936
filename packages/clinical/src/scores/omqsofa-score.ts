import { criterion } from '../criterion.ts';
import { isMother, motherAskedOn } from './obstetric-patient.ts';
import { shortOf } from './short-of.ts';
import { banded, numberOf, pointsOf, sumOfItems, type Score, type ScoreItem } from './score.ts';

const items: readonly ScoreItem[] = [
  {
    reads: ['systolicMmHg'],
    points: (facts) =>
      banded(numberOf(facts, 'systolicMmHg'), [
        [shortOf(90), 1],
        [Infinity, 0],
      ]),
  },
  {
    reads: ['respiratoryRatePerMin'],
    points: (facts) =>
      banded(numberOf(facts, 'respiratoryRatePerMin'), [
        [shortOf(25), 0],
        [Infinity, 1],
      ]),
  },
  {
    reads: ['consciousness'],
    points: (facts) => {
      const mind = facts.code('consciousness');
      return pointsOf(criterion(mind === null ? null : mind !== 'alert'), 1);
    },
  },
];

/** SBP below 90, RR 25 or more, altered mentation: one point each, positive from 2; with suspected infection. */
export const omqsofaScore: Score = {
  name: 'omqsofa',
  zh: '产科改良快速序贯器官衰竭评分（omqSOFA）',
  en: 'omqSOFA',
  source: 'clinical.md A4 (K: SOMANZ 2017, DOI 10.1111/ajo.12646)',
  status: 'from-knowledge',
  isLeading: false,
  reads: items.flatMap(({ reads }) => reads),
  applies: isMother,
  appliesOn: motherAskedOn,
  of: (facts) => sumOfItems('omqsofa', items, facts),
};
