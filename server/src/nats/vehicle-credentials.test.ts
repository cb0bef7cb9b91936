import { decode, type User } from '@nats-io/jwt';
import { createAccount, createUser } from '@nats-io/nkeys';
import { expect, test } from 'vitest';
import { makeOperatorChain } from './operator-chain.ts';
import { signVehicleJwt } from './vehicle-credentials.ts';

const chain = makeOperatorChain();
const userPublicKey = createUser().getPublicKey();
const sign = (vehicleId: string, key = userPublicKey) =>
  signVehicleJwt({ chain, vehicleId, userPublicKey: key, expiresAtSeconds: 2_000_000_000 });

test('the JWT of a vehicle carries its id and expiry, no permissions of its own, and the scoped signer', async () => {
  const claims = decode<User>(await sign('a1b2c3d4'));
  expect(claims).toMatchObject({ name: 'a1b2c3d4', sub: userPublicKey, exp: 2_000_000_000 });
  expect(claims.iss).toBe(chain.vehicleSigner.getPublicKey());
  expect(claims.nats).toEqual({ type: 'user', version: 2, issuer_account: chain.fleetAccount.getPublicKey() });
});

test.each(['a'.repeat(8), 'a'.repeat(40), '0-0-0-0-0'])('the id %s is signed', async (id) => {
  await expect(sign(id)).resolves.toBeTypeOf('string');
});

test.each([
  '*',
  '>',
  'a'.repeat(7),
  'a'.repeat(41),
  'abcd.efgh',
  'ABCDEFGH',
  'abcd efgh',
  'abcdefg*',
  'abcdefgh\n',
  '{{name()}}',
])('H12: the id %j is not signed', async (id) => {
  await expect(sign(id)).rejects.toMatchObject({ kind: 'invalid', code: 'vehicle.id-malformed' });
});

test('a key that is not a user key is not signed', async () => {
  await expect(sign('a1b2c3d4', createAccount().getPublicKey())).rejects.toMatchObject({
    code: 'vehicle.key-malformed',
  });
  await expect(sign('a1b2c3d4', 'Unonsense')).rejects.toMatchObject({ code: 'vehicle.key-malformed' });
});
