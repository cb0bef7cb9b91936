import { isOver, openPreAlerts } from '@pentad/protocol/case-reading';
import type { CaseState } from '@pentad/protocol/case-state';
import { moreUrgent, type Tier } from '@pentad/protocol/pre-alert';
import type { TargetState } from '@pentad/protocol/pre-alert-state';
import type { Patient } from '../agent/patient.ts';
import type { SimStore } from '../store/sim-store.ts';
import { screenOf } from './screen-checks.ts';
import type { RestOptions } from './rest-options.ts';

/** The rule holds on 30 s of stream; the rest is for a lease to be taken and a batch to be retried. */
const ALERT_WITHIN_MS = 60_000;
const SETTLED_AFTER_MS = 15_000;
const TOLD_WITHIN_MS = 15_000;
const SHOWN_WITHIN_MS = 15_000;

export function checkRequests(store: SimStore, state: CaseState): void {
  const alerts = Object.values(state.preAlerts);
  for (const requestId of Object.keys(state.requests)) {
    const isOf = (alert: (typeof alerts)[number]) =>
      alert.causes.some((cause) => cause.kind === 'crew' && cause.requestId === requestId);
    const taken = alerts.filter((alert) => isOf(alert) && alert.cancelled?.reason !== 'joined-specialty').length;
    if (taken > 1 || (taken === 0 && !isOver(state)))
      store.world.broken('I4', `request ${requestId} stands in ${taken} alerts`);
  }
  const tierOf = (causes: CaseState['preAlerts'][string]['causes']): Tier =>
    causes.reduce<Tier>(
      (tier, cause) =>
        moreUrgent(
          tier,
          (cause.kind === 'crew'
            ? state.requests[cause.requestId]?.tier
            : state.findings[cause.findingId]?.finding.tier) ?? 'advice',
        ),
      'advice',
    );
  for (const alert of alerts) {
    if (alert.tier !== tierOf(alert.causes))
      store.world.broken(
        'I4',
        `${alert.preAlertId} has tier ${alert.tier}, its causes ask for ${tierOf(alert.causes)}`,
      );
  }
}

/** I4 against the patient's true course, which only the simulator knows. */
export function checkFindings({ store, healedAtMs }: RestOptions, state: CaseState, patient: Patient): void {
  const { world } = store;
  const all = Object.values(state.findings);
  for (const ruleId of new Set(all.map(({ finding }) => finding.ruleId))) {
    const found = all.filter(({ finding }) => finding.ruleId === ruleId);
    if (found.length > patient.episodes)
      world.broken(
        'I4',
        `${state.caseId} has ${found.length} findings of ${ruleId} in ${patient.episodes} true episodes (${patient.course})`,
      );
    if (found.filter((entry) => !entry.isEnded).length > 1)
      world.broken('I4', `${state.caseId} has two open findings of ${ruleId}`);
  }
  for (const { sinceMs, lastMs } of failingStretches(patient)) {
    const fromMs = Math.max(sinceMs, healedAtMs + SETTLED_AFTER_MS);
    if (lastMs - fromMs > ALERT_WITHIN_MS) mustAlert(store, state, fromMs + ALERT_WITHIN_MS);
  }
}

interface Stretch {
  readonly sinceMs: number;
  readonly lastMs: number;
}

/** Unbroken stretches of failing vitals as they were measured and captured. */
function failingStretches(patient: Patient): Stretch[] {
  const stretches: Stretch[] = [];
  for (const atMs of patient.failingAtMs) {
    const last = stretches.at(-1);
    if (last && atMs - last.lastMs <= 10_000) stretches[stretches.length - 1] = { ...last, lastMs: atMs };
    else stretches.push({ sinceMs: atMs, lastMs: atMs });
  }
  return stretches;
}

/** Failing long enough with nothing in the way: a finding stands at this instant, and an alert was raised for it. */
function mustAlert(store: SimStore, state: CaseState, atMs: number): void {
  const log = store.tables.cases.get(state.caseId)?.log ?? [];
  const overAtMs = log.find(
    (entry) => entry.recorded.envelope.type === 'case.cancelled' || entry.recorded.clinical['to'] === 'closed',
  )?.recorded.recordedAtMs;
  if (overAtMs !== undefined && overAtMs <= atMs) return;
  const endedAtMs = (findingId: string) =>
    log.find(
      (entry) => entry.recorded.envelope.type === 'finding.ended' && entry.recorded.clinical['findingId'] === findingId,
    )?.recorded.recordedAtMs ?? Infinity;
  const standing = Object.values(state.findings).find(
    (entry) => entry.finding.ruleId === 'GEN-3' && entry.raisedAtMs <= atMs && endedAtMs(entry.findingId) > atMs,
  );
  if (!standing) {
    store.world.broken(
      'I4',
      `${state.caseId} has been failing for ${ALERT_WITHIN_MS / 1_000} s in peace and nothing was found`,
    );
    return;
  }
  const isAlerted = Object.values(state.preAlerts).some((alert) =>
    alert.causes.some((cause) => cause.kind === 'rule' && cause.findingId === standing.findingId),
  );
  if (!isAlerted) store.world.broken('I4', `${state.caseId} has a finding and no alert for it`);
}

/** L-2 and the downlink: nothing is overdue, and the vehicle knows all that was committed of its cases. */
export function checkDelivered({ store, vehicles }: RestOptions): void {
  const { tables, world } = store;
  for (const { state } of tables.cases.values()) {
    for (const alert of openPreAlerts(state).filter(({ ownerTargetId }) => ownerTargetId === null)) {
      const isUnseen = ({ released, addedAtMs, displayedAtMs }: TargetState) =>
        released === null && displayedAtMs === null && addedAtMs < world.nowMs - SHOWN_WITHIN_MS;
      const unseen = Object.values(alert.targets).filter(isUnseen);
      for (const { deskId } of unseen) world.broken('L-2', `${alert.preAlertId} is on no page of ${deskId}`);
    }
  }
  for (const row of tables.steps.values()) {
    const isOverdue = row.firedAtMs === null && !row.isWithdrawn && row.dueAtMs < world.nowMs - 5_000;
    if (isOverdue) world.broken('L-2', `step ${row.step} of ${row.targetId} is overdue`);
  }
  for (const { agent, id, shelf } of vehicles) {
    for (const { state, log } of tables.cases.values()) {
      if (state.vehicle !== id || !agent || isOver(state)) continue;
      const known = screenOf(agent, state.caseId)?.prefixSeq ?? 0;
      const told = log.filter(({ recorded }) => recorded.recordedAtMs < world.nowMs - TOLD_WITHIN_MS).length;
      if (known < told)
        world.broken(
          'L-down',
          `${id} (${shelf.journal?.epoch.slice(0, 6)}) knows ${known} of ${told} of ${state.caseId}`,
        );
    }
  }
}
