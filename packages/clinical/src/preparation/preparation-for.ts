import type { Specialty } from '@pentad/protocol/center';
import type { Finding, Tier } from '@pentad/protocol/pre-alert';
import { lackedBy } from '../expression/explain.ts';
import type { Facts } from '../expression/facts.ts';
import { judged } from '../expression/judge.ts';
import {
  preparationTable,
  type PreparationItem,
  type PreparationTable,
  type Readiness,
} from './preparation-definition.ts';

export interface Preparation {
  readonly item: PreparationItem;
  readonly readiness: Readiness;
  /** `needed`; or `if`: whether its condition holds is not known, and `lacks` would say. */
  readonly need: 'needed' | 'if';
  readonly lacks: readonly string[];
}

/**
 * What a center prepares for a case of a tier: the longest lead time first, else in the order of the table; what takes
 * no part, because its condition is FALSE, is left out. Advice prepares nothing. Pure and total.
 */
export function preparationFor(
  specialty: Specialty,
  tier: Tier,
  facts: Facts,
  table: PreparationTable = preparationTable,
): readonly Preparation[] {
  if (tier === 'advice') return [];
  const found = table.items.flatMap(({ item, when }): readonly Preparation[] => {
    const readiness = item.tiers[tier];
    if (item.specialty !== specialty || !readiness) return [];
    const verdict = when ? judged(when, facts) : 'TRUE';
    if (verdict === 'FALSE') return [];
    if (verdict === 'TRUE' || !when) return [{ item, readiness, need: 'needed', lacks: [] }];
    return [{ item, readiness, need: 'if', lacks: lackedBy(when, facts) }];
  });
  return found.toSorted((a, b) => b.item.leadTime.minutes - a.item.leadTime.minutes);
}

/** CP-R7 is CP-R7 and its parts CP-R7a, CP-R7b. */
const isOfRule = (ruleId: string, rule: string): boolean =>
  ruleId.startsWith(rule) && /^[a-z]?$/.test(ruleId.slice(rule.length));

/** The facts, and beside them what open findings say under the names of the table's circumstances. */
export function withCircumstances(
  facts: Facts,
  openFindings: readonly Pick<Finding, 'ruleId' | 'flags'>[],
  { circumstances }: PreparationTable = preparationTable,
): Facts {
  const held = new Set(
    circumstances
      .filter(({ rules, flags }) =>
        openFindings.some(
          ({ ruleId, flags: remarks }) =>
            rules.some((rule) => isOfRule(ruleId, rule)) || remarks?.some((remark) => flags.includes(remark)),
        ),
      )
      .map(({ name }) => name),
  );
  return {
    number: (name) => facts.number(name),
    code: (name) => facts.code(name),
    flag: (name) => (held.has(name) ? 'TRUE' : facts.flag(name)),
    lacking: (name) => (held.has(name) ? [] : facts.lacking(name)),
  };
}
