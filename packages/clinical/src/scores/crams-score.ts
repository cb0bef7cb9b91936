import type { Facts } from '../expression/facts.ts';
import type { Interval } from '../expression/interval.ts';
import { shortOf } from './short-of.ts';
import { ofInjured } from './injured-patient.ts';
import { banded, numberOf, pointsOfCode, sumOfItems, type Score, type ScoreItem } from './score.ts';

const point = (value: number): Interval => ({ least: value, most: value });
const anyPoints: Interval = { least: 0, most: 2 };

/** Refill or pressure answers it (C29: "or"); of two that disagree the worse. Normal refill is up to 2 s. */
function circulationPoints(facts: Facts): Interval {
  const refill = numberOf(facts, 'capillaryRefillS');
  const systolic = numberOf(facts, 'systolicMmHg');
  const isRefillKnown = refill.least === refill.most;
  const isPressureKnown = Number.isFinite(systolic.most);
  if (!isRefillKnown && !isPressureKnown) return anyPoints;
  const ofRefill = isRefillKnown ? point(refill.least <= 2 ? 2 : 1) : point(2);
  const ofPressure = isPressureKnown
    ? banded(systolic, [
        [shortOf(85), 0],
        [100, 1],
        [Infinity, 2],
      ])
    : point(2);
  return { least: Math.min(ofRefill.least, ofPressure.least), most: Math.min(ofRefill.most, ofPressure.most) };
}

const ofPattern: Readonly<Record<string, number>> = { normal: 2, laboured: 1, shallow: 1, absent: 0 };

function breathingPoints(facts: Facts): Interval {
  const pattern = pointsOfCode(facts.code('breathing'), ofPattern);
  const rate = numberOf(facts, 'respiratoryRatePerMin');
  if (rate.least > 35) return { least: Math.min(pattern.least, 1), most: Math.min(pattern.most, 1) };
  return rate.most > 35 ? { least: Math.min(pattern.least, 1), most: pattern.most } : pattern;
}

/** The answer, or what the triage sheet already says of flail and penetrating injury. */
function abdomenPoints(facts: Facts): Interval {
  const isSevere = facts.flag('traumaChestWall') === 'TRUE' || facts.flag('traumaPenetratingTorso') === 'TRUE';
  if (isSevere) return point(0);
  return pointsOfCode(facts.code('traumaChestAbdomen'), { 'non-tender': 2, tender: 1, 'rigid-flail-penetrating': 0 });
}

const items: readonly ScoreItem[] = [
  { reads: ['systolicMmHg', 'capillaryRefillS'], points: circulationPoints },
  { reads: ['breathing', 'respiratoryRatePerMin'], points: breathingPoints },
  { reads: ['traumaChestAbdomen'], points: abdomenPoints },
  {
    reads: ['gcsMotor'],
    points: (facts) =>
      banded(numberOf(facts, 'gcsMotor'), [
        [1, 0],
        [5, 1],
        [Infinity, 2],
      ]),
  },
  {
    reads: ['gcsVerbal'],
    points: (facts) =>
      banded(numberOf(facts, 'gcsVerbal'), [
        [2, 0],
        [4, 1],
        [Infinity, 2],
      ]),
  },
];

/** CRAMS 0-10, high is good: 9-10 minor, 7-8 severe, 6 and less critical. M and S are the motor and verbal GCS parts. */
export const cramsScore: Score = {
  name: 'crams',
  zh: 'CRAMS评分',
  en: 'CRAMS',
  source: 'second reading C29 (K; partly found), clinical.md A7 (F:S30)',
  status: 'from-knowledge',
  isLeading: false,
  reads: [...items.flatMap(({ reads }) => reads), 'traumaChestWall', 'traumaPenetratingTorso'],
  applies: ofInjured,
  appliesOn: [],
  of: (facts) => sumOfItems('crams', items, facts),
};
