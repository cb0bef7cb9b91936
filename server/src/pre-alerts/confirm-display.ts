import { isOver } from '@pentad/protocol/case-reading';
import { DomainError } from '../platform/errors.ts';
import type { StaffActor } from '../platform/actor.ts';
import { serverActor } from '../cases/case-planner.ts';
import type { AnswerPorts, OnTarget } from './answer-pre-alert.ts';

export type DisplayStage = 'delivered' | 'displayed';

function authorizeDesk(staff: StaffActor, deskId: string): void {
  if (staff.desks.some((desk) => desk.deskId === deskId)) return;
  throw new DomainError('forbidden', 'desk.not-yours', 'this desk is not yours');
}

/**
 * 已送达: a page of the desk holds the frame. 已显示: drawn on a visible page that can sound. The page says it, the
 * row makes it true; said again, or by a page of another desk, it changes nothing.
 */
export async function confirmDisplay(
  ports: AnswerPorts,
  staff: StaffActor,
  on: OnTarget,
  deskId: string,
  stage: DisplayStage,
): Promise<void> {
  await ports.units.change(staff, {
    caseId: on.caseId,
    guard: null,
    mayOpen: false,
    authorize: () => authorizeDesk(staff, deskId),
    decide: (state) => {
      const target = state.preAlerts[on.preAlertId]?.targets[on.targetId];
      if (!target || target.deskId !== deskId || isOver(state)) return { plan: null, result: null };
      const planner = ports.plans.begin(state);
      const { preAlertId, targetId } = on;
      // The page says it by itself: no person has done anything yet.
      const page = { ...serverActor, id: deskId };
      if (target.deliveredAtMs === null) planner.write('pre-alert.delivered', { preAlertId, targetId }, page);
      if (stage === 'displayed' && target.displayedAtMs === null) {
        planner.write('pre-alert.displayed', { preAlertId, targetId }, page);
      }
      const plan = planner.plan();
      return { plan: plan.events.length > 0 ? plan : null, result: null };
    },
  });
}
