import type { Tx } from '../db/transaction.ts';

/** Public keys of revoked vehicles with the second from which their JWTs no longer count. */
export async function readRevocations(tx: Tx): Promise<Record<string, number>> {
  const rows = await tx.query<{ nkey_public: string; at: string }>(
    'SELECT nkey_public, floor(extract(epoch FROM revoked_at))::bigint AS at FROM vehicle WHERE revoked_at IS NOT NULL',
  );
  return Object.fromEntries(rows.map((row) => [row.nkey_public, Number(row.at)]));
}
