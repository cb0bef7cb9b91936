import { decidedBy, lackedBy, openIn, readBy } from '../expression/explain.ts';
import { judged } from '../expression/judge.ts';
import type { StatementNode } from '../expression/node.ts';
import { canHold } from '../expression/reach.ts';
import { isPassing } from '../facts/passing-facts.ts';
import { factsOf } from '../facts/picture-facts.ts';
import { slots, type Picture, type Slot } from '../picture.ts';
import type { Flag, Rule } from '../rule.ts';
import { scoreNamed } from '../scores/all-scores.ts';
import { not } from '../criterion.ts';
import type { FlagDefinition, RuleDefinition } from './rule-definition.ts';

const usualHoldS = 30;

/** Scores as the facts they count. */
const factsIn = (names: readonly string[]): readonly string[] => [
  ...new Set(names.flatMap((name) => scoreNamed(name)?.reads ?? [name])),
];

const isSlot = (name: string): name is Slot => slots.some((slot) => slot === name);

function quoted(score: string | undefined, picture: Picture) {
  const found = score === undefined ? undefined : scoreNamed(score);
  if (!found || found.applies(factsOf(picture)) === 'FALSE') return null;
  const { name, minimum, maximum } = found.of(factsOf(picture));
  return Number.isFinite(maximum) ? { name, minimum, maximum } : null;
}

export function ruleOf(
  definition: RuleDefinition,
  when: StatementNode,
  over: StatementNode | null,
  asksWhile: StatementNode | null,
): Rule {
  const { id, version, specialty, tier, sustainedS = usualHoldS, setsApartS, score } = definition;
  const holds = (picture: Picture) => judged(when, factsOf(picture));
  return {
    id,
    version,
    specialty,
    tier,
    definition,
    reads: factsIn(readBy(when)).filter(isSlot),
    sustainedMs: sustainedS * 1000,
    setsApartMs: setsApartS === undefined ? null : setsApartS * 1000,
    holds,
    canHold: (picture) => canHold(when, factsOf(picture), isPassing),
    isOver: over ? (picture) => judged(over, factsOf(picture)) : (picture) => not(holds(picture)),
    asks: (picture) => asksWhile !== null && judged(asksWhile, factsOf(picture)) === 'TRUE',
    decidedBy: (picture) => factsIn(decidedBy(when, factsOf(picture))),
    missing: (picture) => (holds(picture) === 'TRUE' ? openIn : lackedBy)(when, factsOf(picture)),
    score: (picture) => quoted(score, picture),
  };
}

export const flagOf = ({ code, specialties }: FlagDefinition, when: StatementNode): Flag => ({
  code,
  specialties,
  holds: (picture) => judged(when, factsOf(picture)),
});
