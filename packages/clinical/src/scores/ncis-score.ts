import type { Facts } from '../expression/facts.ts';
import type { Interval } from '../expression/interval.ts';
import { shortOf } from './short-of.ts';
import { banded, numberOf, pointsOfCode, sumOfItems, type Bands, type Score, type ScoreItem } from './score.ts';

const measured = (name: string, bands: Bands): ScoreItem => ({
  reads: [name],
  points: (facts) => banded(numberOf(facts, name), bands),
});

/** 4 beyond `from`..`to`, 6 on its edges up to the inner limits, 10 between them; the edges of the 6 are inclusive. */
const twoSided = (from: number, innerLow: number, innerHigh: number, to: number): Bands => [
  [shortOf(from), 4],
  [innerLow, 6],
  [shortOf(innerHigh), 10],
  [to, 6],
  [Infinity, 4],
];

const creatinine: Bands = [
  [shortOf(87), 6],
  [shortOf(114), 10],
  [132.6, 6],
  [Infinity, 4],
];
const urea: Bands = [
  [shortOf(7.1), 10],
  [14.3, 6],
  [Infinity, 4],
];

/** Creatinine (umol/L) or urea nitrogen (mmol/L), whichever was taken; of both the worse one. */
function kidneyPoints(facts: Facts): Interval {
  const known = (['neonateCreatinine', 'neonateUrea'] as const)
    .filter((name) => facts.lacking(name).length === 0)
    .map((name) => banded(numberOf(facts, name), name === 'neonateUrea' ? urea : creatinine));
  if (known.length === 0) return { least: 4, most: 10 };
  const worse = Math.min(...known.map(({ most }) => most));
  return { least: worse, most: worse };
}

const items: readonly ScoreItem[] = [
  measured('heartRateBpm', twoSided(80, 100, 160, 180)),
  measured('systolicMmHg', twoSided(40, 50, 90, 100)),
  measured('respiratoryRatePerMin', twoSided(20, 25, 60, 100)),
  measured('neonatePao2MmHg', [
    [shortOf(50), 4],
    [60, 6],
    [Infinity, 10],
  ]),
  measured('neonatePh', twoSided(7.25, 7.3, 7.5, 7.55)),
  measured('neonateSodium', twoSided(120, 130, 150, 160)),
  // "2-2.9" is read as below 3.0: a value with two decimals must not fall into a gap.
  measured('neonatePotassium', twoSided(2, shortOf(3), 7.5, 9)),
  { reads: ['neonateCreatinine'], points: kidneyPoints },
  measured('neonateHaematocritPercent', [
    [shortOf(20), 4],
    [40, 6],
    [Infinity, 10],
  ]),
  {
    reads: ['neonateAbdomen'],
    points: (facts) => pointsOfCode(facts.code('neonateAbdomen'), { none: 10, distension: 6, bleeding: 6, both: 4 }),
  },
];

/** Ten items of 4, 6 or 10; above 90 not critical, 70-90 critical, below 70 extremely critical. Never rescaled. */
export const ncisScore: Score = {
  name: 'ncis',
  zh: '新生儿危重病例评分（NCIS）',
  en: 'NCIS',
  source: 'clinical.md B4.1: 新生儿危重病例评分 2001 draft (F:S36)',
  status: 'found',
  isLeading: false,
  reads: [...items.flatMap(({ reads }) => reads), 'neonateUrea'],
  applies: (facts) => facts.flag('isNeonate'),
  appliesOn: ['ageYears'],
  of: (facts) => sumOfItems('ncis', items, facts),
};
