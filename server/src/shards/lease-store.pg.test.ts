import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../db/test-database.fixture.ts';
import { systemActor } from '../platform/actor.ts';
import { createLeaseStore, holdsLease } from './lease-store.ts';
import { LEASE_MS, type LeaseStore } from './shard-lease.ts';

let database: TestDatabase;
let admin: pg.Client;
let leases: LeaseStore;
const [a, b] = [randomUUID(), randomUUID()];

beforeAll(async () => {
  database = await createTestDatabase();
  admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
  leases = createLeaseStore(database.db);
});
afterAll(async () => {
  await admin.end();
  await database.close();
});
beforeEach(async () => {
  await admin.query("UPDATE shard_lease SET holder = NULL, token = 0, expires_at = '-infinity'");
  await admin.query('DELETE FROM server_instance');
});

const expire = (shards: readonly number[]) =>
  admin.query("UPDATE shard_lease SET expires_at = now() - interval '1 ms' WHERE shard = ANY ($1)", [shards]);
const holds = (shard: number, token: number) =>
  database.db.withActor(systemActor('ingest'), (tx) => holdsLease(tx, shard, token));
const shardsOf = (held: readonly { shard: number }[]) => held.map(({ shard }) => shard).toSorted((x, y) => x - y);

describe('a claim', () => {
  test.each([1, 5, 8, 16, 40])('of %i takes that many of the free shards and no more', async (atMost) => {
    const taken = await leases.claim(a, atMost);
    expect(taken).toHaveLength(Math.min(16, atMost));
    expect(new Set(shardsOf(taken)).size).toBe(taken.length);
    expect(taken.every(({ token }) => token === 1)).toBe(true);
  });

  test('by many at once gives every shard to one of them', async () => {
    const holders = Array.from({ length: 8 }, () => randomUUID());
    const taken = await Promise.all(holders.map((holder) => leases.claim(holder, 4)));
    const shards = taken.flat().map(({ shard }) => shard);
    expect(new Set(shards).size).toBe(shards.length);
    expect(taken.every((own) => own.length <= 4)).toBe(true);
  });

  test('takes nothing that another holds, until it runs out; then under a token that has grown', async () => {
    await leases.claim(a, 16);
    expect(await leases.claim(b, 16)).toEqual([]);
    await expire([3, 4]);
    const taken = await leases.claim(b, 16);
    expect(taken.toSorted((x, y) => x.shard - y.shard).map(({ shard, token }) => [shard, token])).toEqual([
      [3, 2],
      [4, 2],
    ]);
  });

  test('lasts as long as a lease, by the database’s clock', async () => {
    await leases.claim(a, 1);
    const { rows } = await admin.query<{ left_ms: string }>(
      'SELECT extract(epoch FROM expires_at - now()) * 1000 AS left_ms FROM shard_lease WHERE holder = $1',
      [a],
    );
    expect(Number(rows[0]?.left_ms)).toBeGreaterThan(LEASE_MS - 2_000);
    expect(Number(rows[0]?.left_ms)).toBeLessThanOrEqual(LEASE_MS);
  });
});

describe('a renewal', () => {
  test('keeps what is still held, under the same token, for another whole lease', async () => {
    const held = await leases.claim(a, 2);
    await admin.query("UPDATE shard_lease SET expires_at = now() + interval '1 s' WHERE holder = $1", [a]);
    const kept = await leases.renew(a, held);
    expect(kept.map(({ shard, token }) => [shard, token])).toEqual(held.map(({ shard, token }) => [shard, token]));
    expect(kept.every(({ expiresAtMs }, index) => expiresAtMs > (held[index]?.expiresAtMs ?? 0) - 1_000)).toBe(true);
  });

  test('leaves out what has run out, even if nobody has taken it yet', async () => {
    const held = await leases.claim(a, 2);
    const [first, second] = held;
    if (!first || !second) throw new Error('nothing held');
    await expire([first.shard]);
    expect(shardsOf(await leases.renew(a, held))).toEqual([second.shard]);
  });

  test('P1: leaves out what another holds now, also with the old token', async () => {
    const held = await leases.claim(a, 1);
    await expire(shardsOf(held));
    const taken = await leases.claim(b, 1);
    expect(await leases.renew(a, held)).toEqual([]);
    expect(await leases.renew(a, taken)).toEqual([]);
    expect(await leases.renew(b, taken)).toHaveLength(1);
  });
});

describe('fencing: a write is allowed', () => {
  test('to the holder’s token alone, and only while the lease lasts', async () => {
    const [lease] = await leases.claim(a, 1);
    if (!lease) throw new Error('nothing held');
    const { shard, token } = lease;
    expect(
      await Promise.all([
        holds(shard, token),
        holds(shard, token + 1),
        holds(shard, token - 1),
        holds((shard + 1) % 16, token),
      ]),
    ).toEqual([true, false, false, false]);
    await expire([shard]);
    expect(await holds(shard, token)).toBe(false);
    await leases.claim(b, 1);
    expect(await Promise.all([holds(shard, token), holds(shard, token + 1)])).toEqual([false, true]);
  });

  test('and while it is under way nobody else becomes the holder', async () => {
    const [lease] = await leases.claim(a, 1);
    if (!lease) throw new Error('nothing held');
    const claimed = await database.db.withActor(systemActor('ingest'), async (tx) => {
      expect(await holdsLease(tx, lease.shard, lease.token)).toBe(true);
      return leases.claim(b, 16);
    });
    expect(shardsOf(claimed)).not.toContain(lease.shard);
  });
});

test('instances that live are those heard of in the last six seconds; old ones are forgotten', async () => {
  expect(await leases.beat(a)).toBe(1);
  expect(await leases.beat(b)).toBe(2);
  expect(await leases.beat(b)).toBe(2);
  await admin.query("UPDATE server_instance SET beat_at = now() - interval '7 s' WHERE instance_id = $1", [a]);
  expect(await leases.beat(b)).toBe(1);
  await admin.query("UPDATE server_instance SET beat_at = now() - interval '2 min' WHERE instance_id = $1", [a]);
  await leases.beat(b);
  expect((await admin.query('SELECT 1 FROM server_instance')).rowCount).toBe(1);
});

test('a release frees what this instance holds, for others at once, and nothing of theirs', async () => {
  const own = await leases.claim(a, 8);
  const others = await leases.claim(b, 8);
  await leases.beat(a);
  await leases.release(a);
  expect(shardsOf(await leases.claim(b, 16))).toEqual(shardsOf(own));
  expect(await leases.renew(b, others)).toHaveLength(8);
  expect(await leases.beat(b)).toBe(1);
});

test('what is given up is free for others at once; under an old token nothing of theirs is', async () => {
  const own = await leases.claim(a, 8);
  await leases.giveUp(a, own.slice(0, 3));
  expect(shardsOf(await leases.claim(b, 16)).length).toBe(16 - 5);
  await leases.giveUp(a, own);
  expect(await leases.renew(a, own)).toEqual([]);
  expect((await admin.query('SELECT 1 FROM shard_lease WHERE holder = $1', [b])).rowCount).toBe(11);
});
