import fc from 'fast-check';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { epochFromBytes, Slug, Uuid, uuidV7, VehicleId } from './ids.ts';

const tenBytes = fc.uint8Array({ minLength: 10, maxLength: 10 });
const anInstant = fc.integer({ min: 0, max: 4_102_444_800_000 });

test('a UUIDv7 carries its instant, version 7 and the RFC variant, whatever the random bytes (E7: 1970 too)', () => {
  fc.assert(
    fc.property(anInstant, tenBytes, (atMs, random) => {
      const id = uuidV7(atMs, random);
      expect(v.is(Uuid, id)).toBe(true);
      expect(id[14]).toBe('7');
      expect('89ab').toContain(id[19]);
      expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(atMs);
    }),
  );
});

test('a UUIDv7 of a later millisecond sorts later', () => {
  fc.assert(
    fc.property(anInstant, fc.integer({ min: 1, max: 100_000 }), tenBytes, tenBytes, (atMs, laterByMs, one, other) => {
      expect(uuidV7(atMs, one) < uuidV7(atMs + laterByMs, other)).toBe(true);
    }),
  );
});

test('a UUIDv7 keeps every random bit that version and variant leave, and does not touch the bytes it was given', () => {
  const random = new Uint8Array(10).fill(0xff);
  expect(uuidV7(0, random)).toBe('00000000-0000-7fff-bfff-ffffffffffff');
  expect(random).toEqual(new Uint8Array(10).fill(0xff));
  expect(uuidV7(0, new Uint8Array(10))).toBe('00000000-0000-7000-8000-000000000000');
});

test('the same clock reading and bytes give the same id, so that a seeded run repeats', () => {
  const random = Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(uuidV7(1_767_225_600_000.9, random)).toBe(uuidV7(1_767_225_600_000, random));
});

test('a UUIDv7 from nine or eleven bytes is a bug', () => {
  expect(() => uuidV7(0, new Uint8Array(9))).toThrow(RangeError);
  expect(() => uuidV7(0, new Uint8Array(11))).toThrow(RangeError);
});

test('an epoch is 128 bits as lower-case hex, and nothing shorter (E6)', () => {
  expect(epochFromBytes(new Uint8Array(16).fill(0x0a))).toBe('0a'.repeat(16));
  expect(() => epochFromBytes(new Uint8Array(15))).toThrow();
});

test.each([
  ['abcdefgh', true],
  ['a'.repeat(40), true],
  ['abcdefg', false],
  ['a'.repeat(41), false],
  ['ABCDEFGH', false],
  ['abcd.efgh', false],
  ['abcdefg*', false],
  ['abcdefg>', false],
  ['abcdefgh\n', false],
])('vehicle id %j is admitted: %s', (id, isAdmitted) => expect(v.is(VehicleId, id)).toBe(isAdmitted));

test.each([
  ['ab', true],
  ['a', false],
  ['a'.repeat(40), true],
  ['a'.repeat(41), false],
  ['-ab', false],
  ['a.b', false],
])('slug %j is admitted: %s', (slug, isAdmitted) => expect(v.is(Slug, slug)).toBe(isAdmitted));
