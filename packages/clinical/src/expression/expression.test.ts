import { describe, expect, it } from 'vitest';
import type { Criterion } from '../criterion.ts';
import { decidedBy, lackedBy } from './explain.ts';
import { notApplicable, type Facts } from './facts.ts';
import { anything, point, type Interval } from './interval.ts';
import { judged } from './judge.ts';
import { parseExpression } from './parse.ts';

type Value = number | boolean | string | Interval;

const factsWith = (values: Readonly<Record<string, Value>>): Facts => {
  const isNumber = (value: Value | undefined): boolean => typeof value === 'number' || typeof value === 'object';
  return {
    number: (name) => {
      const value = values[name];
      if (value === notApplicable) return notApplicable;
      return typeof value === 'number' ? point(value) : typeof value === 'object' ? value : anything;
    },
    flag: (name) => (values[name] === true ? 'TRUE' : values[name] === false ? 'FALSE' : 'UNKNOWN'),
    code: (name) => (typeof values[name] === 'string' ? values[name] : null),
    lacking: (name) => (isNumber(values[name]) || values[name] !== undefined ? [] : [name]),
  };
};
const verdict = (text: string, values: Readonly<Record<string, Value>> = {}): Criterion =>
  judged(parseExpression(text), factsWith(values));

describe('a statement', () => {
  it.each([
    ['a < 90', { a: 89.9 }, 'TRUE'],
    ['a < 90', { a: 90 }, 'FALSE'],
    ['a <= 90', { a: 90 }, 'TRUE'],
    ['a > 90', { a: 90 }, 'FALSE'],
    ['a >= 90', { a: 90 }, 'TRUE'],
    ['a < 90', {}, 'UNKNOWN'],
    ['a >= 7', { a: { least: 5, most: 9 } }, 'UNKNOWN'],
    ['a >= 5', { a: { least: 5, most: 9 } }, 'TRUE'],
    ['a >= 10', { a: { least: 5, most: 9 } }, 'FALSE'],
    ['a < 90', { a: notApplicable }, 'FALSE'],
    ['a >= 0', { a: notApplicable }, 'FALSE'],
    ['a < 70 + 2 * b', { a: 79, b: 5 }, 'TRUE'],
    ['a < 70 + 2 * b', { a: 80, b: 5 }, 'FALSE'],
    ['10 * a >= 9 * b', { a: 108, b: 120 }, 'TRUE'],
    ['10 * a >= 9 * b', { a: 107, b: 119 }, 'FALSE'],
    ['a - b >= 20', { a: 140, b: 121 }, 'FALSE'],
    ['a or b and c', { a: true, b: false, c: false }, 'TRUE'],
    ['(a or b) and c', { a: true, b: false, c: false }, 'FALSE'],
    ['a or b', { a: false }, 'UNKNOWN'],
    ['a and b', { a: false }, 'FALSE'],
    ['not a', {}, 'UNKNOWN'],
    ['not certain(a)', {}, 'TRUE'],
    ['not certain(a)', { a: true }, 'FALSE'],
    ['sex = female', { sex: 'female' }, 'TRUE'],
    ['sex = female', {}, 'UNKNOWN'],
    ['mind in (pain, unresponsive)', { mind: 'voice' }, 'FALSE'],
    ['atLeast(2, a, b, c)', { a: true, b: true }, 'TRUE'],
    ['atLeast(2, a, b, c)', { a: true, b: false }, 'UNKNOWN'],
    ['atLeast(2, a, b, c)', { a: false, b: false }, 'FALSE'],
  ] as const)('%s with %o is %s', (text, values, expected) => {
    expect(verdict(text, values)).toBe(expected);
  });

  it.each([
    ['a <', 'a name is expected'],
    ['a b', 'not expected'],
    ['90 < ', 'a name is expected'],
    ['a = 5', 'a name is expected'],
    ['a & b', 'cannot read'],
    ['(a or b', '")" is expected'],
    ['atLeast(3, a, b)', 'atLeast 3 of 2'],
    ['5', 'a comparison is expected'],
    ['a + 5', 'a comparison is expected'],
    ['and', 'a name is expected'],
    ['', 'a name is expected'],
  ])('%s is refused: %s', (text, message) => {
    expect(() => parseExpression(text)).toThrow(message);
  });
});

describe('the reason', () => {
  const rule = parseExpression('(a < 90 or b) and (c or d) and not e');

  it('of a statement that holds names what holds, and nothing beside it', () => {
    expect(decidedBy(rule, factsWith({ a: 80, b: false, c: true, d: true, e: false }))).toEqual(['a', 'c', 'd', 'e']);
  });

  it('of one that fails names what failed', () => {
    expect(decidedBy(rule, factsWith({ a: 80, b: false, c: false, d: false, e: false }))).toEqual(['c', 'd']);
  });

  it('of an open one is what could still decide it', () => {
    expect(lackedBy(rule, factsWith({ a: 80, c: false }))).toEqual(['d', 'e']);
    expect(lackedBy(rule, factsWith({ a: 80, c: false, d: false }))).toEqual([]);
  });
});
