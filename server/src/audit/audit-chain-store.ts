import { uuidV7 } from '@pentad/protocol/ids';
import type { Tx } from '../db/transaction.ts';
import type { AuditRow, ChainedRow, ChainHead } from './audit-chain.ts';

interface RowColumns {
  readonly audit_id: string;
  readonly chain: string;
  readonly at_micros: string;
  readonly actor_kind: string;
  readonly actor_id: string;
  readonly action: string;
  readonly object_id: string;
  readonly case_id: string | null;
  readonly purpose: string;
}

const rowColumns = `r.audit_id, r.chain, (extract(epoch FROM r.at) * 1000000)::bigint::text AS at_micros,
  r.actor_kind, r.actor_id, r.action, r.object_id, r.case_id, r.purpose`;

const readRow = (row: RowColumns): AuditRow => ({
  auditId: row.audit_id,
  chain: row.chain,
  atMicros: row.at_micros,
  actorKind: row.actor_kind,
  actorId: row.actor_id,
  action: row.action,
  objectId: row.object_id,
  caseId: row.case_id,
  purpose: row.purpose,
});

/** True while `holder` may link; the database's clock decides. */
export async function holdDuty(tx: Tx, duty: string, holder: string, leaseMs: number): Promise<boolean> {
  const rows = await tx.prepared(
    'duty-hold',
    `INSERT INTO duty_lease AS l (duty, holder, expires_at) VALUES ($1, $2, clock_timestamp() + $3 * interval '1 millisecond')
     ON CONFLICT (duty) DO UPDATE SET holder = EXCLUDED.holder, expires_at = EXCLUDED.expires_at
       WHERE l.holder = EXCLUDED.holder OR l.expires_at <= now() RETURNING 1`,
    [duty, holder, leaseMs],
  );
  return rows.length > 0;
}

/**
 * Committed rows that are in no chain yet, oldest first. Ids are UUIDv7, so `sinceMs` lets the primary key skip what
 * was linked long ago; 0 looks at all of them.
 */
export async function unchainedRows(tx: Tx, sinceMs: number, limit: number): Promise<AuditRow[]> {
  const rows = await tx.prepared<RowColumns>(
    'audit-unchained',
    `SELECT ${rowColumns} FROM audit_row r
     WHERE r.audit_id >= $1 AND NOT EXISTS (SELECT 1 FROM audit_link l WHERE l.audit_id = r.audit_id)
     ORDER BY r.at, r.audit_id LIMIT $2`,
    [uuidV7(Math.max(0, sinceMs), new Uint8Array(10)), limit],
  );
  return rows.map(readRow);
}

interface HeadColumns {
  readonly chain: string;
  readonly n: string;
  readonly hash: Buffer;
}

/** The end of each of these chains; of all of them where null. */
export async function chainHeads(tx: Tx, chains: readonly string[] | null): Promise<ChainHead[]> {
  const rows = await tx.prepared<HeadColumns>(
    'audit-heads',
    `SELECT DISTINCT ON (chain) chain, n, hash FROM audit_link WHERE $1::text[] IS NULL OR chain = ANY($1) ORDER BY chain, n DESC`,
    [chains],
  );
  return rows.map(({ chain, n, hash }) => ({ chain, n: Number(n), hash }));
}

export async function insertLinks(tx: Tx, links: readonly ChainedRow[], nowMs: number): Promise<void> {
  await tx.prepared(
    'audit-links',
    `INSERT INTO audit_link (chain, n, audit_id, hash, linked_at)
     SELECT c, n, a, h, to_timestamp($5 / 1000.0) FROM unnest($1::text[], $2::bigint[], $3::uuid[], $4::bytea[]) AS x(c, n, a, h)`,
    [
      links.map((link) => link.chain),
      links.map((link) => link.n),
      links.map((link) => link.row?.auditId),
      links.map((link) => link.hash),
      nowMs,
    ],
  );
}

/** A stretch of one chain with the rows its links name, for the auditor's check. */
export async function readChain(tx: Tx, chain: string): Promise<ChainedRow[]> {
  const rows = await tx.query<
    RowColumns & { readonly n: string; readonly hash: Buffer; readonly linked_chain: string; readonly has_row: boolean }
  >(
    `SELECT l.chain AS linked_chain, l.n, l.hash, r.audit_id IS NOT NULL AS has_row, ${rowColumns}
     FROM audit_link l LEFT JOIN audit_row r USING (audit_id) WHERE l.chain = $1 ORDER BY l.n`,
    [chain],
  );
  return rows.map((row) => ({
    chain: row.linked_chain,
    n: Number(row.n),
    hash: row.hash,
    row: row.has_row ? readRow(row) : null,
  }));
}
