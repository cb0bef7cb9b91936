import type { RecordedEvent, KnownEvent } from './case-event.ts';
import type { Specialty } from './center.ts';
import type { DeskId, HospitalId, PreAlertId, TargetId } from './ids.ts';
import { makesOwner, moreUrgent, type Answer, type PreAlertCause, type Tier } from './pre-alert.ts';

export interface Stamp {
  readonly atMs: number;
  readonly byId: string;
  readonly byName: string | null;
}

export interface AnswerGiven extends Stamp {
  readonly answer: Answer;
  readonly minutes: number | null;
  readonly reason: string | null;
}

export interface EscalationFired {
  readonly step: string;
  readonly round: number;
  readonly dueAtMs: number;
  readonly firedAtMs: number;
}

export interface TargetState {
  readonly targetId: TargetId;
  readonly hospitalId: HospitalId;
  readonly deskId: DeskId;
  readonly addedAtMs: number;
  readonly addedFor: string;
  /** When it last began to ring: its ladder is counted from here. A lapsed promise begins a new cycle. */
  readonly ringsFromMs: number;
  readonly ringCycle: number;
  readonly deliveredAtMs: number | null;
  readonly displayedAtMs: number | null;
  readonly seen: Stamp | null;
  readonly answers: readonly AnswerGiven[];
  readonly released: { readonly reason: string; readonly atMs: number } | null;
  readonly escalations: readonly EscalationFired[];
}

export interface PreAlertState {
  readonly preAlertId: PreAlertId;
  readonly specialty: Specialty;
  readonly tier: Tier;
  readonly raisedAtMs: number;
  readonly causes: readonly PreAlertCause[];
  readonly targets: Readonly<Record<string, TargetState>>;
  readonly ownerTargetId: TargetId | null;
  readonly cancelled: (Stamp & { readonly reason: string }) | null;
  readonly teamActivated: Stamp | null;
  readonly teamReady: Stamp | null;
  readonly stoodDown: (Stamp & { readonly kind: string; readonly reason: string }) | null;
}

export type PreAlerts = Readonly<Record<string, PreAlertState>>;

/** The ladder row that is due when a promised minute has come. */
export const PROMISED_STEP = 'promised';

const stampOf = (event: RecordedEvent): Stamp => ({
  atMs: event.recordedAtMs,
  byId: event.envelope.actor.id,
  byName: event.envelope.actor.name,
});

const newTarget = (
  target: { targetId: TargetId; hospitalId: HospitalId; deskId: DeskId },
  addedAtMs: number,
  addedFor: string,
): TargetState => ({
  targetId: target.targetId,
  hospitalId: target.hospitalId,
  deskId: target.deskId,
  addedAtMs,
  addedFor,
  ringsFromMs: addedAtMs,
  ringCycle: 0,
  deliveredAtMs: null,
  displayedAtMs: null,
  seen: null,
  answers: [],
  released: null,
  escalations: [],
});

function withTarget(
  alert: PreAlertState,
  targetId: TargetId,
  change: (target: TargetState) => TargetState,
): PreAlertState {
  const target = alert.targets[targetId];
  return target ? { ...alert, targets: { ...alert.targets, [targetId]: change(target) } } : alert;
}

/** The owner is the first answer that makes one; it is only given up when its own target is released. */
function withAnswer(alert: PreAlertState, targetId: TargetId, given: AnswerGiven): PreAlertState {
  const answered = withTarget(alert, targetId, (target) => ({ ...target, answers: [...target.answers, given] }));
  const target = answered.targets[targetId];
  const takes =
    makesOwner(given.answer) &&
    alert.ownerTargetId === null &&
    isOpenPreAlert(alert) &&
    target !== undefined &&
    target.released === null;
  return takes ? { ...answered, ownerTargetId: targetId } : answered;
}

/** N分钟后可接 has run out and nobody accepted: the target rings again from the start of its ladder. */
function withLapsedPromise(alert: PreAlertState, targetId: TargetId, atMs: number): PreAlertState {
  const lastAnswer = alert.targets[targetId]?.answers.filter((given) => makesOwner(given.answer)).at(-1);
  if (alert.ownerTargetId !== targetId || lastAnswer?.answer !== 'accept-in-minutes') return alert;
  const rung = withTarget(alert, targetId, (target) => ({
    ...target,
    ringsFromMs: atMs,
    ringCycle: target.ringCycle + 1,
  }));
  return { ...rung, ownerTargetId: null };
}

function step(alert: PreAlertState, known: KnownEvent, event: RecordedEvent): PreAlertState {
  const atMs = event.recordedAtMs;
  switch (known.type) {
    case 'pre-alert.tier-raised':
      return {
        ...alert,
        tier: moreUrgent(alert.tier, known.clinical.tier),
        causes: [...alert.causes, known.clinical.cause],
      };
    case 'pre-alert.cause-added':
      return { ...alert, causes: [...alert.causes, known.clinical.cause] };
    case 'pre-alert.tier-lowered':
      return { ...alert, tier: known.clinical.tier };
    case 'pre-alert.target-added': {
      const { target, reason } = known.clinical;
      if (alert.targets[target.targetId]) return alert;
      return { ...alert, targets: { ...alert.targets, [target.targetId]: newTarget(target, atMs, reason) } };
    }
    case 'pre-alert.target-released': {
      const { targetId, reason } = known.clinical;
      const released = withTarget(alert, targetId, (target) => ({
        ...target,
        released: target.released ?? { reason, atMs },
      }));
      return alert.ownerTargetId === targetId ? { ...released, ownerTargetId: null } : released;
    }
    case 'pre-alert.delivered':
      return withTarget(alert, known.clinical.targetId, (target) => ({
        ...target,
        deliveredAtMs: target.deliveredAtMs ?? atMs,
      }));
    case 'pre-alert.displayed':
      return withTarget(alert, known.clinical.targetId, (target) => ({
        ...target,
        displayedAtMs: target.displayedAtMs ?? atMs,
      }));
    case 'pre-alert.seen':
      return withTarget(alert, known.clinical.targetId, (target) => ({
        ...target,
        seen: target.seen ?? stampOf(event),
      }));
    case 'pre-alert.answered': {
      const { answer, minutes, reason, targetId } = known.clinical;
      return withAnswer(alert, targetId, { ...stampOf(event), answer, minutes, reason });
    }
    case 'pre-alert.escalated': {
      const { step: name, round, dueAtMs, targetId } = known.clinical;
      const fired = { step: name, round, dueAtMs, firedAtMs: atMs };
      const escalated = withTarget(alert, targetId, (target) => ({
        ...target,
        escalations: [...target.escalations, fired],
      }));
      return name === PROMISED_STEP ? withLapsedPromise(escalated, targetId, atMs) : escalated;
    }
    case 'pre-alert.cancelled':
      return { ...alert, cancelled: alert.cancelled ?? { ...stampOf(event), reason: known.clinical.reason } };
    case 'team.activated':
      return alert.stoodDown
        ? { ...alert, teamActivated: stampOf(event), teamReady: null, stoodDown: null }
        : { ...alert, teamActivated: alert.teamActivated ?? stampOf(event) };
    case 'team.ready':
      return { ...alert, teamReady: alert.teamReady ?? stampOf(event) };
    case 'team.stood-down': {
      const { kind, reason } = known.clinical;
      return { ...alert, stoodDown: { ...stampOf(event), kind, reason } };
    }
    default:
      return alert;
  }
}

/** Folds one event into the pre-alerts of a case; events about a pre-alert never raised change nothing. */
export function foldPreAlerts(alerts: PreAlerts, known: KnownEvent, event: RecordedEvent): PreAlerts {
  if (known.type === 'pre-alert.raised') {
    const { preAlertId, specialty, tier, cause, targets } = known.clinical;
    if (alerts[preAlertId]) return alerts;
    const raised: PreAlertState = {
      preAlertId,
      specialty,
      tier,
      raisedAtMs: event.recordedAtMs,
      causes: [cause],
      targets: Object.fromEntries(
        targets.map((target) => [target.targetId, newTarget(target, event.recordedAtMs, 'raised')]),
      ),
      ownerTargetId: null,
      cancelled: null,
      teamActivated: null,
      teamReady: null,
      stoodDown: null,
    };
    return { ...alerts, [preAlertId]: raised };
  }
  const id = 'preAlertId' in known.clinical ? known.clinical.preAlertId : null;
  const alert = typeof id === 'string' ? alerts[id] : undefined;
  if (!alert) return alerts;
  const next = step(alert, known, event);
  return next === alert ? alerts : { ...alerts, [alert.preAlertId]: next };
}

/** Open: still asks for something. A target that nobody has answered keeps ringing until it is owned, released or cancelled. */
export const isOpenPreAlert = (alert: PreAlertState): boolean => alert.cancelled === null && alert.stoodDown === null;

export const isRinging = (alert: PreAlertState, target: TargetState): boolean =>
  isOpenPreAlert(alert) && alert.ownerTargetId === null && target.released === null && alert.tier !== 'advice';

/** The answer the crew is shown: the owner's last, or else null. */
export function ownerAnswer(alert: PreAlertState): (AnswerGiven & { readonly target: TargetState }) | null {
  const target = alert.ownerTargetId === null ? undefined : alert.targets[alert.ownerTargetId];
  const answer = target?.answers.filter((given) => makesOwner(given.answer)).at(-1);
  return target && answer ? { ...answer, target } : null;
}
