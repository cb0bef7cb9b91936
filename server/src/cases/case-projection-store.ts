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
  if (projection.targets.length > 0) writeTargets(tx, caseId, projection.targets);
}

function writeTargets(tx: Tx, caseId: string, all: readonly TargetRow[]): void {
  // Owners are given up before they are taken: the unique index allows one at any instant.
  const targets = [...all].sort((a, b) => Number(a.isOwner) - Number(b.isOwner));
  const each = <T>(read: (target: TargetRow) => T): T[] => targets.map(read);
  tx.write(
    'targets-upsert',
    `INSERT INTO pre_alert_target (target_id, pre_alert_id, case_id, specialty, desk_id, is_owner, is_ringing, added_at)
     SELECT t, p, $1, s, d, o, r, to_timestamp(a / 1000.0)
     FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::boolean[], $7::boolean[], $8::float8[])
       WITH ORDINALITY AS x(t, p, s, d, o, r, a, i) ORDER BY i
     ON CONFLICT (target_id) DO UPDATE SET is_owner = EXCLUDED.is_owner, is_ringing = EXCLUDED.is_ringing`,
    [
      caseId,
      each((target) => target.targetId),
      each((target) => target.preAlertId),
      each((target) => target.specialty),
      each((target) => target.deskId),
      each((target) => target.isOwner),
      each((target) => target.isRinging),
      each((target) => target.addedAtMs),
    ],
  );
  writeSteps(tx, targets);
}

/** Pending steps are what the states say and nothing else: new ones appear, moved ones move, the rest is withdrawn. */
function writeSteps(tx: Tx, targets: readonly TargetRow[]): void {
  const fired = targets.flatMap(({ targetId, fired: own }) => own.map((row) => ({ targetId, ...row })));
  const pending = targets.flatMap(({ targetId, pending: own }) => own.map((row) => ({ targetId, ...row })));
  if (fired.length > 0)
    tx.write(
      'steps-fired',
      `UPDATE due_step d SET fired_at = to_timestamp(f.at / 1000.0)
       FROM unnest($1::uuid[], $2::text[], $3::int[], $4::bigint[]) AS f(target, step, round, at)
       WHERE d.target_id = f.target AND d.step = f.step AND d.round = f.round AND d.fired_at IS NULL`,
      [
        fired.map((row) => row.targetId),
        fired.map((row) => row.step),
        fired.map((row) => row.round),
        fired.map((row) => row.firedAtMs),
      ],
    );
  const pendingSteps = [
    pending.map((row) => row.targetId),
    pending.map((row) => row.step),
    pending.map((row) => row.round),
  ];
  tx.write(
    'steps-withdrawn',
    `UPDATE due_step d SET withdrawn_at = now() WHERE d.target_id = ANY($4::uuid[]) AND d.fired_at IS NULL AND d.withdrawn_at IS NULL
       AND NOT EXISTS (SELECT 1 FROM unnest($1::uuid[], $2::text[], $3::int[]) AS p(target, step, round)
         WHERE p.target = d.target_id AND p.step = d.step AND p.round = d.round)`,
    [...pendingSteps, targets.map(({ targetId }) => targetId)],
  );
  if (pending.length > 0)
    tx.write(
      'steps-pending',
      `INSERT INTO due_step (target_id, step, round, due_at)
       SELECT target, step, round, to_timestamp(due / 1000.0) FROM unnest($1::uuid[], $2::text[], $3::int[], $4::bigint[]) AS p(target, step, round, due)
       ON CONFLICT (target_id, step, round) DO UPDATE SET due_at = EXCLUDED.due_at, withdrawn_at = NULL WHERE due_step.fired_at IS NULL`,
      [...pendingSteps, pending.map((row) => row.dueAtMs)],
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
  const { access } = projection;
  if (access.length > 0)
    tx.write(
      'case-access',
      `INSERT INTO case_access (case_id, hospital_id, specialty, granted_seq, granted_at)
       SELECT $1, h, s, $2, to_timestamp($3 / 1000.0) FROM unnest($4::text[], $5::text[]) AS x(h, s) ON CONFLICT DO NOTHING`,
      [caseId, caseSeq, nowMs, access.map(({ hospitalId }) => hospitalId), access.map(({ specialty }) => specialty)],
    );
  writePreAlerts(tx, caseId, projection);
}
