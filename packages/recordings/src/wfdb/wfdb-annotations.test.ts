import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { refusalOf } from '../refusal.fixture.ts';
import { decodeWfdbAnnotations, isBeat } from './wfdb-annotations.ts';

const word = (code: number, data: number): number[] => {
  const value = (code << 10) | data;
  return [value & 0xff, value >> 8];
};
const bytesOf = (...words: readonly number[][]): Uint8Array => Uint8Array.from(words.flat());
const END = word(0, 0);

describe('an annotation file', () => {
  test('counts time from annotation to annotation, with long steps', () => {
    const found = decodeWfdbAnnotations(bytesOf(word(1, 18), word(59, 0), [1, 0, 2, 0], word(5, 4), END));
    expect(found.map(({ sample, code }) => [sample, code])).toEqual([
      [18, 1],
      [18 + 65_538 + 4, 5],
    ]);
    expect(found.every(isBeat)).toBe(true);
  });

  test('carries subtype, channel and text of the annotation before', () => {
    const found = decodeWfdbAnnotations(
      bytesOf(word(28, 7), word(63, 3), [0x28, 0x4e, 0x00, 0x00], word(61, 255), word(62, 1), word(1, 1), END),
    );
    expect(found).toEqual([
      { sample: 7, code: 28, subtype: -1, channel: 1, aux: '(N\0' },
      { sample: 8, code: 1, subtype: 0, channel: 1, aux: null },
    ]);
    expect(found.filter(isBeat)).toHaveLength(1);
  });

  test.each([
    ['without its end', bytesOf(word(1, 18))],
    ['cut in a word', Uint8Array.of(1)],
    ['with text of nothing', bytesOf(word(63, 2), [65, 65], END)],
    ['with text past the end', bytesOf(word(1, 1), word(63, 9), END)],
    ['running backwards', bytesOf(word(1, 9), word(59, 0), [0xff, 0xff, 0xf0, 0xff], word(1, 1), END)],
  ])('%s is refused', (_, bytes) => {
    expect(refusalOf(() => decodeWfdbAnnotations(bytes))).toBe('wfdb.annotations-invalid');
  });

  test('of random bytes is read or refused', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void refusalOf(() => decodeWfdbAnnotations(bytes))),
    );
  });
});
