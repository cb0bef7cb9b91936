/** A number of the language: a literal, a fact by name, or their sum, difference and product. */
export type NumberNode =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'measure'; readonly name: string }
  | { readonly kind: 'sum' | 'difference' | 'product'; readonly left: NumberNode; readonly right: NumberNode };

export type Comparison = '<' | '<=' | '>' | '>=';

/** A statement that is TRUE, FALSE or UNKNOWN. */
export type StatementNode =
  | { readonly kind: 'and' | 'or'; readonly of: readonly StatementNode[] }
  | { readonly kind: 'not' | 'certain'; readonly of: StatementNode }
  | { readonly kind: 'atLeast'; readonly count: number; readonly of: readonly StatementNode[] }
  | {
      readonly kind: 'compare';
      readonly comparison: Comparison;
      readonly left: NumberNode;
      readonly right: NumberNode;
    }
  /** A yes/no fact, or a named term of the rule set. */
  | { readonly kind: 'flag'; readonly name: string }
  | { readonly kind: 'oneOf'; readonly name: string; readonly codes: readonly string[] };
