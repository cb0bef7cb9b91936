import type { Db, Tx } from '../db/transaction.ts';
import { systemActor } from '../platform/actor.ts';
import { LEASE_MS, type LeaseStore, type ShardLease } from './shard-lease.ts';

interface LeaseRow {
  shard: number;
  token: string;
  expires_at: Date;
}

const readLease = (row: LeaseRow): ShardLease => ({
  shard: row.shard,
  token: Number(row.token),
  expiresAtMs: row.expires_at.getTime(),
});
const ingest = systemActor('ingest');

/** The database's clock alone decides who holds a lease; instances never compare theirs. */
export async function holdsLease(tx: Tx, shard: number, token: number): Promise<boolean> {
  const rows = await tx.prepared(
    'lease-check',
    'SELECT 1 FROM shard_lease WHERE shard = $1 AND token = $2 AND expires_at > now() FOR SHARE',
    [shard, token],
  );
  return rows.length > 0;
}

export function createLeaseStore(db: Db): LeaseStore {
  return {
    renew: (holder, held) =>
      db.withActor(
        ingest,
        async (tx) => {
          const rows = await tx.prepared<LeaseRow>(
            'lease-renew',
            `UPDATE shard_lease l SET expires_at = clock_timestamp() + $4 * interval '1 millisecond'
             FROM unnest($2::smallint[], $3::bigint[]) AS h(shard, token)
             WHERE l.shard = h.shard AND l.token = h.token AND l.holder = $1 AND l.expires_at > now()
             RETURNING l.shard, l.token, l.expires_at`,
            [holder, held.map((lease) => lease.shard), held.map((lease) => lease.token), LEASE_MS],
          );
          return rows.map(readLease);
        },
        'alert',
      ),
    claim: (holder, atMost) =>
      db.withActor(
        ingest,
        async (tx) => {
          const rows = await tx.prepared<LeaseRow>(
            'lease-claim',
            `UPDATE shard_lease l SET holder = $1, token = l.token + 1, expires_at = clock_timestamp() + $3 * interval '1 millisecond'
             WHERE l.shard IN (SELECT shard FROM shard_lease WHERE expires_at <= now() ORDER BY shard LIMIT $2 FOR UPDATE SKIP LOCKED)
             RETURNING l.shard, l.token, l.expires_at`,
            [holder, atMost, LEASE_MS],
          );
          return rows.map(readLease);
        },
        'alert',
      ),
    giveUp: (holder, leases) =>
      db.withActor(
        ingest,
        async (tx) => {
          await tx.query(
            `UPDATE shard_lease l SET holder = NULL, expires_at = '-infinity'
             FROM unnest($2::smallint[], $3::bigint[]) AS h(shard, token)
             WHERE l.shard = h.shard AND l.token = h.token AND l.holder = $1`,
            [holder, leases.map((lease) => lease.shard), leases.map((lease) => lease.token)],
          );
        },
        'alert',
      ),
    release: (holder) =>
      db.withActor(
        ingest,
        async (tx) => {
          await tx.query("UPDATE shard_lease SET holder = NULL, expires_at = '-infinity' WHERE holder = $1", [holder]);
          await tx.query('DELETE FROM server_instance WHERE instance_id = $1', [holder]);
        },
        'alert',
      ),
    beat: (holder) =>
      db.withActor(
        ingest,
        async (tx) => {
          await tx.query(
            'INSERT INTO server_instance (instance_id, beat_at) VALUES ($1, now()) ON CONFLICT (instance_id) DO UPDATE SET beat_at = now()',
            [holder],
          );
          await tx.query("DELETE FROM server_instance WHERE beat_at < now() - interval '1 minute'");
          const rows = await tx.query<{ count: string }>(
            "SELECT count(*) FROM server_instance WHERE beat_at > now() - interval '5 seconds'",
          );
          return Number(rows[0]?.count ?? 1);
        },
        'alert',
      ),
  };
}
