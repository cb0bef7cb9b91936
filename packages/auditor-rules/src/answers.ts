import type { PlainCase } from './plain-case.ts';
import { spanOf, verdictOf, type Span, type Verdict } from './three-valued.ts';

const answerTo = ({ items }: PlainCase, name: string): unknown => (Object.hasOwn(items, name) ? items[name] : null);

/** A yes-or-no question. */
export const said = (plain: PlainCase, name: string): Verdict => {
  const answer = answerTo(plain, name);
  return verdictOf(typeof answer === 'boolean' ? answer : null);
};

/** A choice: one of these options was chosen. */
export const chose = (plain: PlainCase, name: string, ...options: readonly string[]): Verdict => {
  const answer = answerTo(plain, name);
  return verdictOf(typeof answer === 'string' ? options.includes(answer) : null);
};
export const choiceOf = (plain: PlainCase, name: string): string | null => {
  const answer = answerTo(plain, name);
  return typeof answer === 'string' ? answer : null;
};

/** A scale or a measure. */
export const measured = (plain: PlainCase, name: string): Span => {
  const answer = answerTo(plain, name);
  return spanOf(typeof answer === 'number' ? answer : null);
};
