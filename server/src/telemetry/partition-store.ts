import type { Tx } from '../db/transaction.ts';

/** One partition a day for [-11, +4]: a day more than items may name on either side, so midnight never finds one missing. */
export async function ensurePartitions(tx: Tx): Promise<void> {
  await tx.query(
    "SELECT ensure_telemetry_partitions((now() AT TIME ZONE 'UTC')::date - 11, (now() AT TIME ZONE 'UTC')::date + 4)",
  );
}
