import { criterion } from '../criterion.ts';
import type { Facts } from '../expression/facts.ts';
import { pointsOfCode, sumOfItems, type Score, type ScoreItem } from './score.ts';

/** Points by the answers of one choice item. */
export const choiceItem = (name: string, points: Readonly<Record<string, number>>): ScoreItem => ({
  reads: [name],
  points: (facts) => pointsOfCode(facts.code(name), points),
});

type Named = Pick<Score, 'name' | 'zh' | 'en' | 'source' | 'status' | 'isLeading'>;

/**
 * An additive stroke scale. Never of a newborn; an age that is not
 * known does not withhold it, since a scale somebody filled in is for this patient.
 */
export function strokeScale(named: Named, items: readonly ScoreItem[]): Score {
  return {
    ...named,
    reads: [...new Set(items.flatMap(({ reads }) => reads))],
    applies: (facts: Facts) => criterion(facts.flag('isNeonate') !== 'TRUE'),
    appliesOn: [],
    of: (facts: Facts) => sumOfItems(named.name, items, facts),
  };
}
