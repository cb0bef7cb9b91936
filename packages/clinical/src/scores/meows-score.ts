import type { Facts } from '../expression/facts.ts';
import type { Interval } from '../expression/interval.ts';
import { isMother, motherAskedOn } from './obstetric-patient.ts';
import { shortOf } from './short-of.ts';
import { banded, numberOf, sumOfItems, type Score, type ScoreItem } from './score.ts';

type Colour = 'normal' | 'yellow' | 'red';
type ColourBands = readonly (readonly [number, Colour])[];

/** clinical.md B5.1 (F:S41); limits inclusive, ascending: 36.0, 100, 150 and 160 lie in yellow, RR 20 is normal. */
const parameters: Readonly<Record<string, ColourBands>> = {
  respiratoryRatePerMin: [
    [shortOf(10), 'red'],
    [20, 'normal'],
    [30, 'yellow'],
    [Infinity, 'red'],
  ],
  spo2Percent: [
    [shortOf(95), 'red'],
    [Infinity, 'normal'],
  ],
  temperatureC: [
    [shortOf(35), 'red'],
    [36, 'yellow'],
    [38, 'normal'],
    [Infinity, 'red'],
  ],
  systolicMmHg: [
    [shortOf(90), 'red'],
    [100, 'yellow'],
    [shortOf(150), 'normal'],
    [160, 'yellow'],
    [Infinity, 'red'],
  ],
  diastolicMmHg: [
    [shortOf(90), 'normal'],
    [100, 'yellow'],
    [Infinity, 'red'],
  ],
  heartRateBpm: [
    [shortOf(40), 'red'],
    [50, 'yellow'],
    [shortOf(100), 'normal'],
    [120, 'yellow'],
    [Infinity, 'red'],
  ],
  maternalPain: [
    [1, 'normal'],
    [3, 'yellow'],
  ],
};

/** V is yellow, P and U red (K); new confusion, which AVPU does not know, counts with V. */
const minds: Readonly<Record<string, Colour>> = {
  alert: 'normal',
  confusion: 'yellow',
  voice: 'yellow',
  pain: 'red',
  unresponsive: 'red',
};

function mindPoints(facts: Facts, colour: Colour): Interval {
  const mind = facts.code('consciousness');
  const found = mind === null ? undefined : minds[mind];
  if (found === undefined) return { least: 0, most: 1 };
  const points = found === colour ? 1 : 0;
  return { least: points, most: points };
}

const itemsOf = (colour: 'yellow' | 'red'): readonly ScoreItem[] => [
  ...Object.entries(parameters)
    .filter(([, bands]) => bands.some(([, one]) => one === colour))
    .map(([name, bands]): ScoreItem => {
      const points = bands.map(([limit, one]) => [limit, one === colour ? 1 : 0] as const);
      return { reads: [name], points: (facts) => banded(numberOf(facts, name), points) };
    }),
  { reads: ['consciousness'], points: (facts) => mindPoints(facts, colour) },
];

function meows(colour: 'yellow' | 'red', zh: string): Score {
  const name = `meows-${colour}`;
  const items = itemsOf(colour);
  return {
    name,
    zh: `改良早期产科预警（MEOWS）${zh}项数`,
    en: `MEOWS, ${colour} parameters`,
    source: 'clinical.md B5.1: CEMACH MEOWS (F:S41; pain K: Singh 2012, consciousness K)',
    status: 'found',
    isLeading: true,
    reads: items.flatMap(({ reads }) => reads),
    applies: isMother,
    appliesOn: motherAskedOn,
    of: (facts) => sumOfItems(name, items, facts),
  };
}

/** How many parameters are red and how many yellow; one red or two yellow is a trigger (F:S41). */
export const meowsScores: readonly Score[] = [meows('red', '红色'), meows('yellow', '黄色')];
