import type { Region } from './region.ts';

/**
 * Moves the next step of each target of a pre-alert to a moment ago: the rows are the only clock of a ladder (design
 * decision 5). The later ones keep their times, so that order stays the server's affair.
 */
export async function makeNextStepDue(region: Region, preAlertId: string): Promise<void> {
  const id = `'${preAlertId}'::uuid`;
  // The case's row is locked first, as every writer of the product does.
  await region.query(
    `BEGIN;
     SELECT 1 FROM cases JOIN pre_alert USING (case_id) WHERE pre_alert_id = ${id} FOR UPDATE OF cases;
     UPDATE due_step d SET due_at = now() - interval '10 milliseconds'
     FROM (SELECT DISTINCT ON (target_id) target_id, step, round FROM due_step JOIN pre_alert_target t USING (target_id)
           WHERE t.pre_alert_id = ${id} AND fired_at IS NULL AND withdrawn_at IS NULL ORDER BY target_id, due_at) AS o
     WHERE d.target_id = o.target_id AND d.step = o.step AND d.round = o.round AND d.due_at > now();
     COMMIT`,
  );
}

export async function firedSteps(region: Region, preAlertId: string): Promise<string[]> {
  const rows = await region.query<{ step: string }>(
    `SELECT clinical->>'step' AS step FROM case_event
     WHERE event_type = 'pre-alert.escalated' AND clinical->>'preAlertId' = $1 ORDER BY case_seq`,
    [preAlertId],
  );
  return rows.map((row) => row.step);
}
