import type { NumericsView } from '@pentad/protocol/console-feed';
import type { CaseId } from '@pentad/protocol/ids';
import type { Tx } from '../db/transaction.ts';
import { numericsView, type NumericsRow } from './recent-numerics-store.ts';

interface PlacedRow extends NumericsRow {
  readonly epoch: string;
  readonly seq: string;
}

/** Where a page of samples ended. */
export interface SamplePlace {
  readonly measuredAtMs: number;
  readonly vehicle: string;
  readonly epoch: string;
  readonly seq: string;
}

export interface SamplePage {
  readonly samples: readonly NumericsView[];
  /** null: these were the last. */
  readonly next: SamplePlace | null;
}

const SINCE_EVER: SamplePlace = {
  measuredAtMs: -1,
  vehicle: '',
  epoch: '00000000-0000-0000-0000-000000000000',
  seq: '-1',
};

/**
 * Stored numerics that name a case, in measured order, of every vehicle that did: whoever reads them asks whose they are.
 * The case's own instants bound the partitions that are opened: from 11 days before it was opened to 4 after its last change.
 */
export async function caseSamples(
  tx: Tx,
  caseId: CaseId,
  after: SamplePlace | null,
  limit: number,
): Promise<SamplePage> {
  const { measuredAtMs, vehicle, epoch, seq } = after ?? SINCE_EVER;
  const rows = await tx.prepared<PlacedRow>(
    'case-samples',
    `SELECT n.* FROM cases c JOIN numerics n ON n.case_id = c.case_id
       AND n.day BETWEEN (c.opened_at AT TIME ZONE 'UTC')::date - 11 AND (c.changed_at AT TIME ZONE 'UTC')::date + 4
     WHERE c.case_id = $1
       AND (n.measured_at, n.vehicle_id, n.epoch, n.seq) > (to_timestamp($2 / 1000.0), $3, $4::uuid, $5::bigint)
     ORDER BY n.measured_at, n.vehicle_id, n.epoch, n.seq LIMIT $6`,
    [caseId, measuredAtMs, vehicle, epoch, seq, limit],
  );
  const last = rows.at(-1);
  const isLast = last === undefined || rows.length < limit;
  return {
    samples: rows.map(numericsView),
    next: isLast
      ? null
      : { measuredAtMs: last.measured_at.getTime(), vehicle: last.vehicle_id, epoch: last.epoch, seq: last.seq },
  };
}
