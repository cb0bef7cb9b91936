import type { NumberNode, StatementNode } from './node.ts';

/** A name as a statement uses it. */
export interface ReadName {
  readonly name: string;
  readonly kind: 'number' | 'flag' | 'code';
}

const numbersOf = (node: NumberNode): readonly ReadName[] => {
  if (node.kind === 'number') return [];
  return node.kind === 'measure'
    ? [{ name: node.name, kind: 'number' }]
    : [...numbersOf(node.left), ...numbersOf(node.right)];
};

/** Every name a statement reads, in the order of the text, repeats included. */
export function readNames(node: StatementNode): readonly ReadName[] {
  switch (node.kind) {
    case 'and':
    case 'or':
    case 'atLeast':
      return node.of.flatMap(readNames);
    case 'not':
    case 'certain':
      return readNames(node.of);
    case 'compare':
      return [...numbersOf(node.left), ...numbersOf(node.right)];
    case 'flag':
      return [{ name: node.name, kind: 'flag' }];
    case 'oneOf':
      return [{ name: node.name, kind: 'code' }];
  }
}
