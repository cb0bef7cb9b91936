import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createAesVault } from './aes-vault.ts';

const vault = createAesVault(Buffer.alloc(32, 7));
const key = vault.newWrappedKey('person', 'person-1');
const place = 'person_identity/person-1/case-1';
const name = Buffer.from('张建国');
const sealed = vault.seal(key, 'person', 'person-1', place, name);
const unreadable = { kind: 'unavailable', code: 'vault.sealed-content-unreadable' };

/** What an opening refuses with; a value it opens to would be a failure of the test. */
function refusal(open: () => Buffer): unknown {
  try {
    return open().toString();
  } catch (error) {
    return error;
  }
}

test('what is sealed opens to the same bytes, whatever they are', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2_000 }), (bytes) => {
      const content = Buffer.from(bytes);
      expect(
        vault.open(key, 'person', 'person-1', place, vault.seal(key, 'person', 'person-1', place, content)),
      ).toEqual(content);
    }),
  );
});

test('H25: sealed, nothing of it can be read, and the same name never looks the same twice', () => {
  expect(sealed.includes(name)).toBe(false);
  expect(vault.seal(key, 'person', 'person-1', place, name)).not.toEqual(sealed);
  expect(vault.newWrappedKey('person', 'person-1')).not.toEqual(key);
});

describe('sealed content does not open', () => {
  const otherKey = vault.newWrappedKey('person', 'person-1');
  const othersVault = createAesVault(Buffer.alloc(32, 8));
  test.each<[string, () => Buffer]>([
    [
      'at another place: a row moved to another case',
      () => vault.open(key, 'person', 'person-1', 'person_identity/person-1/case-2', sealed),
    ],
    ['with another key', () => vault.open(otherKey, 'person', 'person-1', place, sealed)],
    ['with its key moved to another person', () => vault.open(key, 'person', 'person-2', place, sealed)],
    ['with its key moved to another scope', () => vault.open(key, 'case', 'person-1', place, sealed)],
    ['under another key-encryption key', () => othersVault.open(key, 'person', 'person-1', place, sealed)],
    ['as raw content', () => vault.openRaw(place, sealed)],
    ['when nothing is there', () => vault.open(key, 'person', 'person-1', place, Buffer.alloc(0))],
    ['when only a nonce is there', () => vault.open(key, 'person', 'person-1', place, sealed.subarray(0, 12))],
  ])('%s', (_, open) => {
    expect(refusal(open)).toMatchObject(unreadable);
  });

  test('with any one bit changed, and its error says nothing of it', () => {
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const flipped = Buffer.from(sealed);
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(refusal(() => vault.open(key, 'person', 'person-1', place, flipped))).toMatchObject(unreadable);
    }
  });

  test('cut short by any number of bytes', () => {
    for (let length = 0; length < sealed.length; length += 1) {
      expect(refusal(() => vault.open(key, 'person', 'person-1', place, sealed.subarray(0, length)))).toMatchObject(
        unreadable,
      );
    }
  });
});

test('raw messages of the quarantine are sealed with the installation’s own key and their place', () => {
  const raw = vault.sealRaw('quarantine/vehicle-1/evt', name);
  expect(vault.openRaw('quarantine/vehicle-1/evt', raw)).toEqual(name);
  expect(refusal(() => vault.openRaw('quarantine/vehicle-2/evt', raw))).toMatchObject(unreadable);
});

test('a key-encryption key of another length is refused', () => {
  for (const length of [0, 16, 31, 33]) expect(() => createAesVault(Buffer.alloc(length))).toThrow(TypeError);
});
