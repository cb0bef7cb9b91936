import type { Tx } from '../db/transaction.ts';
import type { JobSource } from './dispatch-job.ts';

export interface RefusedRow {
  readonly refusedId: string;
  readonly centre: string;
  readonly source: JobSource;
  readonly code: string;
  readonly raw: Buffer;
  readonly atMs: number;
}

/** The same row with the same code met again is the same refusal. */
export function keepRefused(tx: Tx, row: RefusedRow): void {
  tx.write(
    'dispatch-refused',
    `INSERT INTO dispatch_refused (refused_id, centre, source, code, raw, received_at)
     VALUES ($1, $2, $3, $4, $5, to_timestamp($6 / 1000.0)) ON CONFLICT DO NOTHING`,
    [row.refusedId, row.centre, row.source, row.code, row.raw, row.atMs],
  );
}
