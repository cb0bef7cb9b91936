import type { Tx } from '../db/transaction.ts';
import type { Clock, Ids } from '../platform/ports.ts';
import type { AuditEntry } from './audit-entry.ts';

/** In the writer's own transaction: an act and its audit row are committed together or not at all. */
export function writeAudit(tx: Tx, entries: readonly AuditEntry[], clock: Clock, ids: Ids): void {
  if (entries.length === 0) return;
  const column = <K extends keyof AuditEntry>(key: K) => entries.map((entry) => entry[key]);
  tx.write(
    'audit-write',
    `INSERT INTO audit_row (audit_id, chain, at, actor_kind, actor_id, action, object_id, case_id, purpose)
     SELECT a, c, to_timestamp($2 / 1000.0), k, i, x, o, s, p
     FROM unnest($1::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::uuid[], $9::text[]) AS r(a, c, k, i, x, o, s, p)`,
    [
      entries.map(() => ids.next()),
      clock.nowMs(),
      column('chain'),
      column('actorKind'),
      column('actorId'),
      column('action'),
      column('objectId'),
      column('caseId'),
      column('purpose'),
    ],
  );
}
