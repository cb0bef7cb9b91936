import { isOver, milestones, openConflicts } from '@pentad/protocol/case-reading';
import type { CaseState } from '@pentad/protocol/case-state';
import type { CaseView, PreAlertView, TargetView, Visibility } from '@pentad/protocol/case-view';
import { isOpenPreAlert, isRinging, type PreAlertState, type TargetState } from '@pentad/protocol/pre-alert-state';
import { pendingSteps, type Ladder } from '../pre-alerts/ladder.ts';

export interface ViewOptions {
  readonly visibility: Visibility;
  readonly ladder: Ladder;
  /** As sealed; null where there is none or it may not be opened. */
  readonly patientName: string | null;
  readonly withTimeline: boolean;
}

/** 张建国 → 张*. */
export const maskedName = (name: string): string => `${[...name][0] ?? ''}*`;

function shownName(name: string | null, visibility: Visibility): string | null {
  if (name === null || visibility === 'none') return null;
  return visibility === 'full' ? name : maskedName(name);
}

function targetView(state: CaseState, alert: PreAlertState, target: TargetState, ladder: Ladder): TargetView {
  const fired = target.escalations.map(({ step, round, dueAtMs, firedAtMs }) => ({ step, round, dueAtMs, firedAtMs }));
  const pending = isOver(state) ? [] : pendingSteps(ladder, alert, target);
  const first = { step: 'duty-desk', round: 0, dueAtMs: target.addedAtMs, firedAtMs: target.addedAtMs };
  return {
    targetId: target.targetId,
    hospitalId: target.hospitalId,
    deskId: target.deskId,
    addedAtMs: target.addedAtMs,
    deliveredAtMs: target.deliveredAtMs,
    displayedAtMs: target.displayedAtMs,
    seen: target.seen && { atMs: target.seen.atMs, byName: target.seen.byName },
    answers: target.answers.map(({ atMs, byName, answer, minutes, reason }) => ({
      atMs,
      byName,
      answer,
      minutes,
      reason,
    })),
    isReleased: target.released !== null,
    isRinging: !isOver(state) && isRinging(alert, target),
    ladder: [first, ...fired, ...pending.map((step) => ({ ...step, firedAtMs: null }))],
  };
}

function preAlertView(state: CaseState, alert: PreAlertState, ladder: Ladder): PreAlertView {
  const requestIds = alert.causes.flatMap((cause) => (cause.kind === 'crew' ? [cause.requestId] : []));
  const pressed = requestIds.map((id) => state.requests[id]?.pressedAtMs).find((atMs) => atMs !== undefined);
  return {
    preAlertId: alert.preAlertId,
    specialty: alert.specialty,
    tier: alert.tier,
    raisedAtMs: alert.raisedAtMs,
    pressedAtMs: pressed ?? null,
    isOpen: !isOver(state) && isOpenPreAlert(alert),
    ownerTargetId: alert.ownerTargetId,
    targets: Object.values(alert.targets).map((target) => targetView(state, alert, target, ladder)),
  };
}

/** What one visibility class may see of a case: built once per class and version, then sent to all its readers. */
export function caseViewOf(state: CaseState, options: ViewOptions): CaseView {
  const { visibility, ladder } = options;
  const patient = state.patient.current?.value;
  const ageYears = patient?.ageYears ?? null;
  return {
    visibility,
    caseId: state.caseId,
    caseSeq: state.caseSeq,
    origin: state.origin,
    status: state.status,
    isOver: isOver(state),
    openedAtMs: state.openedAtMs,
    vehicle: state.vehicle,
    specialty: state.specialty,
    patientName: shownName(options.patientName, visibility),
    patient: {
      ageYears: ageYears !== null && visibility === 'none' ? Math.floor(ageYears / 10) * 10 : ageYears,
      ageDays: visibility === 'none' ? null : (patient?.ageDays ?? null),
      sex: patient?.sex ?? null,
      gestationDays: patient?.gestationDays ?? null,
      isPregnant: patient?.isPregnant ?? null,
    },
    complaintCodes: [...state.complaintCodes],
    destination: state.destination.current?.value ? { ...state.destination.current.value } : null,
    preAlerts: Object.values(state.preAlerts).map((alert) => preAlertView(state, alert, ladder)),
    findings: Object.values(state.findings).map(({ findingId, raisedAtMs, isEnded, finding }) => ({
      findingId,
      raisedAtMs,
      isEnded,
      finding,
    })),
    milestones: Object.values(milestones(state)).map(({ code, atMs, source }) => ({ code, atMs, source })),
    conflicts: openConflicts(state).map((conflict) => ({ ...conflict })),
    timeline: options.withTimeline
      ? state.timeline.map(({ caseSeq, type, occurredAtMs, recordedAtMs, actorKind, actorName }) => ({
          caseSeq,
          type,
          occurredAtMs,
          recordedAtMs,
          actorKind,
          actorName,
        }))
      : [],
  };
}
