import type { Comparison, NumberNode, StatementNode } from '../expression/node.ts';
import { codeWords } from './code-words.ts';
import { factWords } from './fact-words.ts';
import type { Language, Words } from './words.ts';

/** A statement as it is read: a line, and what it is made of below it. */
export interface Outline {
  readonly line: string;
  readonly parts: readonly Outline[];
}

/** What a rule set's terms mean, by name. */
export type TermWords = ReadonlyMap<string, Words>;

/** Longer than this a statement is laid out in lines. */
const lineLength: Readonly<Record<Language, number>> = { zh: 44, en: 84 };

const signs: Readonly<Record<Comparison, string>> = { '<': '<', '<=': '≤', '>': '>', '>=': '≥' };

type Joined = Extract<StatementNode, { of: readonly StatementNode[] }>;

const numeral = (value: number): string => (value < 0 ? `−${-value}` : String(value));

/** A number without any fact in it, such as `0 - 1`, which is how the language writes a negative one; null: it reads a fact. */
function constantOf(node: NumberNode): number | null {
  if (node.kind === 'number') return node.value;
  if (node.kind === 'measure') return null;
  const [left, right] = [constantOf(node.left), constantOf(node.right)];
  if (left === null || right === null) return null;
  return node.kind === 'sum' ? left + right : node.kind === 'difference' ? left - right : left * right;
}

/** Says statements in one language. */
export class StatementSpeaker {
  readonly #language: Language;
  readonly #terms: TermWords;

  constructor(language: Language, terms: TermWords) {
    this.#language = language;
    this.#terms = terms;
  }

  outline(node: StatementNode): Outline {
    const line = this.#inline(node);
    if (line.length <= lineLength[this.#language]) return { line, parts: [] };
    return this.#laidOut(node) ?? { line, parts: [] };
  }

  /** null: nothing in it to lay out. */
  #laidOut(node: StatementNode): Outline | null {
    switch (node.kind) {
      case 'and':
        return this.#listed(this.#say('以下全部', 'all of'), node);
      case 'or':
        return this.#listed(this.#say('以下任一', 'any of'), node);
      case 'atLeast':
        return this.#listed(this.#say(`以下至少 ${node.count} 项`, `at least ${node.count} of`), node);
      case 'not':
        if (node.of.kind === 'or') return this.#listed(this.#say('以下均为否', 'none of'), node.of);
        return this.#below(this.#say('以下不成立', 'not so'), node.of);
      case 'certain':
        return this.#below(this.#say('已确知（未知不算）', 'known for certain (unknown does not count)'), node.of);
      default:
        return null;
    }
  }

  #listed(line: string, { of }: Joined): Outline {
    return { line: this.#colon(line), parts: of.map((one) => this.outline(one)) };
  }

  #below(line: string, node: StatementNode): Outline | null {
    const inner = this.#laidOut(node);
    return inner && { line: this.#colon(line), parts: [inner] };
  }

  #colon(line: string): string {
    return line + this.#say('：', ':');
  }

  #say(zh: string, en: string): string {
    return this.#language === 'zh' ? zh : en;
  }

  #inline(node: StatementNode): string {
    switch (node.kind) {
      case 'and':
        return node.of.map((one) => this.#nested(one, 'or')).join(this.#say(' 且 ', ' and '));
      case 'or':
        return node.of.map((one) => this.#nested(one, 'and')).join(this.#say(' 或 ', ' or '));
      case 'atLeast': {
        const parts = node.of.map((one) => this.#inline(one)).join(this.#say('；', '; '));
        return this.#say(`至少 ${node.count} 项（${parts}）`, `at least ${node.count} of (${parts})`);
      }
      case 'not':
        return this.#negated(node.of);
      case 'certain':
        return this.#say(`确知${this.#bracketed(node.of)}`, `certainly ${this.#bracketed(node.of)}`);
      case 'compare':
        return this.#compared(node);
      case 'flag':
        return this.#quoted(node.name) ?? factWords(node.name)[this.#language];
      case 'oneOf':
        return `${factWords(node.name)[this.#language]} ${this.#say('为', 'is')} ${this.#codes(node)}`;
    }
  }

  /** A part that joins by the other word stands in brackets. */
  #nested(node: StatementNode, other: 'and' | 'or'): string {
    return node.kind === other ? this.#say(`（${this.#inline(node)}）`, `(${this.#inline(node)})`) : this.#inline(node);
  }

  #bracketed(node: StatementNode): string {
    return node.kind === 'and' || node.kind === 'or' || node.kind === 'compare'
      ? this.#say(`（${this.#inline(node)}）`, `(${this.#inline(node)})`)
      : this.#inline(node);
  }

  #negated(node: StatementNode): string {
    switch (node.kind) {
      case 'flag': {
        const quoted = this.#quoted(node.name);
        if (quoted !== null) return this.#say(`并非${quoted}`, `not ${quoted}`);
        return `${factWords(node.name)[this.#language]}${this.#say('：否', ': no')}`;
      }
      case 'oneOf':
        return `${factWords(node.name)[this.#language]} ${this.#say('不是', 'is not')} ${this.#codes(node)}`;
      case 'certain':
        return this.#say(`并不确知${this.#bracketed(node.of)}`, `not known to be ${this.#bracketed(node.of)}`);
      default:
        return this.#say(`并非${this.#bracketed(node)}`, `not ${this.#bracketed(node)}`);
    }
  }

  /** A term by its meaning, null for what is none. */
  #quoted(name: string): string | null {
    const term = this.#terms.get(name);
    return term ? this.#say(`「${term.zh}」`, `“${term.en}”`) : null;
  }

  #codes({ name, codes }: Extract<StatementNode, { kind: 'oneOf' }>): string {
    return codes.map((code) => codeWords(name, code)[this.#language]).join(this.#say('、', ' or '));
  }

  #compared({ comparison, left, right }: Extract<StatementNode, { kind: 'compare' }>): string {
    return `${this.#number(left, right)} ${signs[comparison]} ${this.#number(right, left)}`;
  }

  /** A number that stands against one quantity is written in its unit. */
  #number(node: NumberNode, against: NumberNode | null): string {
    const value = constantOf(node);
    if (value !== null) return against?.kind === 'measure' ? this.#quantity(value, against.name) : numeral(value);
    switch (node.kind) {
      case 'number':
        return numeral(node.value);
      case 'measure':
        return factWords(node.name)[this.#language];
      case 'sum':
        return `${this.#number(node.left, null)} + ${this.#number(node.right, null)}`;
      case 'difference':
        return `${this.#number(node.left, null)} − ${this.#factor(node.right)}`;
      case 'product':
        return `${this.#factor(node.left)} × ${this.#factor(node.right)}`;
    }
  }

  #factor(node: NumberNode): string {
    const text = this.#number(node, null);
    return node.kind === 'sum' || node.kind === 'difference' ? `(${text})` : text;
  }

  #quantity(value: number, name: string): string {
    if (name === 'gestationDays')
      return this.#say(`${Math.floor(value / 7)}+${value % 7} 周`, `${Math.floor(value / 7)}+${value % 7} weeks`);
    const unit = factWords(name).unit?.[this.#language];
    if (unit === undefined) return numeral(value);
    return unit === '%' || unit === '℃' || unit.startsWith('/') ? numeral(value) + unit : `${numeral(value)} ${unit}`;
  }
}
