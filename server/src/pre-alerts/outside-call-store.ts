import { Specialty } from '@pentad/protocol/center';
import { Tier } from '@pentad/protocol/pre-alert';
import * as v from 'valibot';
import type { Tx } from '../db/transaction.ts';
import { CALL_LIFE_MS, OUTSIDE_STEPS, retryAfterMs, type OutsideCall } from './outside-call.ts';

/** A row for every fired step that calls outside and has none yet: only recent ones, only while its target rings. */
export async function addCalls(tx: Tx, nowMs: number): Promise<void> {
  await tx.prepared(
    'outside-calls-add',
    `INSERT INTO outside_call (target_id, step, round, next_at)
     SELECT d.target_id, d.step, d.round, to_timestamp($1 / 1000.0)
     FROM due_step d JOIN pre_alert_target t USING (target_id)
     WHERE t.is_ringing AND d.fired_at > to_timestamp($2 / 1000.0) AND d.step = ANY($3)
     ON CONFLICT DO NOTHING`,
    [nowMs, nowMs - CALL_LIFE_MS, OUTSIDE_STEPS],
  );
}

/** Calls nobody is waiting for any more: the target was answered, or too much time has passed. */
export async function closeIdleCalls(tx: Tx, nowMs: number): Promise<void> {
  await tx.prepared(
    'outside-calls-close',
    `UPDATE outside_call o SET done_at = to_timestamp($1 / 1000.0), last_code = CASE WHEN t.is_ringing THEN 'given-up' ELSE 'not-needed' END
     FROM pre_alert_target t JOIN due_step d USING (target_id)
     WHERE o.done_at IS NULL AND t.target_id = o.target_id AND d.step = o.step AND d.round = o.round
       AND (NOT t.is_ringing OR d.fired_at < to_timestamp($2 / 1000.0))`,
    [nowMs, nowMs - CALL_LIFE_MS],
  );
}

const CallRow = v.object({
  pre_alert_id: v.string(),
  target_id: v.string(),
  desk_id: v.string(),
  specialty: Specialty,
  tier: Tier,
  step: v.string(),
  round: v.number(),
  fired_at: v.date(),
  attempts: v.number(),
});

/**
 * Takes due calls for this instance by moving their next try into the future before they are made: a crash in
 * between makes one late, never lost, and no second instance makes it meanwhile.
 */
export async function takeDueCalls(tx: Tx, nowMs: number, limit: number): Promise<OutsideCall[]> {
  const rows = await tx.prepared(
    'outside-calls-take',
    `WITH due AS (
       SELECT o.target_id, o.step, o.round FROM outside_call o
       WHERE o.done_at IS NULL AND o.next_at <= to_timestamp($1 / 1000.0) ORDER BY o.next_at LIMIT $2 FOR UPDATE SKIP LOCKED
     ), taken AS (
       UPDATE outside_call o SET attempts = o.attempts + 1, next_at = to_timestamp($1 / 1000.0) + interval '1 minute'
       FROM due WHERE o.target_id = due.target_id AND o.step = due.step AND o.round = due.round
       RETURNING o.target_id, o.step, o.round, o.attempts
     )
     SELECT t.pre_alert_id, t.target_id, t.desk_id, t.specialty, p.tier, x.step, x.round, d.fired_at, x.attempts
     FROM taken x JOIN due_step d USING (target_id, step, round) JOIN pre_alert_target t USING (target_id)
     JOIN pre_alert p ON p.pre_alert_id = t.pre_alert_id ORDER BY d.fired_at`,
    [nowMs, limit],
  );
  return rows.map((raw) => {
    const row = v.parse(CallRow, raw);
    return {
      preAlertId: row.pre_alert_id,
      targetId: row.target_id,
      deskId: row.desk_id,
      specialty: row.specialty,
      tier: row.tier,
      step: row.step,
      round: row.round,
      firedAtMs: row.fired_at.getTime(),
      attempt: row.attempts,
    };
  });
}

export async function recordResult(
  tx: Tx,
  call: OutsideCall,
  result: { readonly isTaken: boolean; readonly code: string },
  nowMs: number,
): Promise<void> {
  await tx.prepared(
    'outside-call-result',
    `UPDATE outside_call SET last_code = $4, done_at = CASE WHEN $5 THEN to_timestamp($6 / 1000.0) END,
       next_at = to_timestamp($7 / 1000.0) WHERE target_id = $1 AND step = $2 AND round = $3 AND done_at IS NULL`,
    [call.targetId, call.step, call.round, result.code, result.isTaken, nowMs, nowMs + retryAfterMs(call.attempt)],
  );
}
