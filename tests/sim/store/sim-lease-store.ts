import { LEASE_MS, type LeaseStore, type ShardLease } from '@pentad/server/shards/shard-lease';
import type { Life } from '../world/life.ts';
import type { SimStore, SimTx } from './sim-store.ts';

const INSTANCE_LIVES_MS = 6_000;

/** Leases by the store's own clock; rows locked by an alerting transaction are waited for, or skipped by a claim. */
export function createSimLeaseStore(store: SimStore, life: Life): LeaseStore {
  const { tables, world } = store;
  const lease = (shard: number): ShardLease => {
    const row = tables.leases[shard];
    return { shard, token: row?.token ?? 0, expiresAtMs: row?.expiresAtMs ?? 0 };
  };

  const give = (tx: SimTx, shard: number, holder: string, token: number): ShardLease => {
    const expiresAtMs = world.nowMs + LEASE_MS;
    tx.stage(() => {
      tables.leases[shard] = { holder, token, expiresAtMs };
    });
    return { shard, token, expiresAtMs };
  };

  return {
    renew: (holder, held) =>
      store.transaction(life, async (tx) => {
        const kept: ShardLease[] = [];
        for (const { shard, token } of held) {
          await tx.lock(`lease/${shard}`);
          const row = tables.leases[shard];
          if (row?.holder === holder && row.token === token && row.expiresAtMs > tx.startedAtMs)
            kept.push(give(tx, shard, holder, token));
        }
        return kept;
      }),
    claim: (holder, atMost) =>
      store.transaction(life, async (tx) => {
        const free = tables.leases.flatMap((row, shard) => (row.expiresAtMs <= tx.startedAtMs ? [shard] : []));
        const taken = free.filter((shard) => tx.tryLock(`lease/${shard}`)).slice(0, atMost);
        const given = taken.map((shard) => give(tx, shard, holder, lease(shard).token + 1));
        return given;
      }),
    giveUp: (holder, leases) =>
      store.transaction(life, async (tx) => {
        for (const { shard, token } of leases) {
          await tx.lock(`lease/${shard}`);
          const row = tables.leases[shard];
          if (row?.holder === holder && row.token === token)
            tx.stage(() => void Object.assign(row, { holder: null, expiresAtMs: -Infinity }));
        }
      }),
    release: (holder) =>
      store.transaction(life, async (tx) => {
        await tx.statement();
        tx.stage(() => {
          for (const row of tables.leases)
            if (row.holder === holder) Object.assign(row, { holder: null, expiresAtMs: -Infinity });
          tables.instances.delete(holder);
        });
      }),
    beat: (holder) =>
      store.transaction(life, async (tx) => {
        await tx.statement();
        tx.stage(() => void tables.instances.set(holder, world.nowMs));
        const others = [...tables.instances].filter(
          ([id, atMs]) => id !== holder && atMs > world.nowMs - INSTANCE_LIVES_MS,
        );
        return others.length + 1;
      }),
  };
}
