import fc from 'fast-check';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { includesSeq, mergeRanges, rangesOf, SeqRange, unbrokenThrough } from './seq-range.ts';

const aRange = fc
  .tuple(fc.integer({ min: 1, max: 60 }), fc.nat(12))
  .map(([from, length]): SeqRange => [from, from + length]);
const someRanges = fc.array(aRange, { maxLength: 20 });
const seqsOf = (ranges: readonly SeqRange[]) => {
  const seqs = new Set<number>();
  for (const [from, to] of ranges) for (let seq = from; seq <= to; seq += 1) seqs.add(seq);
  return [...seqs].sort((a, b) => a - b);
};

test('merged ranges are sorted, disjoint, not touching, and hold the same seqs (E10)', () => {
  fc.assert(
    fc.property(someRanges, (ranges) => {
      const merged = mergeRanges(ranges);
      for (const [index, [from, to]] of merged.entries()) {
        expect(from).toBeLessThanOrEqual(to);
        expect(from).toBeGreaterThan((merged[index - 1]?.[1] ?? -1) + 1);
      }
      expect(seqsOf(merged)).toEqual(seqsOf(ranges));
    }),
  );
});

test('merging again, in any order, with repeats, changes nothing; what was given is left as it was (E10)', () => {
  fc.assert(
    fc.property(someRanges, fc.nat(), (ranges, turn) => {
      const before = structuredClone(ranges);
      const merged = mergeRanges(ranges);
      const at = ranges.length === 0 ? 0 : turn % ranges.length;
      expect(mergeRanges(merged)).toEqual(merged);
      expect(mergeRanges([...ranges.slice(at), ...ranges, ...ranges.slice(0, at)].reverse())).toEqual(merged);
      expect(ranges).toEqual(before);
    }),
  );
});

test('single seqs, shuffled and repeated, become the ranges that include exactly them', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 80 })), (seqs) => {
      const ranges = rangesOf(seqs);
      for (let seq = 1; seq <= 81; seq += 1) expect(includesSeq(ranges, seq)).toBe(seqs.includes(seq));
      const firstMissing = Array.from({ length: 81 }, (_, index) => index + 1).find((seq) => !seqs.includes(seq)) ?? 0;
      expect(unbrokenThrough(ranges)).toBe(firstMissing - 1);
    }),
  );
});

test('the unbroken prefix begins at 1 or is empty', () => {
  expect(unbrokenThrough([])).toBe(0);
  expect(unbrokenThrough([[2, 9]])).toBe(0);
  expect(
    unbrokenThrough([
      [1, 4],
      [6, 9],
    ]),
  ).toBe(4);
});

test('ranges at the end of the safe integers do not run over', () => {
  const last = Number.MAX_SAFE_INTEGER;
  expect(
    mergeRanges([
      [last, last],
      [1, 1],
      [last - 1, last],
    ]),
  ).toEqual([
    [1, 1],
    [last - 1, last],
  ]);
});

test.each([
  [[1, 1], true],
  [[1, 2], true],
  [[2, 1], false],
  [[0, 1], false],
  [[1], false],
  [[1, 1.5], false],
])('range %j is admitted: %s', (range, isAdmitted) => expect(v.is(SeqRange, range)).toBe(isAdmitted));
