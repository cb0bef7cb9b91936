import { expect, it } from 'vitest';
import type { Facts } from './facts.ts';
import { anything, point } from './interval.ts';
import { parseExpression } from './parse.ts';
import { canHold } from './reach.ts';

const facts: Facts = {
  number: (name) => (name === 'age' ? point(30) : anything),
  flag: (name) => (name === 'yes' || name === 'passingTrue' ? 'TRUE' : name === 'no' ? 'FALSE' : 'UNKNOWN'),
  code: () => null,
  lacking: (name) => [name],
};
const passes = (name: string): boolean => name === 'rate' || name === 'passing' || name === 'passingTrue';

it.each([
  ['rate > 100', true],
  ['rate > 100 and yes', true],
  ['rate > 100 and no', false],
  ['rate > 100 and unasked', false],
  ['rate > 100 or unasked', true],
  ['unasked', false],
  ['not unasked', false],
  ['not certain(unasked)', true],
  ['not certain(yes)', false],
  ['not certain(passing)', true],
  ['certain(passing)', true],
  ['not certain(unasked or passingTrue)', true],
  ['certain(unasked)', false],
  ['not (rate > 100 and no)', true],
  ['not (passing or yes)', false],
  ['age >= 16 and rate > age', true],
  ['age < 16 and rate > age', false],
  ['atLeast(2, yes, unasked, passing)', true],
  ['atLeast(2, no, unasked, passing)', false],
  ['atLeast(3, yes, passing, unasked)', false],
] as const)('while only rate and passing change, "%s" may hold: %s', (text, expected) => {
  expect(canHold(parseExpression(text), facts, passes)).toBe(expected);
});
