/** What stands in a rule cannot be read; `at` is the place in the text, counted from 0. */
export class ExpressionError extends Error {
  readonly at: number;
  constructor(message: string, at: number) {
    super(`${message} (at character ${at})`);
    this.at = at;
  }
}

export interface Token {
  readonly kind: 'number' | 'word' | 'symbol' | 'end';
  readonly text: string;
  readonly at: number;
}

const pattern = /\s*(?:(?<number>\d+(?:\.\d+)?)|(?<word>[a-zA-Z][a-zA-Z0-9-]*)|(?<symbol><=|>=|[<>=()+*,-]))/y;

/** Splits the text of a rule; a hyphen inside a word belongs to it (`chest-pain`), so a difference needs spaces. */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (text.slice(at).trim() !== '') {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (!found?.groups) throw new ExpressionError(`cannot read "${text.slice(at, at + 12).trim()}"`, at);
    const [kind = 'symbol', value = ''] = Object.entries(found.groups).find(([, one]) => one !== undefined) ?? [];
    tokens.push({ kind: kind as Token['kind'], text: value, at: pattern.lastIndex - value.length });
    at = pattern.lastIndex;
  }
  return [...tokens, { kind: 'end', text: '', at: text.length }];
}
