import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SeqSet } from './seq-set.ts';

const range = fc
  .tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 9 }))
  .map(([from, more]): [number, number] => [from, from + more]);
const step = fc.record({ isAdd: fc.boolean(), range });

test('a set of ranges behaves as a set of numbers under any adds and takes, and stays merged', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const set = new SeqSet();
      const model = new Set<number>();
      for (const {
        isAdd,
        range: [from, to],
      } of steps) {
        const taken = isAdd ? set.add([from, to]) : set.take([from, to]);
        const expected: number[] = [];
        for (let seq = from; seq <= to; seq += 1) {
          if (isAdd) model.add(seq);
          else if (model.delete(seq)) expected.push(seq);
        }
        if (taken)
          expect(taken.flatMap(([a, b]) => Array.from({ length: b - a + 1 }, (_, i) => a + i))).toEqual(expected);
      }
      const ranges = set.ranges();
      expect(set.count).toBe(model.size);
      for (let seq = 1; seq <= 70; seq += 1) {
        expect(set.has(seq)).toBe(model.has(seq));
        const below = [...model].filter((other) => other <= seq);
        expect(set.highestAtMost(seq)).toBe(below.length ? Math.max(...below) : null);
      }
      ranges.forEach(([from], index) => index > 0 && expect(from).toBeGreaterThan((ranges[index - 1]?.[1] ?? 0) + 1));
      expect(set.lowest).toBe(model.size ? Math.min(...model) : null);
      expect(set.highest).toBe(model.size ? Math.max(...model) : null);
    }),
    { numRuns: 60 },
  );
}, 30_000);
