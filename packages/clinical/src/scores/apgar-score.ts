import type { Interval } from '../expression/interval.ts';
import type { Facts } from '../expression/facts.ts';
import { pointsOfCode, sumOfItems, type Score, type ScoreItem } from './score.ts';

/** clinical.md B4.1 (K: AAP/ACOG CO 644): 0-2 each; a rate of exactly 100 gives 2. */
const signs: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  HeartRate: { absent: 0, 'below-100': 1, 'from-100': 2 },
  Breathing: { absent: 0, irregular: 1, good: 2 },
  Tone: { limp: 0, 'some-flexion': 1, active: 2 },
  Reflex: { none: 0, grimace: 1, cry: 2 },
  Colour: { 'blue-or-pale': 0, 'limbs-blue': 1, pink: 2 },
};

const totalOf = (facts: Facts, name: string): Interval => {
  const total = facts.number(name);
  return typeof total === 'object' ? total : { least: 0, most: 10 };
};

/** Five signs decide; while one of them is open, a total that was reported stands for all. */
function apgarAt(minute: 1 | 5 | 10): Score {
  const name = `apgar${minute}`;
  const total = `${name}Total`;
  const items = Object.entries(signs).map(([sign, points]): ScoreItem => {
    const item = `${name}${sign}`;
    return { reads: [item], points: (facts) => pointsOfCode(facts.code(item), points) };
  });
  return {
    name,
    zh: `Apgar评分（${minute} 分钟）`,
    en: `Apgar at ${minute} min`,
    source: 'clinical.md B4.1 (K: AAP/ACOG CO 644); 100/min = 2 since the Chinese text leaves it open (F:S31)',
    status: 'from-knowledge',
    isLeading: true,
    reads: [...items.flatMap(({ reads }) => reads), total],
    applies: (facts) => facts.flag('isNeonate'),
    appliesOn: ['ageYears'],
    of: (facts) => {
      const sum = sumOfItems(name, items, facts);
      const reported = totalOf(facts, total);
      if (sum.minimum === sum.maximum || reported.least !== reported.most) return sum;
      return { name, minimum: reported.least, maximum: reported.most, missing: [] };
    },
  };
}

export const apgarScores: readonly Score[] = [apgarAt(1), apgarAt(5), apgarAt(10)];
