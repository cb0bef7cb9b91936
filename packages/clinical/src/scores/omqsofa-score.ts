import { judged } from '../expression/judge.ts';
import { parseExpression } from '../expression/parse.ts';
import { isMother, motherAskedOn } from './obstetric-patient.ts';
import { shortOf } from './short-of.ts';
import { banded, numberOf, pointsOf, sumOfItems, type Score, type ScoreItem } from './score.ts';

const parts = ['gcsEye', 'gcsVerbal', 'gcsMotor'] as const;
const total = parts.join(' + ');
/** A4: altered mentation is a GCS below 15, or a patient who is not alert; a full GCS answers for one nobody noted. */
const altered = parseExpression(
  `certain(${total} < 15) or (not consciousness = alert and not (certain(${total} >= 15) and not certain(not consciousness = alert)))`,
);

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
    points: (facts) => pointsOf(judged(altered, facts), 1),
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
  reads: [...items.flatMap(({ reads }) => reads), ...parts],
  applies: isMother,
  appliesOn: motherAskedOn,
  of: (facts) => sumOfItems('omqsofa', items, facts),
};
