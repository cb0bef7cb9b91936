import type { Db } from '../db/transaction.ts';
import { systemActor } from '../platform/actor.ts';
import type { DueStepRow, DueSteps } from './fire-due-steps.ts';

interface Row {
  case_id: string;
  pre_alert_id: string;
  target_id: string;
  step: string;
  round: number;
  due_at: Date;
}

export function createDueSteps(db: Db): DueSteps {
  return {
    due: (nowMs, limit) =>
      db.withActor(systemActor('clock'), async (tx) => {
        const rows = await tx.prepared<Row>(
          'steps-due',
          `SELECT t.case_id, t.pre_alert_id, d.target_id, d.step, d.round, d.due_at
           FROM due_step d JOIN pre_alert_target t USING (target_id)
           WHERE d.fired_at IS NULL AND d.withdrawn_at IS NULL AND d.due_at <= to_timestamp($1 / 1000.0)
           ORDER BY d.due_at, d.target_id LIMIT $2`,
          [nowMs, limit],
        );
        return rows.map((row): DueStepRow => ({
          caseId: row.case_id,
          preAlertId: row.pre_alert_id,
          targetId: row.target_id,
          step: row.step,
          round: row.round,
          dueAtMs: row.due_at.getTime(),
        }));
      }),
  };
}
