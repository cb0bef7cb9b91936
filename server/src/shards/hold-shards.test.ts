import { SHARD_COUNT } from '@pentad/protocol/subjects';
import { beforeEach, describe, expect, test } from 'vitest';
import { FakeTime, recordingLog, settle } from '../platform/fake-time.fixture.ts';
import { ShardHolder } from './hold-shards.ts';
import { LEASE_MS, RENEW_EVERY_MS, type LeaseStore, type ShardLease } from './shard-lease.ts';

/** The table of leases, by the test's clock. */
class MemoryLeases implements LeaseStore {
  readonly rows = Array.from({ length: SHARD_COUNT }, (_, shard) => ({ shard, holder: '', token: 0, expiresAtMs: 0 }));
  readonly #beats = new Map<string, number>();
  readonly #time: FakeTime;
  /** Instances that reach no database. */
  readonly cut = new Set<string>();

  constructor(time: FakeTime) {
    this.#time = time;
  }

  renew(holder: string, held: readonly ShardLease[]): Promise<ShardLease[]> {
    const mine = this.rows.filter(
      (row) => this.#isOf(row, holder) && held.some(({ shard, token }) => shard === row.shard && token === row.token),
    );
    return this.#answer(holder, () => mine.map((row) => this.#extended(row)));
  }

  claim(holder: string, atMost: number): Promise<ShardLease[]> {
    const free = this.rows.filter((row) => row.expiresAtMs <= this.#time.nowMs()).slice(0, atMost);
    return this.#answer(holder, () =>
      free.map((row) => this.#extended(Object.assign(row, { holder, token: row.token + 1 }))),
    );
  }

  giveUp(holder: string, given: readonly ShardLease[]): Promise<void> {
    const mine = this.rows.filter(
      (row) => row.holder === holder && given.some(({ shard, token }) => shard === row.shard && token === row.token),
    );
    return this.#answer(holder, () => {
      for (const row of mine) row.expiresAtMs = 0;
    });
  }

  release(holder: string): Promise<void> {
    return this.#answer(holder, () => {
      for (const row of this.rows) if (row.holder === holder) row.expiresAtMs = 0;
      this.#beats.delete(holder);
    });
  }

  beat(holder: string): Promise<number> {
    return this.#answer(holder, () => {
      this.#beats.set(holder, this.#time.nowMs());
      return [...this.#beats.values()].filter((atMs) => atMs > this.#time.nowMs() - 6_000).length;
    });
  }

  #isOf = (row: { holder: string; expiresAtMs: number }, holder: string) =>
    row.holder === holder && row.expiresAtMs > this.#time.nowMs();

  #extended(row: { shard: number; token: number; expiresAtMs: number }): ShardLease {
    row.expiresAtMs = this.#time.nowMs() + LEASE_MS;
    return { shard: row.shard, token: row.token, expiresAtMs: row.expiresAtMs };
  }

  #answer<T>(holder: string, act: () => T): Promise<T> {
    return this.cut.has(holder) ? Promise.reject(new Error('connection terminated')) : Promise.resolve(act());
  }
}

let time: FakeTime;
let leases: MemoryLeases;
beforeEach(() => {
  time = new FakeTime();
  leases = new MemoryLeases(time);
});

/** An instance with what it believes to work on. */
async function start(instanceId: string) {
  const working = new Set<number>();
  const log = recordingLog();
  const holder = new ShardHolder({
    instanceId,
    leases,
    events: { onTaken: ({ shard }) => void working.add(shard), onLost: (shard) => void working.delete(shard) },
    timers: time,
    log,
  });
  await holder.start();
  await settle();
  return { holder, working, log };
}

const both = (a: ReadonlySet<number>, b: ReadonlySet<number>) => [...a].filter((shard) => b.has(shard));

test('one instance takes all shards and keeps them, each under one token', async () => {
  const { holder, working } = await start('a');
  expect(working.size).toBe(SHARD_COUNT);
  const tokens = holder.held.map(({ token }) => token);
  await time.advance(60_000);
  expect(working.size).toBe(SHARD_COUNT);
  expect(holder.held.map(({ token }) => token)).toEqual(tokens);
  expect(holder.tokenOf(3)).toBe(1);
});

test('leases are renewed long before they end', () => {
  expect(RENEW_EVERY_MS * 3).toBeLessThan(LEASE_MS);
});

test('two instances share: eight each, all of them worked on, none by both', async () => {
  const a = await start('a');
  const b = await start('b');
  let overlaps = 0;
  for (let elapsedMs = 0; elapsedMs < 15_000; elapsedMs += 100) {
    await time.advance(100);
    overlaps += both(a.working, b.working).length;
  }
  expect([a.working.size, b.working.size, overlaps]).toEqual([8, 8, 0]);
});

test('what is over the share is free at once: no shard stands still for a lease’s time', async () => {
  await start('a');
  const b = await start('b');
  await time.advance(2 * RENEW_EVERY_MS + 100);
  expect(b.working.size).toBe(8);
});

test('seven instances leave no shard without one', async () => {
  const all = [];
  for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) all.push(await start(name));
  await time.advance(30_000);
  const held = all.flatMap(({ working }) => [...working]);
  expect(held.toSorted((x, y) => x - y)).toEqual(Array.from({ length: SHARD_COUNT }, (_, shard) => shard));
});

test('P1: when one dies the other has all its shards within 8 s, under newer tokens', async () => {
  const a = await start('a');
  const b = await start('b');
  await time.advance(15_000);
  const before = new Map(a.holder.held.map(({ shard, token }) => [shard, token]));
  leases.cut.add('a');
  await time.advance(8_000);
  expect(b.working.size).toBe(SHARD_COUNT);
  for (const [shard, token] of before) expect(b.holder.tokenOf(shard)).toBeGreaterThan(token);
});

describe('a lease that could not be renewed', () => {
  test('is given up at once, before it can be somebody else’s', async () => {
    const a = await start('a');
    leases.cut.add('a');
    await time.advance(RENEW_EVERY_MS);
    expect([a.working.size, a.holder.held.length, a.holder.tokenOf(0)]).toEqual([0, 0, null]);
    expect(a.log.codes()).toContain('shards.failed');
  });

  test('because another holds it now is given up alone', async () => {
    const a = await start('a');
    const taken = leases.rows[5];
    if (taken) Object.assign(taken, { holder: 'b', token: taken.token + 1 });
    await time.advance(RENEW_EVERY_MS);
    expect(a.working.has(5)).toBe(false);
    expect(a.working.size).toBe(SHARD_COUNT - 1);
  });

  test('P15: because the process stood still is not worked on any longer, nor renewed', async () => {
    const a = await start('a');
    time.jump(LEASE_MS + 1);
    const b = await start('b');
    expect(b.working.size).toBeGreaterThan(0);
    await time.advance(RENEW_EVERY_MS);
    expect(both(a.working, b.working)).toEqual([]);
  });

  test('comes back with the database, under a new token', async () => {
    const a = await start('a');
    leases.cut.add('a');
    await time.advance(10_000);
    leases.cut.clear();
    await time.advance(RENEW_EVERY_MS);
    expect(a.working.size).toBe(SHARD_COUNT);
    expect(a.holder.tokenOf(0)).toBe(2);
  });
});

describe('a stop', () => {
  test('ends the work, then frees the shards for others at once', async () => {
    const a = await start('a');
    await a.holder.stop();
    expect(a.working.size).toBe(0);
    const b = await start('b');
    expect(b.working.size).toBe(SHARD_COUNT);
  });

  test('without a database ends the work all the same', async () => {
    const a = await start('a');
    leases.cut.add('a');
    await a.holder.stop();
    expect(a.working.size).toBe(0);
    expect(a.log.codes()).toContain('shards.release-failed');
  });
});
