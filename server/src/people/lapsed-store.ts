import type { Tx } from '../db/transaction.ts';

/** Sessions, tickets, nonces and tokens that have run out, and pages that stopped beating a day ago. */
export async function dropLapsed(tx: Tx): Promise<void> {
  await tx.query('DELETE FROM ws_ticket WHERE expires_at < now()');
  await tx.query("DELETE FROM staff_session WHERE expires_at < now() - interval '7 days'");
  await tx.query('DELETE FROM vehicle_nonce WHERE expires_at < now()');
  await tx.query('DELETE FROM vehicle_token WHERE expires_at < now()');
  await tx.query("DELETE FROM desk_presence WHERE beat_at < now() - interval '1 day'");
}
