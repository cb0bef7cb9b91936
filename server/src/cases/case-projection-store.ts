import type { Tx } from '../db/transaction.ts';
import type { CasePlan } from './case-planner.ts';
import type { CaseProjection, TargetRow } from './case-projection.ts';

function writePreAlerts(tx: Tx, caseId: string, projection: CaseProjection): void {
  for (const { alert, isOpen } of projection.preAlerts) {
    tx.write(
      'pre-alert-upsert',
      `INSERT INTO pre_alert (pre_alert_id, case_id, specialty, tier, is_open, raised_at) VALUES ($1, $2, $3, $4, $5, to_timestamp($6 / 1000.0))
       ON CONFLICT (pre_alert_id) DO UPDATE SET tier = EXCLUDED.tier, is_open = EXCLUDED.is_open`,
      [alert.preAlertId, caseId, alert.specialty, alert.tier, isOpen, alert.raisedAtMs],
    );
  }
  // Owners are given up before they are taken: the unique index allows one at any instant.
  for (const target of [...projection.targets].sort((a, b) => Number(a.isOwner) - Number(b.isOwner))) {
    tx.write(
      'target-upsert',
      `INSERT INTO pre_alert_target (target_id, pre_alert_id, case_id, specialty, desk_id, is_owner, is_ringing, added_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, to_timestamp($8 / 1000.0))
       ON CONFLICT (target_id) DO UPDATE SET is_owner = EXCLUDED.is_owner, is_ringing = EXCLUDED.is_ringing`,
      [
        target.targetId,
        target.preAlertId,
        caseId,
        target.specialty,
        target.deskId,
        target.isOwner,
        target.isRinging,
        target.addedAtMs,
      ],
    );
    writeSteps(tx, target);
  }
}

/** Pending steps are what the states say and nothing else: new ones appear, moved ones move, the rest is withdrawn. */
function writeSteps(tx: Tx, target: TargetRow): void {
  const { pending, fired } = target;
  tx.write(
    'steps-fired',
    `UPDATE due_step d SET fired_at = to_timestamp(f.at / 1000.0)
     FROM unnest($2::text[], $3::int[], $4::bigint[]) AS f(step, round, at)
     WHERE d.target_id = $1 AND d.step = f.step AND d.round = f.round AND d.fired_at IS NULL`,
    [target.targetId, fired.map((row) => row.step), fired.map((row) => row.round), fired.map((row) => row.firedAtMs)],
  );
  tx.write(
    'steps-withdrawn',
    `UPDATE due_step d SET withdrawn_at = now() WHERE d.target_id = $1 AND d.fired_at IS NULL AND d.withdrawn_at IS NULL
       AND NOT EXISTS (SELECT 1 FROM unnest($2::text[], $3::int[]) AS p(step, round) WHERE p.step = d.step AND p.round = d.round)`,
    [target.targetId, pending.map((row) => row.step), pending.map((row) => row.round)],
  );
  tx.write(
    'steps-pending',
    `INSERT INTO due_step (target_id, step, round, due_at)
     SELECT $1, p.step, p.round, to_timestamp(p.due / 1000.0) FROM unnest($2::text[], $3::int[], $4::bigint[]) AS p(step, round, due)
     ON CONFLICT (target_id, step, round) DO UPDATE SET due_at = EXCLUDED.due_at, withdrawn_at = NULL WHERE due_step.fired_at IS NULL`,
    [
      target.targetId,
      pending.map((row) => row.step),
      pending.map((row) => row.round),
      pending.map((row) => row.dueAtMs),
    ],
  );
}

function writeFindings(tx: Tx, plan: CasePlan): void {
  const changed = Object.values(plan.after.findings).filter((entry) => plan.before.findings[entry.findingId] !== entry);
  for (const entry of changed) {
    tx.write(
      'finding-upsert',
      `INSERT INTO finding (finding_id, case_id, rule_id, episode, raised_at, is_ended) VALUES ($1, $2, $3, $4, to_timestamp($5 / 1000.0), $6)
       ON CONFLICT (finding_id) DO UPDATE SET is_ended = EXCLUDED.is_ended`,
      [entry.findingId, plan.after.caseId, entry.finding.ruleId, entry.episode, entry.raisedAtMs, entry.isEnded],
    );
  }
}

export function writeProjection(tx: Tx, plan: CasePlan, projection: CaseProjection, nowMs: number): void {
  const { caseId, caseSeq } = plan.after;
  writeFindings(tx, plan);
  for (const { hospitalId, specialty } of projection.access) {
    tx.write(
      'case-access',
      `INSERT INTO case_access (case_id, hospital_id, specialty, granted_seq, granted_at)
       VALUES ($1, $2, $3, $4, to_timestamp($5 / 1000.0)) ON CONFLICT DO NOTHING`,
      [caseId, hospitalId, specialty, caseSeq, nowMs],
    );
  }
  writePreAlerts(tx, caseId, projection);
}
