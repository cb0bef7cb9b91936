import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadOrMakeKey } from './key-file.ts';

let dir = '';
let file = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'pentad-key-'));
  file = join(dir, 'keys', 'key-encryption-key');
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

test('the key is made once, 32 random bytes that only their owner reads, and is the same from then on', () => {
  const made = loadOrMakeKey(file);
  expect(made).toHaveLength(32);
  expect(loadOrMakeKey(file)).toEqual(made);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(statSync(join(dir, 'keys')).mode & 0o777).toBe(0o700);
  expect(loadOrMakeKey(join(dir, 'other'))).not.toEqual(made);
});

test.each([
  ['is empty', ''],
  ['is cut short', 'ab'.repeat(31)],
  ['is no hex', 'zz'.repeat(32)],
])('a key file that %s stops the start and is left as it is: a new key would orphan all that is sealed', (_, text) => {
  loadOrMakeKey(file);
  writeFileSync(file, text);
  expect(() => loadOrMakeKey(file)).toThrow(TypeError);
  expect(readFileSync(file, 'utf8')).toBe(text);
});

test('a key file that cannot be read stops the start', () => {
  expect(() => loadOrMakeKey(dir)).toThrow(/EISDIR/);
});
