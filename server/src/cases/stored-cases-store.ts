import { CaseId } from '@pentad/protocol/ids';
import * as v from 'valibot';
import type { Tx } from '../db/transaction.ts';

/** Cases opened at or after `sinceMs`. */
export async function countCases(tx: Tx, sinceMs: number): Promise<number> {
  const [row] = await tx.query<{ n: number }>(
    'SELECT count(*)::int AS n FROM cases WHERE opened_at >= to_timestamp($1 / 1000.0)',
    [sinceMs],
  );
  return row?.n ?? 0;
}

/** The next ones by id, which is by the time their id was made; null: from the first. */
export async function caseIdsAfter(tx: Tx, sinceMs: number, after: CaseId | null, limit: number): Promise<CaseId[]> {
  const rows = await tx.query<{ case_id: string }>(
    `SELECT case_id FROM cases WHERE opened_at >= to_timestamp($1 / 1000.0) AND ($2::uuid IS NULL OR case_id > $2::uuid)
     ORDER BY case_id LIMIT $3`,
    [sinceMs, after, limit],
  );
  return rows.map((row) => v.parse(CaseId, row.case_id));
}
