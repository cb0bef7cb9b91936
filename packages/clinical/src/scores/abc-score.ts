import { and, criterion, or } from '../criterion.ts';
import { compared, point } from '../expression/interval.ts';
import { isInjuredPatient } from './injured-patient.ts';
import { numberOf, pointsOf, sumOfItems, type Score, type ScoreItem } from './score.ts';

const penetrating = [
  'traumaPenetratingHead',
  'traumaPenetratingNeck',
  'traumaPenetratingTorso',
  'traumaPenetratingProximalLimb',
  'traumaPenetratingDistalLimb',
];

const items: readonly ScoreItem[] = [
  { reads: penetrating, points: (facts) => pointsOf(or(...penetrating.map((name) => facts.flag(name))), 1) },
  {
    reads: ['systolicMmHg'],
    points: (facts) => pointsOf(compared(numberOf(facts, 'systolicMmHg'), '<=', point(90)), 1),
  },
  {
    reads: ['heartRateBpm'],
    points: (facts) => pointsOf(compared(numberOf(facts, 'heartRateBpm'), '>=', point(120)), 1),
  },
  { reads: ['traumaFastPositive'], points: (facts) => pointsOf(facts.flag('traumaFastPositive'), 1) },
];

/** ABC 0-4, adults: penetrating, SBP <= 90, HR >= 120, FAST positive; 2 or more: massive transfusion is likely. */
export const abcScore: Score = {
  name: 'abc',
  zh: 'ABC评分（大量输血）',
  en: 'ABC score',
  source: 'K:Nunez 2009, clinical.md B3.2 (F:S29 prints strict signs: the inclusive ones are used, over-triage)',
  status: 'from-knowledge',
  isLeading: false,
  reads: items.flatMap(({ reads }) => reads),
  applies: (facts) => and(criterion(isInjuredPatient(facts)), facts.flag('isAdult')),
  appliesOn: ['ageYears'],
  of: (facts) => sumOfItems('abc', items, facts),
};
