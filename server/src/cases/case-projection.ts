import { isOver } from '@pentad/protocol/case-reading';
import type { CaseState } from '@pentad/protocol/case-state';
import { topicOf } from '@pentad/protocol/console-feed';
import type { Specialty } from '@pentad/protocol/center';
import { isOpenPreAlert, isRinging, type PreAlertState } from '@pentad/protocol/pre-alert-state';
import type { FeedPointer } from '../events/feed-pointer.ts';
import { pendingSteps, type DueStep, type Ladder } from '../pre-alerts/ladder.ts';
import type { CasePlan } from './case-planner.ts';

export interface TargetRow {
  readonly targetId: string;
  readonly preAlertId: string;
  readonly specialty: Specialty;
  readonly deskId: string;
  readonly isOwner: boolean;
  readonly isRinging: boolean;
  readonly addedAtMs: number;
  readonly pending: readonly DueStep[];
  readonly fired: readonly { readonly step: string; readonly round: number; readonly firedAtMs: number }[];
}

/** What the tables beside the log must hold after a plan: computed from the states alone, so there is one way to write. */
export interface CaseProjection {
  readonly preAlerts: readonly { readonly alert: PreAlertState; readonly isOpen: boolean }[];
  readonly targets: readonly TargetRow[];
  readonly access: readonly { readonly hospitalId: string; readonly specialty: Specialty }[];
  readonly topics: readonly string[];
}

function targetRows(state: CaseState, alert: PreAlertState, ladder: Ladder): TargetRow[] {
  const isDone = isOver(state);
  return Object.values(alert.targets).map((target) => ({
    targetId: target.targetId,
    preAlertId: alert.preAlertId,
    specialty: alert.specialty,
    deskId: target.deskId,
    isOwner: alert.ownerTargetId === target.targetId,
    isRinging: !isDone && isRinging(alert, target),
    addedAtMs: target.addedAtMs,
    pending: isDone ? [] : pendingSteps(ladder, alert, target),
    fired: target.escalations,
  }));
}

/** Which events a plan added. A vehicle that has just become the case's own is told the log from its beginning. */
export function feedPointer(plan: CasePlan, ring: FeedPointer['ring']): FeedPointer {
  const { before, after } = plan;
  return {
    caseId: after.caseId,
    fromSeq: before.vehicle === null ? 1 : before.caseSeq + 1,
    toSeq: after.caseSeq,
    vehicle: null,
    ring,
  };
}

export function projectCase(plan: CasePlan, ladder: Ladder): CaseProjection {
  const { before, after } = plan;
  const isOverNow = isOver(after);
  const changed = Object.values(after.preAlerts).filter(
    (alert) => before.preAlerts[alert.preAlertId] !== alert || isOverNow !== isOver(before),
  );
  const targets = changed.flatMap((alert) => targetRows(after, alert, ladder));
  const every = Object.values(after.preAlerts).flatMap((alert) =>
    Object.values(alert.targets).map((target) => ({ alert, target })),
  );
  const known = new Set(Object.values(before.preAlerts).flatMap((alert) => Object.keys(alert.targets)));
  const access = every
    .filter(({ target }) => !known.has(target.targetId))
    .map(({ alert, target }) => ({ hospitalId: target.hospitalId, specialty: alert.specialty }));
  const topics = [
    topicOf.region,
    topicOf.case(after.caseId),
    ...(after.vehicle === null ? [] : [topicOf.vehicle(after.vehicle)]),
    ...every.map(({ target }) => topicOf.desk(target.deskId)),
    ...every.map(({ alert, target }) => topicOf.center(target.hospitalId, alert.specialty)),
  ];
  return {
    preAlerts: changed.map((alert) => ({ alert, isOpen: !isOverNow && isOpenPreAlert(alert) })),
    targets,
    access,
    topics,
  };
}
