import type { StatementNode } from './node.ts';

/** The statement with every term replaced by what it stands for. */
export function withTerms(node: StatementNode, terms: ReadonlyMap<string, StatementNode>): StatementNode {
  switch (node.kind) {
    case 'and':
    case 'or':
    case 'atLeast':
      return { ...node, of: node.of.map((one) => withTerms(one, terms)) };
    case 'not':
    case 'certain':
      return { ...node, of: withTerms(node.of, terms) };
    case 'flag':
      return terms.get(node.name) ?? node;
    case 'compare':
    case 'oneOf':
      return node;
  }
}
