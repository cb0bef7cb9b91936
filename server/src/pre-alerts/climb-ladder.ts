import { PreAlertId, TargetId } from '@pentad/protocol/ids';
import * as v from 'valibot';
import type { CasePlanner } from '../cases/case-planner.ts';
import { chooseTarget } from './choose-target.ts';
import { notifiedBy, pendingSteps, type DueStep } from './ladder.ts';

export interface Rung extends DueStep {
  readonly preAlertId: string;
  readonly targetId: string;
}

/** 180 s: the next suitable desk in parallel; where there is none the step still calls everyone below it. */
function askNextDesk(planner: CasePlanner, rung: Rung): void {
  const alert = planner.state.preAlerts[rung.preAlertId];
  const target = alert?.targets[rung.targetId];
  if (!alert || !target) return;
  const asked = Object.values(alert.targets).map((other) => other.deskId);
  const { directory, near, ids } = planner.context;
  const from = near ?? directory.hospital(target.hospitalId);
  const desk = chooseTarget(directory, { specialty: alert.specialty, destination: null, near: from, exclude: asked });
  if (!desk) return;
  planner.write('pre-alert.target-added', {
    preAlertId: alert.preAlertId,
    target: { targetId: v.parse(TargetId, ids.next()), ...desk },
    reason: 'ladder',
    fromTargetId: target.targetId,
  });
}

/** Climbs one rung: says who is called, and asks the next desk where that is the rung. */
export function climbRung(planner: CasePlanner, rung: Rung): void {
  planner.write('pre-alert.escalated', {
    preAlertId: v.parse(PreAlertId, rung.preAlertId),
    targetId: v.parse(TargetId, rung.targetId),
    step: rung.step,
    round: rung.round,
    dueAtMs: rung.dueAtMs,
    notifies: [...notifiedBy(planner.context.ladder, rung.step)],
  });
  if (rung.step === 'next-desk') askNextDesk(planner, rung);
}

/** 建议改送 and 请会诊 leave the target open and go to the next rung at once. */
export function climbAtOnce(
  planner: CasePlanner,
  on: { readonly preAlertId: string; readonly targetId: string },
): void {
  const alert = planner.state.preAlerts[on.preAlertId];
  const target = alert?.targets[on.targetId];
  const next = alert && target ? pendingSteps(planner.context.ladder, alert, target)[0] : undefined;
  if (next) climbRung(planner, { ...next, ...on, dueAtMs: planner.context.nowMs });
}
