import type { NumericsView } from '@pentad/protocol/console-feed';
import type { CaseId } from '@pentad/protocol/ids';
import type { Tx } from '../db/transaction.ts';
import { numericsView, type NumericsRow } from './recent-numerics-store.ts';

export interface HistoryWanted {
  readonly caseId: CaseId;
  /** The case's own vehicle: rows another one claimed for the case are never read. */
  readonly vehicle: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly maxRows: number;
}

/** In measured order; when there are more than `maxRows`, every k-th as it was measured and the newest: no averages. */
export async function readHistory(tx: Tx, wanted: HistoryWanted): Promise<NumericsView[]> {
  const rows = await tx.prepared<NumericsRow>(
    'numerics-history',
    `SELECT * FROM (
       SELECT *, row_number() OVER (ORDER BY measured_at DESC, seq DESC) - 1 AS place, count(*) OVER () AS total
       FROM numerics WHERE case_id = $1 AND vehicle_id = $2
         AND day BETWEEN (to_timestamp($3 / 1000.0) AT TIME ZONE 'UTC')::date - 11 AND (to_timestamp($4 / 1000.0) AT TIME ZONE 'UTC')::date + 4
         AND measured_at BETWEEN to_timestamp($3 / 1000.0) AND to_timestamp($4 / 1000.0)
     ) AS x WHERE place % ceil(total / $5::numeric)::bigint = 0 ORDER BY measured_at, seq`,
    [wanted.caseId, wanted.vehicle, wanted.fromMs, wanted.toMs, wanted.maxRows],
  );
  return rows.map(numericsView);
}
