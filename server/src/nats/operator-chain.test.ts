import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadOrMakeOperatorChain, makeOperatorChain } from './operator-chain.ts';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'pentad-chain-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

test('a second load gives the keys of the first, from a file only its owner can read', () => {
  const [made, loaded] = [loadOrMakeOperatorChain(join(dir, 'keys')), loadOrMakeOperatorChain(join(dir, 'keys'))];
  const publicKeys = (chain: typeof made) => Object.values(chain).map((key) => key.getPublicKey());
  expect(publicKeys(loaded)).toEqual(publicKeys(made));
  expect(statSync(join(dir, 'keys', 'operator-chain.json')).mode & 0o777).toBe(0o600);
});

test('a damaged file is refused, never replaced by new keys', () => {
  writeFileSync(join(dir, 'operator-chain.json'), '{}');
  expect(() => loadOrMakeOperatorChain(dir)).toThrow();
});

test('every key of a chain is of its kind and used once', () => {
  const keys = Object.values(makeOperatorChain()).map((key) => key.getPublicKey());
  expect(keys.map((key) => key.charAt(0)).join('')).toBe('OAAAAUU');
  expect(new Set(keys).size).toBe(7);
});
