import type { Criterion } from '../criterion.ts';
import type { Facts } from './facts.ts';
import { judged } from './judge.ts';
import type { StatementNode } from './node.ts';
import { readNames } from './read-names.ts';

/** Every name a statement reads, each once, in the order of the text. */
export const readBy = (node: StatementNode): readonly string[] => [...new Set(readNames(node).map(({ name }) => name))];

const verdictsOf = (node: Extract<StatementNode, { of: readonly StatementNode[] }>, facts: Facts, wanted: Criterion) =>
  node.of.filter((one) => judged(one, facts) === wanted);

/** The names whose values made a statement what it is: of an `or` that holds only the parts that hold. */
export function decidedBy(node: StatementNode, facts: Facts): readonly string[] {
  const verdict = judged(node, facts);
  if (verdict === 'UNKNOWN') return [];
  switch (node.kind) {
    case 'and':
    case 'or':
    case 'atLeast': {
      const parts = verdictsOf(node, facts, verdict);
      return [...new Set(parts.flatMap((part) => decidedBy(part, facts)))];
    }
    case 'not':
    case 'certain':
      return decidedBy(node.of, facts);
    default:
      return readBy(node);
  }
}

/** The inputs that could still make an UNKNOWN statement TRUE or FALSE. */
export function lackedBy(node: StatementNode, facts: Facts): readonly string[] {
  if (judged(node, facts) !== 'UNKNOWN') return [];
  switch (node.kind) {
    case 'and':
    case 'or':
    case 'atLeast':
      return [...new Set(node.of.flatMap((one) => lackedBy(one, facts)))];
    case 'not':
    case 'certain':
      return lackedBy(node.of, facts);
    default:
      return [...new Set(readBy(node).flatMap((name) => facts.lacking(name)))];
  }
}

/** What stands open in a statement that holds all the same: the rest of a score, a question asked under `certain`. */
export function openIn(node: StatementNode, facts: Facts): readonly string[] {
  switch (node.kind) {
    case 'and':
    case 'or':
    case 'atLeast': {
      const parts = verdictsOf(node, facts, judged(node, facts));
      return [...new Set(parts.flatMap((part) => openIn(part, facts)))];
    }
    case 'not':
      return openIn(node.of, facts);
    case 'certain':
      return lackedBy(node.of, facts);
    default:
      return [...new Set(readBy(node).flatMap((name) => facts.lacking(name)))];
  }
}
