import type { Comparison } from './node.ts';
import type { Criterion } from '../criterion.ts';

/**
 * Everything a number may still be: a reading is one point, a score with inputs missing a range, what is not known the
 * whole line. `open` ends are not needed: a bound that is only neared is given as the last number short of it.
 */
export interface Interval {
  readonly least: number;
  readonly most: number;
}

export const point = (value: number): Interval => ({ least: value, most: value });
export const anything: Interval = { least: -Infinity, most: Infinity };

export const sumOf = (a: Interval, b: Interval): Interval => ({ least: a.least + b.least, most: a.most + b.most });
export const differenceOf = (a: Interval, b: Interval): Interval => ({
  least: a.least - b.most,
  most: a.most - b.least,
});

export function productOf(a: Interval, b: Interval): Interval {
  const ends = [a.least * b.least, a.least * b.most, a.most * b.least, a.most * b.most];
  // 0 times the whole line is not a number to IEEE 754; here it says nothing is known.
  if (ends.some(Number.isNaN)) return anything;
  return { least: Math.min(...ends), most: Math.max(...ends) };
}

const decided = (isTrue: boolean, isFalse: boolean): Criterion => (isTrue ? 'TRUE' : isFalse ? 'FALSE' : 'UNKNOWN');

/** TRUE or FALSE only when every value the two may still have agrees. */
export function compared(a: Interval, comparison: Comparison, b: Interval): Criterion {
  switch (comparison) {
    case '<':
      return decided(a.most < b.least, a.least >= b.most);
    case '<=':
      return decided(a.most <= b.least, a.least > b.most);
    case '>':
      return decided(a.least > b.most, a.most <= b.least);
    case '>=':
      return decided(a.least >= b.most, a.most < b.least);
  }
}
