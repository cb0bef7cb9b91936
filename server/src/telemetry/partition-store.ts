import type { Tx } from '../db/transaction.ts';

/** Whole days older than this many days go; returns the partitions dropped. */
export async function dropOldWaveforms(tx: Tx, keptDays: number): Promise<string[]> {
  const rows = await tx.query<{ part: string }>(
    "SELECT drop_old_partitions('waveform', (now() AT TIME ZONE 'UTC')::date - $1::int) AS part",
    [keptDays],
  );
  return rows.map(({ part }) => part);
}

/** Waveforms of a day that no clock could have meant are kept beside the others and as long. */
export async function dropOldUndatedWaveforms(tx: Tx, keptDays: number): Promise<void> {
  await tx.query(
    "DELETE FROM telemetry_undated WHERE lane = 'wav' AND received_at < now() - $1::int * interval '1 day'",
    [keptDays],
  );
}

/** One partition a day for [-11, +4]: a day more than items may name on either side, so midnight never finds one missing. */
export async function ensurePartitions(tx: Tx): Promise<void> {
  await tx.query(
    "SELECT ensure_telemetry_partitions((now() AT TIME ZONE 'UTC')::date - 11, (now() AT TIME ZONE 'UTC')::date + 4)",
  );
}
