import { isOver, openPreAlerts } from '@pentad/protocol/case-reading';
import { readClinical, type ClinicalByType, type RecordedEvent } from '@pentad/protocol/case-event';
import type { CaseState } from '@pentad/protocol/case-state';
import { tierFactor } from '@pentad/protocol/phone-table';
import {
  isOpenPreAlert,
  isRinging,
  PROMISED_STEP,
  type PreAlertState,
  type TargetState,
} from '@pentad/protocol/pre-alert-state';
import { REPEAT_STEP } from '@pentad/server/pre-alerts/ladder';
import { directory } from '../region.ts';
import type { CaseCommit, SimStore } from '../store/sim-store.ts';
import type { StepRow } from '../store/tables.ts';

type Escalated = ClinicalByType['pre-alert.escalated'];
const escalatedOf = (event: RecordedEvent): Escalated | null => {
  const known = readClinical(event.envelope.type, event.clinical);
  return known !== 'unknown-type' && known !== 'invalid' && known.type === 'pre-alert.escalated'
    ? known.clinical
    : null;
};

/** design.md, The pre-alert: 180 s the last rung, then each 60 s. */
const LAST_RUNG_MS = 180_000;
const REPEAT_EVERY_MS = 60_000;
/** Two instances' clocks may be this far apart. */
const CLOCKS_APART_MS = 500;

const ladderOrder = ['all-on-duty', 'second-channel', 'director-and-region', 'next-desk', REPEAT_STEP];
const placeInLadder = ({ step, round }: { step: string; round: number }): number =>
  Math.floor(round / 10_000) * 1_000_000 + ladderOrder.indexOf(step) * 20_000 + (round % 10_000);

/** What must be true of the tables at every commit of a case, whoever wrote it. */
export class CommitChecks {
  readonly #store: SimStore;
  readonly #fired = new Set<string>();
  readonly #lastPlace = new Map<string, number>();

  constructor(store: SimStore) {
    this.#store = store;
    store.caseCommitted.push((commit) => this.#check(commit));
  }

  #broken(invariant: string, what: string): void {
    this.#store.world.broken(invariant, what);
  }

  #check(commit: CaseCommit): void {
    const { plan } = commit;
    const { after, before } = plan;
    this.#store.world.note(
      'commit',
      `${commit.by} ${after.caseId.slice(-6)} ${plan.events.map(({ recorded }) => `${recorded.caseSeq}:${recorded.envelope.type}${detailOf(recorded)}`).join(' ')}`,
    );
    for (const { recorded } of plan.events) {
      const isRead = typeof readClinical(recorded.envelope.type, recorded.clinical) === 'object';
      if (!isRead) this.#broken('fold', `${recorded.envelope.type} was written and does not fit its own schema`);
    }
    this.#checkLease(commit);
    this.#checkMonotone(before, after);
    this.#checkOwners(before, after);
    this.#checkEscalations(commit);
    this.#checkNoOrphan(after, plan.events.at(-1)?.recorded.recordedAtMs ?? 0);
    this.#checkTargets(after);
  }

  #checkLease({ guard, by }: CaseCommit): void {
    if (guard?.kind !== 'lease') return;
    const lease = this.#store.tables.leases[guard.shard];
    if (lease?.token !== guard.token)
      this.#broken(
        'lease',
        `${by} alerted on shard ${guard.shard} with token ${guard.token}, the lease has ${lease?.token}`,
      );
  }

  /** I11: nothing that was over is taken up again. */
  #checkMonotone(before: CaseState, after: CaseState): void {
    if (after.caseSeq <= before.caseSeq) this.#broken('I11', `${after.caseId} did not grow`);
    if (!isOver(before)) return;
    if (!isOver(after)) this.#broken('I11', `${after.caseId} reopened`);
    if (Object.keys(after.preAlerts).length > Object.keys(before.preAlerts).length)
      this.#broken('I11', `${after.caseId} alerted after it was over`);
  }

  /** I10: an owner is never exchanged for another in silence, and given up only by release or a lapsed promise. */
  #checkOwners(before: CaseState, after: CaseState): void {
    for (const alert of Object.values(after.preAlerts)) {
      const owner = before.preAlerts[alert.preAlertId]?.ownerTargetId ?? null;
      if (owner === null || alert.ownerTargetId === owner) continue;
      const target = alert.targets[owner];
      const hasLapsed = target?.escalations.some(({ step }) => step === PROMISED_STEP) ?? false;
      if (target?.released === null && !hasLapsed) this.#broken('I10', `${alert.preAlertId} lost its owner`);
      if (alert.ownerTargetId !== null && target?.released === null)
        this.#broken('I10', `${alert.preAlertId} changed owner`);
    }
  }

  /** I8: each step once, in order, never early, never after an owning answer. */
  #checkEscalations({ plan }: CaseCommit): void {
    for (const { recorded } of plan.events) {
      const fired = escalatedOf(recorded);
      if (!fired) continue;
      const { targetId, preAlertId, step, round, dueAtMs } = fired;
      const key = `${targetId}/${step}/${round}`;
      if (this.#fired.has(key)) this.#broken('I8', `step ${key} fired twice`);
      this.#fired.add(key);
      if (recorded.recordedAtMs < dueAtMs)
        this.#broken('I8', `step ${key} fired ${dueAtMs - recorded.recordedAtMs} ms early`);
      const owner = plan.before.preAlerts[preAlertId]?.ownerTargetId ?? null;
      if (step === PROMISED_STEP ? owner !== targetId : owner !== null)
        this.#broken('I8', `step ${key} fired with owner ${owner}`);
      if (isOver(plan.before)) this.#broken('I8', `step ${key} fired on a case that is over`);
      if (step === PROMISED_STEP) continue;
      const place = placeInLadder({ step, round });
      if (place < (this.#lastPlace.get(targetId) ?? -1)) this.#broken('I8', `step ${key} fired out of order`);
      this.#lastPlace.set(targetId, place);
    }
  }

  /** I6 and I7: who rings has a step to come; who is owned, released or over has none but a promise. */
  #checkNoOrphan(after: CaseState, nowMs: number): void {
    const pending = [...this.#store.tables.steps.values()].filter(
      (row) => row.caseId === after.caseId && row.firedAtMs === null && !row.isWithdrawn,
    );
    for (const alert of Object.values(after.preAlerts)) {
      const own = pending.filter((row) => row.preAlertId === alert.preAlertId);
      const isDone = isOver(after) || !isOpenPreAlert(alert);
      if (isDone || alert.tier === 'advice') {
        if (isDone ? own.length > 0 : own.some((row) => row.step !== PROMISED_STEP))
          this.#broken('I7', `${alert.preAlertId} is done and still has ${own.map((row) => row.step).join(' ')}`);
        continue;
      }
      const live = Object.values(alert.targets).filter((target) => target.released === null);
      if (live.length === 0) this.#broken('I6', `${alert.preAlertId} is open and asks nobody`);
      if (alert.ownerTargetId !== null) this.#checkOwned(alert.preAlertId, own);
      for (const target of Object.values(alert.targets)) {
        const steps = own.filter((row) => row.targetId === target.targetId);
        if (isRinging(alert, target)) this.#checkRinging(alert, target, steps, nowMs);
        if (target.released !== null && steps.length > 0)
          this.#broken('I7', `target ${target.targetId} is released and still has ${steps.length} steps`);
      }
    }
  }

  /** L9: after the last rung somebody is called each minute (二级: each two) until a person takes it. */
  #checkRinging(
    alert: PreAlertState,
    { targetId, ringsFromMs }: TargetState,
    steps: readonly StepRow[],
    nowMs: number,
  ): void {
    if (steps.length === 0) this.#broken('I6', `target ${targetId} rings and nothing is due`);
    const repeat = steps.find((row) => row.step === REPEAT_STEP);
    if (!repeat) return;
    const factor = tierFactor(alert.tier);
    const lateMs =
      repeat.dueAtMs -
      Math.max(nowMs, ringsFromMs + LAST_RUNG_MS * factor) -
      REPEAT_EVERY_MS * factor -
      CLOCKS_APART_MS;
    if (lateMs > 0) this.#broken('L9', `target ${targetId} rings and is called again ${lateMs / 1_000} s too late`);
  }

  #checkOwned(preAlertId: string, own: readonly StepRow[]): void {
    const kept = own.filter((row) => row.step !== PROMISED_STEP);
    if (kept.length > 0)
      this.#broken('I8', `${preAlertId} is owned and ${kept.map((row) => row.step).join(' ')} still stand`);
  }

  /** I5 and L12: a desk that serves the specialty; one open alert per specialty; none without a cause. */
  #checkTargets(after: CaseState): void {
    const open = openPreAlerts(after);
    if (new Set(open.map((alert) => alert.specialty)).size < open.length)
      this.#broken('I4', `${after.caseId} has two open alerts of one specialty`);
    for (const alert of open) {
      for (const target of Object.values(alert.targets)) {
        const desk = directory.hospital(target.hospitalId)?.desks.find((one) => one.deskId === target.deskId);
        if (!desk?.serves.includes(alert.specialty))
          this.#broken('I5', `${target.deskId} does not serve ${alert.specialty}`);
      }
      for (const cause of alert.causes) {
        const isKnown = cause.kind === 'crew' ? after.requests[cause.requestId] : after.findings[cause.findingId];
        if (!isKnown) this.#broken('I4', `${alert.preAlertId} has a cause that does not exist`);
      }
    }
  }
}

/** What stands in the trace beside an event's type. */
function detailOf({ clinical }: RecordedEvent): string {
  const { step, round, answer, specialty, tier, targetId } = clinical;
  const shown = [answer, step, round, specialty, tier, typeof targetId === 'string' ? targetId.slice(-4) : undefined];
  const text = shown.filter((value) => typeof value === 'string' || typeof value === 'number').join(',');
  return text === '' ? '' : `(${text})`;
}
