import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createUser, fromPublic } from '@nats-io/nkeys';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { vehicleFolder } from './vehicle-folder.ts';

let folder: string;
const user = createUser();
const jwtOf = (claims: object) => `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.c2ln`;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pentad-vehicle-'));
  writeFileSync(join(folder, 'vehicle.json'), JSON.stringify({ vehicle: 'veh-0001-test', callSign: '急救01' }));
  writeFileSync(join(folder, 'nkey.seed'), user.getSeed(), { mode: 0o600 });
  writeFileSync(join(folder, 'vehicle.jwt'), jwtOf({ iat: 1_000, exp: 2_000 }));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('the identity is read, and a nonce is signed so that the public key verifies it', () => {
  const credentials = vehicleFolder(folder);
  expect(credentials).toMatchObject({ vehicle: 'veh-0001-test', callSign: '急救01' });
  expect(credentials.jwtLife()).toEqual({ issuedAtMs: 1_000_000, expiresAtMs: 2_000_000 });
  const signature = Buffer.from(credentials.sign('a nonce'), 'base64url');
  expect(fromPublic(user.getPublicKey()).verify(Buffer.from('a nonce'), signature)).toBe(true);
});

test('E18: a renewed JWT replaces the file whole, only for its owner, and is the one used from then on', () => {
  const credentials = vehicleFolder(folder);
  const renewed = jwtOf({ iat: 1_500, exp: 3_000 });
  credentials.replaceJwt(renewed);
  expect(credentials.jwt()).toBe(renewed);
  expect(readFileSync(join(folder, 'vehicle.jwt'), 'utf8')).toBe(renewed);
  expect(statSync(join(folder, 'vehicle.jwt')).mode & 0o777).toBe(0o600);
  expect(() => credentials.replaceJwt('not a jwt')).toThrow('identity.jwt-unreadable');
  expect(credentials.jwt()).toBe(renewed);
});

test.each([
  ['vehicle.json', '{"vehicle":"*","callSign":"x"}', 'identity.vehicle-json-invalid'],
  ['vehicle.jwt', 'nonsense', 'identity.jwt-unreadable'],
])('a damaged %s is refused with a code', (file, content, code) => {
  writeFileSync(join(folder, file), content);
  expect(() => vehicleFolder(folder)).toThrow(code);
});
