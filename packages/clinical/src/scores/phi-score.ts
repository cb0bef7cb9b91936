import type { Facts } from '../expression/facts.ts';
import type { Interval } from '../expression/interval.ts';
import { shortOf } from './short-of.ts';
import { ofInjured } from './injured-patient.ts';
import { banded, numberOf, pointsOf, sumOfItems, type ScoreItem, type Score } from './score.ts';

const systolic: ScoreItem = {
  reads: ['systolicMmHg'],
  points: (facts) =>
    banded(numberOf(facts, 'systolicMmHg'), [
      [shortOf(75), 5],
      [shortOf(86), 2],
      [100, 1],
      [Infinity, 0],
    ]),
};

const pulse: ScoreItem = {
  reads: ['heartRateBpm'],
  points: (facts) =>
    banded(numberOf(facts, 'heartRateBpm'), [
      [50, 5],
      [shortOf(120), 0],
      [Infinity, 3],
    ]),
};

/** Below 10/min or needing a tube or a bag: 5, whatever the pattern. */
function breathingPoints(facts: Facts): Interval {
  const rate = numberOf(facts, 'respiratoryRatePerMin');
  const pattern = facts.code('breathing');
  const airway = facts.code('airway');
  if (rate.most < 10 || pattern === 'absent' || (airway !== null && airway !== 'own')) return { least: 5, most: 5 };
  const isOpen = rate.least < 10 || airway === null;
  const least = pattern === null || pattern === 'normal' ? 0 : 3;
  const most = isOpen ? 5 : pattern === null ? 5 : least;
  return { least, most };
}
const breathing: ScoreItem = { reads: ['breathing', 'respiratoryRatePerMin', 'airway'], points: breathingPoints };

const ofConsciousness: Readonly<Record<string, Interval>> = {
  alert: { least: 0, most: 0 },
  confusion: { least: 3, most: 3 },
  voice: { least: 3, most: 5 },
  pain: { least: 5, most: 5 },
  unresponsive: { least: 5, most: 5 },
};

/** Speech by the verbal part of the GCS (5 normal, 4-3 confused, 2-1 unintelligible) and AVPU; the worse of the two. */
function consciousnessPoints(facts: Facts): Interval {
  const code = facts.code('consciousness');
  const noted = code === null ? undefined : ofConsciousness[code];
  const verbal = numberOf(facts, 'gcsVerbal');
  const isHeard = verbal.least === verbal.most;
  if (!isHeard) return noted ?? { least: 0, most: 5 };
  const heard = verbal.least >= 5 ? 0 : verbal.least >= 3 ? 3 : 5;
  return noted
    ? { least: Math.max(heard, noted.least), most: Math.max(heard, noted.least) }
    : { least: heard, most: heard };
}
const consciousness: ScoreItem = { reads: ['consciousness', 'gcsVerbal'], points: consciousnessPoints };

const penetrating: ScoreItem = {
  reads: ['traumaPenetratingTorso'],
  points: (facts) => pointsOf(facts.flag('traumaPenetratingTorso'), 4),
};

const items = [systolic, pulse, breathing, consciousness, penetrating];

/** Prehospital index 0-24; 0-3 minor, 4 and more severe. Breathing needs rate, pattern and airway before it is 0. */
export const phiScore: Score = {
  name: 'phi',
  zh: '院前指数（PHI）',
  en: 'PHI',
  source: 'Koehler 1986 (K), clinical.md A7 (F:S30); maximum 24 (second reading C45)',
  status: 'from-knowledge',
  isLeading: false,
  reads: items.flatMap(({ reads }) => reads),
  applies: ofInjured,
  appliesOn: [],
  of: (facts) => sumOfItems('phi', items, facts),
};
