import type { Criterion } from '../criterion.ts';
import type { Facts } from '../expression/facts.ts';
import type { Interval } from '../expression/interval.ts';
import type { RuleStatus } from '../rules/rule-definition.ts';
import type { ScoreRange } from './score-range.ts';

/** A score of the clinic, counted from facts by name. */
export interface Score {
  /** As rules and findings write it: `lams`, `news2`. */
  readonly name: string;
  readonly zh: string;
  readonly en: string;
  readonly source: string;
  readonly status: RuleStatus;
  /** Shown by itself; the others stand behind 更多评分. */
  readonly isLeading: boolean;
  /** The facts it counts. */
  readonly reads: readonly string[];
  /** Whether it is for this patient at all; FALSE: no rule on it holds. */
  readonly applies: (facts: Facts) => Criterion;
  /** The facts `applies` asks for. */
  readonly appliesOn: readonly string[];
  readonly of: (facts: Facts) => ScoreRange;
}

/** One item of an additive score: the points it may still give, from the least to the most. */
export interface ScoreItem {
  readonly reads: readonly string[];
  readonly points: (facts: Facts) => Interval;
}

/** The sum of the items, each missing one at its least and at its most; nothing is imputed (clinical.md 0.2). */
export function sumOfItems(name: string, items: readonly ScoreItem[], facts: Facts): ScoreRange {
  let minimum = 0;
  let maximum = 0;
  const missing = new Set<string>();
  for (const { reads, points } of items) {
    const { least, most } = points(facts);
    minimum += least;
    maximum += most;
    if (least !== most) for (const fact of reads.flatMap((name) => facts.lacking(name))) missing.add(fact);
  }
  return { name, minimum, maximum, missing: [...missing] };
}

/** [inclusive upper limit, points], ascending; the last limit is Infinity. */
export type Bands = readonly (readonly [number, number])[];

/** The points of every band the number may still lie in. */
export function banded(number: Interval, bands: Bands): Interval {
  let least = Infinity;
  let most = -Infinity;
  let above = -Infinity;
  for (const [limit, points] of bands) {
    if (number.least <= limit && number.most > above) {
      least = Math.min(least, points);
      most = Math.max(most, points);
    }
    above = limit;
  }
  return { least, most };
}

export function pointsOf(verdict: Criterion, ifTrue: number, ifFalse = 0): Interval {
  const ends = [ifTrue, ifFalse];
  if (verdict === 'TRUE') return { least: ifTrue, most: ifTrue };
  if (verdict === 'FALSE') return { least: ifFalse, most: ifFalse };
  return { least: Math.min(...ends), most: Math.max(...ends) };
}

/** The points of a chosen answer; not chosen: from the fewest to the most of all answers. */
export function pointsOfCode(code: string | null, points: Readonly<Record<string, number>>): Interval {
  const given = code === null ? undefined : points[code];
  if (given !== undefined) return { least: given, most: given };
  const all = Object.values(points);
  return { least: Math.min(...all), most: Math.max(...all) };
}

export const numberOf = (facts: Facts, name: string): Interval => {
  const number = facts.number(name);
  return typeof number === 'object' ? number : { least: -Infinity, most: Infinity };
};
