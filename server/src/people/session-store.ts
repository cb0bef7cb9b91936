import type { Tx } from '../db/transaction.ts';
import { readStaffRow, staffColumns } from './staff-store.ts';
import type { SignedIn } from './staff.ts';

export async function insertSession(
  tx: Tx,
  session: { tokenHash: Buffer; staffId: string; nowMs: number; expiresAtMs: number },
): Promise<void> {
  await tx.prepared(
    'session-insert',
    `INSERT INTO staff_session (token_hash, staff_id, created_at, expires_at)
     VALUES ($1, $2, to_timestamp($3 / 1000.0), to_timestamp($4 / 1000.0))`,
    [session.tokenHash, session.staffId, session.nowMs, session.expiresAtMs],
  );
}

/** Who a session speaks for now: nobody once it is revoked or over, or its person disabled. */
export async function readSessionRow(tx: Tx, tokenHash: Buffer, nowMs: number): Promise<SignedIn | null> {
  const rows = await tx.prepared<{ session_expires_at: Date }>(
    'session-read',
    `SELECT ${staffColumns}, x.expires_at AS session_expires_at FROM staff_session x JOIN staff s USING (staff_id)
     WHERE x.token_hash = $1 AND x.revoked_at IS NULL AND x.expires_at > to_timestamp($2 / 1000.0)`,
    [tokenHash, nowMs],
  );
  const row = rows[0];
  if (!row) return null;
  const { actor, chain, isDisabled } = readStaffRow(row);
  if (isDisabled) return null;
  return { actor, chain, sessionKey: tokenHash.toString('hex'), expiresAtMs: row.session_expires_at.getTime() };
}

/** Did this person once sign in with that secret, whatever became of the session? */
export async function isOwnSession(tx: Tx, tokenHash: Buffer, staffId: string): Promise<boolean> {
  const rows = await tx.prepared('session-own', 'SELECT 1 FROM staff_session WHERE token_hash = $1 AND staff_id = $2', [
    tokenHash,
    staffId,
  ]);
  return rows.length > 0;
}

/** False where it was over already. */
export async function revokeSession(tx: Tx, tokenHash: Buffer, nowMs: number): Promise<boolean> {
  const rows = await tx.prepared(
    'session-revoke',
    'UPDATE staff_session SET revoked_at = to_timestamp($2 / 1000.0) WHERE token_hash = $1 AND revoked_at IS NULL RETURNING 1',
    [tokenHash, nowMs],
  );
  return rows.length > 0;
}

export async function insertTicket(
  tx: Tx,
  ticket: { ticketHash: Buffer; tokenHash: Buffer; expiresAtMs: number },
): Promise<void> {
  await tx.prepared(
    'ticket-insert',
    'INSERT INTO ws_ticket (ticket_hash, token_hash, expires_at) VALUES ($1, $2, to_timestamp($3 / 1000.0))',
    [ticket.ticketHash, ticket.tokenHash, ticket.expiresAtMs],
  );
}

/** The session a ticket was given for; of two that show it one gets it. */
export async function takeTicket(tx: Tx, ticketHash: Buffer, nowMs: number): Promise<Buffer | null> {
  const rows = await tx.prepared<{ token_hash: Buffer; is_live: boolean }>(
    'ticket-take',
    'DELETE FROM ws_ticket WHERE ticket_hash = $1 RETURNING token_hash, expires_at > to_timestamp($2 / 1000.0) AS is_live',
    [ticketHash, nowMs],
  );
  return rows[0]?.is_live ? rows[0].token_hash : null;
}
