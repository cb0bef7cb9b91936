import type { Facts } from '../expression/facts.ts';
import { sumOf, type Interval } from '../expression/interval.ts';
import { shortOf } from './short-of.ts';
import { isPressureNotToBeHad, ofInjured } from './injured-patient.ts';
import { banded, numberOf, sumOfItems, type Bands, type Score, type ScoreItem } from './score.ts';
import type { ScoreRange } from './score-range.ts';

/** Codes of A6 by upper limit, inclusive; between two whole numbers the worse code. */
const gcsCodes: Bands = [
  [3, 0],
  [5, 1],
  [8, 2],
  [12, 3],
  [Infinity, 4],
];
const systolicCodes: Bands = [
  [0, 0],
  [shortOf(50), 1],
  [shortOf(76), 2],
  [shortOf(90), 3],
  [Infinity, 4],
];
const breathingCodes: Bands = [
  [0, 0],
  [shortOf(6), 1],
  [shortOf(10), 2],
  [29, 4],
  [Infinity, 3],
];

const gcsParts = ['gcsEye', 'gcsVerbal', 'gcsMotor'] as const;
const gcsItem: ScoreItem = {
  reads: gcsParts,
  points: (facts) =>
    banded(
      gcsParts.map((part) => numberOf(facts, part)).reduce((sum, part) => sumOf(sum, part)),
      gcsCodes,
    ),
};

/** A pressure that cannot be had: 0-2, 0 only without a central pulse (second reading C7). */
function systolicPoints(facts: Facts): Interval {
  if (!isPressureNotToBeHad(facts)) return banded(numberOf(facts, 'systolicMmHg'), systolicCodes);
  const central = facts.flag('centralPulse');
  return { least: central === 'TRUE' ? 1 : 0, most: central === 'FALSE' ? 0 : 2 };
}
const systolicItem: ScoreItem = {
  reads: ['systolicMmHg', 'isPressureUnrecordable', 'centralPulse'],
  points: systolicPoints,
};
const breathingItem: ScoreItem = {
  reads: ['respiratoryRatePerMin'],
  points: (facts) => banded(numberOf(facts, 'respiratoryRatePerMin'), breathingCodes),
};

const items = [gcsItem, systolicItem, breathingItem] as const;
const reads = [...gcsParts, 'systolicMmHg', 'isPressureUnrecordable', 'centralPulse', 'respiratoryRatePerMin'];

/** A pressure that was taken makes the central pulse no question; one that was not is asked for before the pulse. */
function counted(name: string, weighed: readonly ScoreItem[], facts: Facts): ScoreRange {
  const range = sumOfItems(name, weighed, facts);
  const isAsked = isPressureNotToBeHad(facts) && facts.flag('centralPulse') === 'UNKNOWN';
  return { ...range, missing: range.missing.filter((one) => one !== 'centralPulse' || isAsked) };
}

const shared = { status: 'found', isLeading: false, reads, applies: ofInjured, appliesOn: [] } as const;

/** T-RTS 0-12: the codes added; children for display only (second reading C1). */
export const triageRtsScore: Score = {
  ...shared,
  name: 't-rts',
  zh: '分诊修正创伤评分（T-RTS）',
  en: 'T-RTS',
  source: 'Champion 1989, clinical.md A6 (F:S04); unrecordable pressure C7',
  of: (facts) => counted('t-rts', items, facts),
};

const weights = [0.9368, 0.7326, 0.2908] as const;
const weighted = items.map(({ reads: names, points }, at): ScoreItem => {
  const weight = weights[at] ?? 0;
  return {
    reads: names,
    points: (facts) => {
      const { least, most } = points(facts);
      return { least: weight * least, most: weight * most };
    },
  };
});
const fourDecimals = (value: number): number => Math.round(value * 10_000) / 10_000;

/** RTS 0-7.8408, to four decimals. */
export const rtsScore: Score = {
  ...shared,
  name: 'rts',
  zh: '修正创伤评分',
  en: 'RTS',
  source: 'Champion 1989, clinical.md A6 (F:S04); unrecordable pressure C7',
  of: (facts) => {
    const { minimum, maximum, ...rest } = counted('rts', weighted, facts);
    return { ...rest, minimum: fourDecimals(minimum), maximum: fourDecimals(maximum) };
  },
};
