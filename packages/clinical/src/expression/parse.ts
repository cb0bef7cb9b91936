import type { Comparison, NumberNode, StatementNode } from './node.ts';
import { ExpressionError, tokensOf, type Token } from './tokens.ts';

const comparisons: readonly string[] = ['<', '<=', '>', '>='] satisfies Comparison[];
const isComparison = (text: string): text is Comparison => comparisons.includes(text);
const reserved: ReadonlySet<string> = new Set(['and', 'or', 'not', 'in', 'atLeast', 'certain']);

class Parser {
  readonly #tokens: readonly Token[];
  #next = 0;

  constructor(text: string) {
    this.#tokens = tokensOf(text);
  }

  whole(): StatementNode {
    const statement = this.#statement();
    if (this.#token.kind !== 'end') this.#refuse(`"${this.#token.text}" is not expected`);
    return statement;
  }

  get #token(): Token {
    return this.#tokens[this.#next] ?? { kind: 'end', text: '', at: 0 };
  }

  #refuse(message: string): never {
    throw new ExpressionError(message, this.#token.at);
  }

  #takes(text: string): boolean {
    if (this.#token.text !== text || this.#token.kind === 'end') return false;
    this.#next += 1;
    return true;
  }

  #expect(text: string): void {
    if (!this.#takes(text)) this.#refuse(`"${text}" is expected`);
  }

  #word(): string {
    const { kind, text } = this.#token;
    if (kind !== 'word' || reserved.has(text)) this.#refuse('a name is expected');
    this.#next += 1;
    return text;
  }

  #statement(): StatementNode {
    return this.#chain('or', () => this.#chain('and', () => this.#negation()));
  }

  #chain(kind: 'and' | 'or', one: () => StatementNode): StatementNode {
    const first = one();
    const of = [first];
    while (this.#takes(kind)) of.push(one());
    return of.length === 1 ? first : { kind, of };
  }

  #negation(): StatementNode {
    return this.#takes('not') ? { kind: 'not', of: this.#negation() } : this.#single();
  }

  #single(): StatementNode {
    if (this.#takes('atLeast')) return this.#atLeast();
    if (this.#takes('certain')) return { kind: 'certain', of: this.#inBrackets(() => this.#statement()) };
    if (!this.#takes('(')) return this.#leaf();
    const statement = this.#statement();
    this.#expect(')');
    return statement;
  }

  #leaf(): StatementNode {
    const left = this.#sum();
    const { text } = this.#token;
    if (isComparison(text)) {
      this.#next += 1;
      return { kind: 'compare', comparison: text, left, right: this.#sum() };
    }
    if (left.kind !== 'measure') this.#refuse('a comparison is expected');
    if (this.#takes('=')) return { kind: 'oneOf', name: left.name, codes: [this.#word()] };
    if (this.#takes('in')) return { kind: 'oneOf', name: left.name, codes: this.#inBrackets(() => this.#codes()) };
    return { kind: 'flag', name: left.name };
  }

  #codes(): readonly string[] {
    const codes = [this.#word()];
    while (this.#takes(',')) codes.push(this.#word());
    return codes;
  }

  #atLeast(): StatementNode {
    return this.#inBrackets(() => {
      const { kind, text } = this.#token;
      if (kind !== 'number') this.#refuse('a count is expected');
      this.#next += 1;
      const of: StatementNode[] = [];
      while (this.#takes(',')) of.push(this.#statement());
      if (of.length < Number(text)) this.#refuse(`atLeast ${text} of ${of.length}`);
      return { kind: 'atLeast', count: Number(text), of };
    });
  }

  #inBrackets<T>(inside: () => T): T {
    this.#expect('(');
    const value = inside();
    this.#expect(')');
    return value;
  }

  #sum(): NumberNode {
    let left = this.#product();
    for (;;) {
      if (this.#takes('+')) left = { kind: 'sum', left, right: this.#product() };
      else if (this.#takes('-')) left = { kind: 'difference', left, right: this.#product() };
      else return left;
    }
  }

  #product(): NumberNode {
    let left = this.#factor();
    while (this.#takes('*')) left = { kind: 'product', left, right: this.#factor() };
    return left;
  }

  #factor(): NumberNode {
    if (this.#token.kind !== 'number') return { kind: 'measure', name: this.#word() };
    const value = Number(this.#token.text);
    this.#next += 1;
    return { kind: 'number', value };
  }
}

/**
 * The text of a rule, as in `systolic < 90 and (confused or not obeysCommands)`: `and`, `or`, `not`, brackets,
 * `atLeast(2, a, b, c)`, `certain(a)` (UNKNOWN counts as FALSE), `sex = female`, `consciousness in (pain, voice)`,
 * numbers compared with < <= > >=, with + - * between them. `and` binds closer than `or`.
 * Throws ExpressionError with the place that cannot be read.
 */
export const parseExpression = (text: string): StatementNode => new Parser(text).whole();
