import { and, not } from '../criterion.ts';
import type { Facts } from '../expression/facts.ts';
import { notApplicable } from '../expression/facts.ts';
import type { Interval } from '../expression/interval.ts';
import { shortOf } from './short-of.ts';
import { banded, numberOf, pointsOfCode, sumOfItems, type Bands, type Score, type ScoreItem } from './score.ts';

/** [4 and 2 and 1 at or below, 1 and 2 and 4 from]; between the two middle ones 0. */
type Edges = readonly [number, number, number, number, number, number];

const bandsOf = ([low4, low2, low1, high1, high2, high4]: Edges): Bands => [
  [low4, 4],
  [low2, 2],
  [low1, 1],
  [shortOf(high1), 0],
  [shortOf(high2), 1],
  [shortOf(high4), 2],
  [Infinity, 4],
];

/** clinical.md A5, one line an age group: heart rate, systolic pressure, breathing rate. */
const ageGroups: readonly { readonly heartRate: Edges; readonly systolic: Edges; readonly breathing: Edges }[] = [
  // 0 - <3 months
  {
    heartRate: [80, 90, 110, 150, 180, 190],
    systolic: [45, 50, 60, 80, 100, 130],
    breathing: [15, 19, 29, 61, 81, 91],
  },
  // 3 - <12 months
  {
    heartRate: [70, 80, 100, 150, 170, 180],
    systolic: [60, 70, 80, 100, 120, 150],
    breathing: [15, 19, 24, 51, 71, 81],
  },
  // 1 - 4 completed years (second reading C47)
  {
    heartRate: [60, 70, 90, 120, 150, 170],
    systolic: [65, 75, 90, 110, 125, 160],
    breathing: [12, 15, 19, 41, 61, 71],
  },
  // 5 - 12 completed years
  {
    heartRate: [50, 60, 70, 110, 130, 150],
    systolic: [70, 80, 90, 120, 140, 170],
    breathing: [10, 14, 19, 31, 41, 51],
  },
  // 13 years and more
  {
    heartRate: [40, 50, 60, 100, 120, 140],
    systolic: [75, 85, 100, 130, 150, 190],
    breathing: [9, 10, 11, 17, 23, 30],
  },
];

/** Three months of 30.4 days. */
const threeMonthsDays = 91;

const wholeNumber = (facts: Facts, name: string): number | null => {
  const number = facts.number(name);
  return number !== notApplicable && number.least === number.most ? number.least : null;
};

function ageGroup(facts: Facts) {
  const years = wholeNumber(facts, 'ageYears');
  if (years === null) return undefined;
  if (years >= 13) return ageGroups[4];
  if (years >= 5) return ageGroups[3];
  if (years >= 1) return ageGroups[2];
  const days = wholeNumber(facts, 'ageDays');
  return days === null ? undefined : ageGroups[days < threeMonthsDays ? 0 : 1];
}

const byAge = (name: string, part: 'heartRate' | 'systolic' | 'breathing'): ScoreItem => ({
  reads: [name],
  points: (facts) => {
    const group = ageGroup(facts);
    return group ? banded(numberOf(facts, name), bandsOf(group[part])) : { least: 0, most: 4 };
  },
});

function oxygenPoints(facts: Facts): Interval {
  const oxygen = facts.code('oxygen');
  if (oxygen === 'air') return { least: 0, most: 0 };
  const flow = pointsOfCode(facts.code('pewsOxygen'), { low: 2, high: 4 });
  return oxygen === 'oxygen' ? flow : { least: 0, most: flow.most };
}

const items: readonly ScoreItem[] = [
  byAge('heartRateBpm', 'heartRate'),
  byAge('systolicMmHg', 'systolic'),
  byAge('respiratoryRatePerMin', 'breathing'),
  {
    reads: ['capillaryRefillS'],
    points: (facts) =>
      banded(numberOf(facts, 'capillaryRefillS'), [
        [shortOf(3), 0],
        [Infinity, 4],
      ]),
  },
  {
    reads: ['pewsEffort'],
    points: (facts) => pointsOfCode(facts.code('pewsEffort'), { normal: 0, mild: 1, moderate: 2, severe: 4 }),
  },
  {
    reads: ['spo2Percent'],
    points: (facts) =>
      banded(numberOf(facts, 'spo2Percent'), [
        [90, 2],
        [94, 1],
        [Infinity, 0],
      ]),
  },
  { reads: ['oxygen', 'pewsOxygen'], points: oxygenPoints },
];

/** Bedside PEWS, 0-26, of a child from 29 days to 15 years; 8 or more is severe. No rule reads it. */
export const pewsScore: Score = {
  name: 'pews',
  zh: '儿童早期预警评分（Bedside PEWS）',
  en: 'Bedside PEWS',
  source: 'clinical.md A5: Parshuram 2009, DOI 10.1186/cc7998 (F:S05; SpO2 bands and oxygen column K); C47',
  status: 'found',
  isLeading: false,
  reads: items.flatMap(({ reads }) => reads),
  applies: (facts) => and(not(facts.flag('isNeonate')), not(facts.flag('isAdult'))),
  appliesOn: ['ageYears'],
  of: (facts) => sumOfItems('pews', items, facts),
};
