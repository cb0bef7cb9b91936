import { decode, type Account } from '@nats-io/jwt';
import { expect, test } from 'vitest';
import { signCoreClaims, signFleetClaims, signSysClaims } from './account-claims.ts';
import { makeOperatorChain } from './operator-chain.ts';

const chain = makeOperatorChain();
const allowance = { memoryBytes: 1, diskBytes: 2, streams: 3, consumers: 4 };

test('CORE exports what vehicles send as a service and what they receive as a stream, and has JetStream', async () => {
  const { nats, iss } = decode<Account>(await signCoreClaims(chain, allowance));
  expect(iss).toBe(chain.operator.getPublicKey());
  expect(nats.exports).toEqual([
    { name: 'up', subject: 'pentad.v1.up.>', type: 'service', response_type: 'Singleton' },
    { name: 'dn', subject: 'pentad.v1.dn.>', type: 'stream' },
  ]);
  expect(nats.limits).toMatchObject({ mem_storage: 1, disk_storage: 2, streams: 3, consumer: 4 });
});

test('CORE maps every stored road to one of 16 shards, and neither heartbeats nor asks', async () => {
  const { nats } = decode<Account & { mappings: Record<string, { subject: string }[]> }>(
    await signCoreClaims(chain, allowance),
  );
  const roads = ['evt', 'vit', 'pos', 'wav', 'med', 'bkv', 'bkw', 'bkp'];
  expect(nats.mappings).toEqual(
    Object.fromEntries(
      roads.map((road) => [
        `pentad.v1.up.*.${road}`,
        [{ subject: `pentad.v1.in.{{partition(16,1)}}.{{wildcard(1)}}.${road}` }],
      ]),
    ),
  );
});

test('H12 H14: the scope of a vehicle names its own lanes, downlink and inbox, and nothing else', async () => {
  const { nats } = decode<Account>(await signFleetClaims(chain, {}));
  const [scope] = nats.signing_keys ?? [];
  if (typeof scope !== 'object') throw new Error('FLEET has no vehicle scope');
  expect(scope.key).toBe(chain.vehicleSigner.getPublicKey());
  expect(scope.template.pub?.allow).toEqual(
    ['evt', 'vit', 'pos', 'wav', 'med', 'bkv', 'bkw', 'bkp', 'hb', 'ask.*'].map(
      (lane) => `pentad.v1.up.{{name()}}.${lane}`,
    ),
  );
  expect(scope.template.sub?.allow).toEqual(['pentad.v1.dn.{{name()}}.>', '_INBOX.{{name()}}.>']);
  expect(scope.template).toMatchObject({ subs: 16, payload: 262_144 });
  expect(scope.template).not.toHaveProperty('resp');
  expect(scope.template.bearer_token).toBe(false);
});

test('FLEET and SYS have no JetStream, and FLEET imports from CORE only', async () => {
  const [fleet, sys] = await Promise.all([signFleetClaims(chain, {}), signSysClaims(chain)]);
  for (const jwt of [fleet, sys]) expect(decode<Account>(jwt).nats.limits).not.toHaveProperty('disk_storage');
  const { imports } = decode<Account>(fleet).nats;
  expect(imports?.map(({ account }) => account)).toEqual(
    [chain.coreAccount, chain.coreAccount].map((key) => key.getPublicKey()),
  );
});

test('H13: revocations stand in the claims of FLEET', async () => {
  const { nats } = decode<Account>(await signFleetClaims(chain, { UVEHICLE: 1_700_000_000 }));
  expect(nats.revocations).toEqual({ UVEHICLE: 1_700_000_000 });
});
