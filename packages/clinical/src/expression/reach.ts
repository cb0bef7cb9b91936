import type { Facts } from './facts.ts';
import { judged } from './judge.ts';
import type { StatementNode } from './node.ts';
import { readNames } from './read-names.ts';

type MayChange = (name: string) => boolean;

const isFixed = (node: StatementNode, mayChange: MayChange): boolean =>
  readNames(node).every(({ name }) => !mayChange(name));

/** Whether at least `needed` of the parts pass; stops when that is decided. */
function isReached(needed: number, of: readonly StatementNode[], passes: (one: StatementNode) => boolean): boolean {
  let missing = needed;
  for (const one of of) {
    if (missing === 0) return true;
    if (passes(one)) missing -= 1;
  }
  return missing === 0;
}

/** Whether a statement may ever be TRUE while the facts that cannot change stay as they are, unknown ones unknown. */
export function canHold(node: StatementNode, facts: Facts, mayChange: MayChange): boolean {
  switch (node.kind) {
    case 'and':
      return node.of.every((one) => canHold(one, facts, mayChange));
    case 'or':
      return node.of.some((one) => canHold(one, facts, mayChange));
    case 'atLeast':
      return isReached(node.count, node.of, (one) => canHold(one, facts, mayChange));
    case 'not':
      return canFail(node.of, facts, mayChange);
    case 'certain':
      return canHold(node.of, facts, mayChange);
    default:
      return !isFixed(node, mayChange) || judged(node, facts) === 'TRUE';
  }
}

/** The same for FALSE. */
function canFail(node: StatementNode, facts: Facts, mayChange: MayChange): boolean {
  switch (node.kind) {
    case 'and':
      return node.of.some((one) => canFail(one, facts, mayChange));
    case 'or':
      return node.of.every((one) => canFail(one, facts, mayChange));
    case 'atLeast':
      return isReached(node.of.length - node.count + 1, node.of, (one) => canFail(one, facts, mayChange));
    case 'not':
      return canHold(node.of, facts, mayChange);
    case 'certain':
      // UNKNOWN counts as FALSE here, and what holds now on a reading is UNKNOWN when that has passed.
      return !isFixed(node.of, mayChange) || judged(node.of, facts) !== 'TRUE';
    default:
      return !isFixed(node, mayChange) || judged(node, facts) === 'FALSE';
  }
}
