import { not, type Criterion } from '../criterion.ts';
import { notApplicable, type Facts } from './facts.ts';
import { compared, differenceOf, point, productOf, sumOf, type Interval } from './interval.ts';
import type { NumberNode, StatementNode } from './node.ts';

export function measured(node: NumberNode, facts: Facts): Interval | typeof notApplicable {
  if (node.kind === 'number') return point(node.value);
  if (node.kind === 'measure') return facts.number(node.name);
  const left = measured(node.left, facts);
  const right = measured(node.right, facts);
  if (left === notApplicable || right === notApplicable) return notApplicable;
  switch (node.kind) {
    case 'sum':
      return sumOf(left, right);
    case 'difference':
      return differenceOf(left, right);
    case 'product':
      return productOf(left, right);
  }
}

/** `and` and `or` stop at the first part that decides; this is judged each second for every rule. */
function judgedUntil(decisive: Criterion, of: readonly StatementNode[], facts: Facts): Criterion {
  let isOpen = false;
  for (const one of of) {
    const verdict = judged(one, facts);
    if (verdict === decisive) return decisive;
    if (verdict === 'UNKNOWN') isOpen = true;
  }
  return isOpen ? 'UNKNOWN' : not(decisive);
}

function counted(needed: number, of: readonly StatementNode[], facts: Facts): Criterion {
  let sure = 0;
  let possible = 0;
  for (const one of of) {
    const verdict = judged(one, facts);
    if (verdict === 'TRUE') sure += 1;
    if (verdict !== 'FALSE') possible += 1;
  }
  return sure >= needed ? 'TRUE' : possible < needed ? 'FALSE' : 'UNKNOWN';
}

/** Pure and total: one statement on what is known, three-valued (clinical.md 0.2). */
export function judged(node: StatementNode, facts: Facts): Criterion {
  switch (node.kind) {
    case 'and':
      return judgedUntil('FALSE', node.of, facts);
    case 'or':
      return judgedUntil('TRUE', node.of, facts);
    case 'not':
      return not(judged(node.of, facts));
    case 'certain':
      return judged(node.of, facts) === 'TRUE' ? 'TRUE' : 'FALSE';
    case 'atLeast':
      return counted(node.count, node.of, facts);
    case 'compare': {
      const left = measured(node.left, facts);
      const right = measured(node.right, facts);
      return left === notApplicable || right === notApplicable ? 'FALSE' : compared(left, node.comparison, right);
    }
    case 'flag':
      return facts.flag(node.name);
    case 'oneOf': {
      const code = facts.code(node.name);
      return code === null ? 'UNKNOWN' : node.codes.includes(code) ? 'TRUE' : 'FALSE';
    }
  }
}
