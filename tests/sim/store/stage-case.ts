import { isOver } from '@pentad/protocol/case-reading';
import type { CasePlan } from '@pentad/server/cases/case-planner';
import type { CaseProjection, TargetRow } from '@pentad/server/cases/case-projection';
import { throughJsonb } from './jsonb.ts';
import type { SimStore, SimTx } from './sim-store.ts';
import { inner, laneKey, stepKey, type CaseRow } from './tables.ts';

interface StageOptions {
  readonly nowMs: number;
  readonly keepsSteps: boolean;
}

/** The unique constraints of migrations/0002: none may ever be run into, so each is an invariant here. */
function mustBeUnique(store: SimStore, isUnique: boolean, constraint: string, what: string): void {
  if (!isUnique) store.world.broken(`unique:${constraint}`, what);
}

function appendLog(store: SimStore, row: CaseRow, plan: CasePlan): void {
  const { eventIds, events } = store.tables;
  for (const { recorded, sealed, source } of plan.events) {
    const { eventId, caseId } = recorded.envelope;
    mustBeUnique(
      store,
      row.log.length + 1 === recorded.caseSeq,
      'case_event',
      `${caseId} ${recorded.caseSeq} after ${row.log.length}`,
    );
    mustBeUnique(store, !eventIds.has(eventId), 'event_id', eventId);
    row.log.push({ recorded: throughJsonb(recorded), sealed, source });
    eventIds.set(eventId, caseId);
    if (source === null) continue;
    const lane = inner(events, laneKey(source.vehicle, source.epoch, 'evt'));
    mustBeUnique(store, !lane.has(source.seq), 'vehicle_epoch_seq', `${source.vehicle} ${source.seq}`);
    lane.set(source.seq, eventId);
  }
}

function writeFindings(store: SimStore, plan: CasePlan): void {
  const { findings } = store.tables;
  for (const entry of Object.values(plan.after.findings)) {
    const key = `${plan.after.caseId}/${entry.finding.ruleId}/${entry.episode}`;
    const known = findings.get(key);
    mustBeUnique(store, known === undefined || known === entry.findingId, 'finding', key);
    findings.set(key, entry.findingId);
  }
}

function writePreAlerts(store: SimStore, caseId: string, projection: CaseProjection): void {
  const open = store.tables.openPreAlerts;
  for (const { alert, isOpen } of projection.preAlerts) {
    const key = `${caseId}/${alert.specialty}`;
    if (!isOpen && open.get(key) === alert.preAlertId) open.delete(key);
  }
  for (const { alert, isOpen } of projection.preAlerts) {
    if (!isOpen) continue;
    const key = `${caseId}/${alert.specialty}`;
    mustBeUnique(store, (open.get(key) ?? alert.preAlertId) === alert.preAlertId, 'pre_alert_one_open', key);
    open.set(key, alert.preAlertId);
    const owners = projection.targets.filter((target) => target.preAlertId === alert.preAlertId && target.isOwner);
    mustBeUnique(store, owners.length <= 1, 'pre_alert_target_one_owner', key);
  }
}

/** Pending steps are what the states say and nothing else, as writeSteps of cases/case-projection-store.ts. */
function writeSteps(store: SimStore, caseId: string, target: TargetRow, keepsSteps: boolean): void {
  const { steps } = store.tables;
  for (const { step, round, firedAtMs } of target.fired) {
    const row = steps.get(stepKey({ targetId: target.targetId, step, round }));
    if (row && row.firedAtMs === null) row.firedAtMs = firedAtMs;
  }
  const pending = new Set(target.pending.map((step) => stepKey({ targetId: target.targetId, ...step })));
  for (const row of steps.values()) {
    if (row.targetId !== target.targetId || row.firedAtMs !== null || pending.has(stepKey(row)) || keepsSteps) continue;
    row.isWithdrawn = true;
  }
  for (const { step, round, dueAtMs } of target.pending) {
    const row = steps.get(stepKey({ targetId: target.targetId, step, round }));
    if (!row) {
      const { targetId, preAlertId } = target;
      steps.set(stepKey({ targetId, step, round }), {
        targetId,
        preAlertId,
        caseId,
        step,
        round,
        dueAtMs,
        firedAtMs: null,
        isWithdrawn: false,
      });
    } else if (row.firedAtMs === null) {
      row.dueAtMs = dueAtMs;
      row.isWithdrawn = false;
    }
  }
}

export function stageCase(
  store: SimStore,
  tx: SimTx,
  plan: CasePlan,
  projection: CaseProjection,
  options: StageOptions,
): void {
  tx.stage(() => {
    const { cases } = store.tables;
    const { after, before } = plan;
    const row = cases.get(after.caseId) ?? { state: before, changedAtMs: options.nowMs, log: [] };
    if (row.state.caseSeq !== before.caseSeq)
      store.world.broken('I11', `${after.caseId} written over version ${row.state.caseSeq} from ${before.caseSeq}`);
    if (isOver(row.state) && !isOver(after)) store.world.broken('I11', `${after.caseId} reopened`);
    appendLog(store, row, plan);
    row.state = throughJsonb(after);
    row.changedAtMs = options.nowMs;
    cases.set(after.caseId, row);
    writeFindings(store, plan);
    writePreAlerts(store, after.caseId, projection);
    for (const target of projection.targets) writeSteps(store, after.caseId, target, options.keepsSteps);
  });
}
