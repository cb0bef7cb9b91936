import type { Tx } from '../db/transaction.ts';

export interface PresenceBeat {
  readonly connectionId: string;
  readonly deskId: string;
  readonly staffId: string;
  readonly isVisible: boolean;
  readonly canSound: boolean;
}

export async function writePresence(tx: Tx, beat: PresenceBeat): Promise<void> {
  await tx.prepared(
    'presence-write',
    `INSERT INTO desk_presence (connection_id, desk_id, staff_id, is_visible, can_sound, beat_at) VALUES ($1, $2, $3, $4, $5, now())
     ON CONFLICT (connection_id) DO UPDATE SET desk_id = EXCLUDED.desk_id, is_visible = EXCLUDED.is_visible,
       can_sound = EXCLUDED.can_sound, beat_at = now()`,
    [beat.connectionId, beat.deskId, beat.staffId, beat.isVisible, beat.canSound],
  );
}

export async function dropPresence(tx: Tx, connectionId: string): Promise<void> {
  await tx.prepared('presence-drop', 'DELETE FROM desk_presence WHERE connection_id = $1', [connectionId]);
}

/** A page that is hidden, muted, frozen or half-open does not staff a desk: only beats of the last 20 s count (faults.md L6). */
export async function staffedDesks(tx: Tx): Promise<string[]> {
  const rows = await tx.query<{ desk_id: string }>(
    "SELECT DISTINCT desk_id FROM desk_presence WHERE is_visible AND can_sound AND beat_at > now() - interval '20 seconds'",
  );
  return rows.map((row) => row.desk_id);
}
