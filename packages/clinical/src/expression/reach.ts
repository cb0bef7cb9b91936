import { judged } from './judge.ts';
import type { Facts } from './facts.ts';
import type { StatementNode } from './node.ts';
import { readNames } from './read-names.ts';

/** What a statement may still become while only some of its facts can change. */
interface Reach {
  readonly canHold: boolean;
  readonly canFail: boolean;
}

const either: Reach = { canHold: true, canFail: true };

function counted(needed: number, parts: readonly Reach[]): Reach {
  const holding = parts.filter(({ canHold }) => canHold).length;
  const failing = parts.filter(({ canFail }) => canFail).length;
  return { canHold: holding >= needed, canFail: failing > parts.length - needed };
}

function reachOf(node: StatementNode, facts: Facts, mayChange: (name: string) => boolean): Reach {
  switch (node.kind) {
    case 'and':
    case 'or':
    case 'atLeast': {
      const parts = node.of.map((one) => reachOf(one, facts, mayChange));
      return counted(node.kind === 'atLeast' ? node.count : node.kind === 'or' ? 1 : parts.length, parts);
    }
    case 'not': {
      const { canHold, canFail } = reachOf(node.of, facts, mayChange);
      return { canHold: canFail, canFail: canHold };
    }
    case 'certain': {
      // UNKNOWN counts as FALSE here: it can fail unless it holds whatever changes.
      const { canHold, canFail } = reachOf(node.of, facts, mayChange);
      return { canHold, canFail: canFail || judged(node.of, facts) !== 'TRUE' };
    }
    default: {
      if (readNames(node).some(({ name }) => mayChange(name))) return either;
      const verdict = judged(node, facts);
      return { canHold: verdict === 'TRUE', canFail: verdict === 'FALSE' };
    }
  }
}

/** Whether a statement may ever be TRUE while the facts that cannot change stay as they are, unknown ones unknown. */
export const canHold = (node: StatementNode, facts: Facts, mayChange: (name: string) => boolean): boolean =>
  reachOf(node, facts, mayChange).canHold;
