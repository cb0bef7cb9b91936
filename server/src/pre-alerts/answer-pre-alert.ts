import type { Actor as EventActor } from '@pentad/protocol/case-event';
import type { AnswerInput } from '@pentad/protocol/http-api';
import type { CaseId, PreAlertId, TargetId } from '@pentad/protocol/ids';
import { makesOwner } from '@pentad/protocol/pre-alert';
import type { CaseState } from '@pentad/protocol/case-state';
import { isOpenPreAlert, type PreAlertState, type TargetState } from '@pentad/protocol/pre-alert-state';
import { isOver } from '@pentad/protocol/case-reading';
import type { CaseUnits } from '../cases/case-units.ts';
import type { PlanFactory } from '../cases/plan-factory.ts';
import { DomainError } from '../platform/errors.ts';
import { seesRegion, type StaffActor } from '../platform/actor.ts';
import { climbAtOnce } from './climb-ladder.ts';

export interface AnswerPorts {
  readonly units: CaseUnits;
  readonly plans: PlanFactory;
}

export interface OnTarget {
  readonly caseId: CaseId;
  readonly preAlertId: PreAlertId;
  readonly targetId: TargetId;
}

export const staffEventActor = (staff: StaffActor): EventActor => ({
  kind: 'staff',
  id: staff.staffId,
  name: staff.name,
  assurance: 'online',
});

const notFound = () => new DomainError('not-found', 'pre-alert.not-found', 'no such pre-alert');

function locate(state: CaseState, on: OnTarget): { alert: PreAlertState; target: TargetState } {
  const alert = state.preAlerts[on.preAlertId];
  const target = alert?.targets[on.targetId];
  if (!alert || !target) throw notFound();
  return { alert, target };
}

/** A center's nurse or doctor answers at a desk they serve; a regional supervisor once the ladder has reached the region. */
function authorizeAnswer(state: CaseState, on: OnTarget, staff: StaffActor): void {
  const { target } = locate(state, on);
  const isAtDesk = staff.desks.some((desk) => desk.deskId === target.deskId);
  const isCenterStaff = staff.role === 'center-nurse' || staff.role === 'center-specialist';
  const reachedRegion = target.escalations.some((fired) => fired.step === 'director-and-region');
  const mayAtTop = seesRegion(staff.role) && staff.role === 'regional-supervisor' && reachedRegion;
  if (!(isAtDesk && isCenterStaff) && !mayAtTop) {
    throw new DomainError('forbidden', 'pre-alert.not-your-desk', 'this desk is not yours to answer for');
  }
}

/**
 * 接收 / N分钟后可接 / 建议改送 / 请会诊. First wins: when another target already has the case this answers 409 and
 * changes nothing. The same `opId` again answers with the state it reached.
 */
export async function answerPreAlert(
  ports: AnswerPorts,
  staff: StaffActor,
  on: OnTarget,
  input: AnswerInput,
): Promise<CaseState> {
  const outcome = await ports.units.change(staff, {
    caseId: on.caseId,
    guard: { kind: 'op', opId: input.opId },
    mayOpen: false,
    authorize: (state) => authorizeAnswer(state, on, staff),
    decide: (state) => {
      const { alert, target } = locate(state, on);
      if (isOver(state) || !isOpenPreAlert(alert))
        throw new DomainError('conflict', 'pre-alert.over', 'the pre-alert is over');
      if (target.released !== null)
        throw new DomainError('conflict', 'pre-alert.redirected', 'the pre-alert went to another desk');
      const isTaken = alert.ownerTargetId !== null && alert.ownerTargetId !== on.targetId;
      if (isTaken && makesOwner(input.answer))
        throw new DomainError('conflict', 'pre-alert.already-taken', 'another desk has it');
      const isRepeat =
        alert.ownerTargetId === on.targetId && target.answers.at(-1)?.answer === 'accept' && input.answer === 'accept';
      if (isRepeat)
        throw new DomainError('conflict', 'pre-alert.already-accepted', 'somebody at this desk has accepted it');
      if (input.answer === 'accept-in-minutes' && input.minutes === null)
        throw new DomainError('invalid', 'answer.minutes-missing', 'minutes are needed');
      if (input.answer === 'suggest-divert' && input.reason === null)
        throw new DomainError('invalid', 'answer.reason-missing', 'a reason is needed');
      const planner = ports.plans.begin(state);
      const { answer, reason } = input;
      const minutes = answer === 'accept-in-minutes' ? input.minutes : null;
      const actor = staffEventActor(staff);
      if (target.seen === null)
        planner.write('pre-alert.seen', { preAlertId: on.preAlertId, targetId: on.targetId }, actor);
      planner.write(
        'pre-alert.answered',
        { preAlertId: on.preAlertId, targetId: on.targetId, answer, minutes, reason },
        actor,
      );
      if (!makesOwner(answer)) climbAtOnce(planner, on);
      return { plan: planner.plan(), result: null };
    },
  });
  if (outcome.kind === 'no-case' || outcome.state === null) throw notFound();
  return outcome.state;
}

/** 已阅: a named person opened it. Once per target; a second reader changes nothing. */
export async function markSeen(ports: AnswerPorts, staff: StaffActor, on: OnTarget): Promise<CaseState> {
  const outcome = await ports.units.change(staff, {
    caseId: on.caseId,
    guard: null,
    mayOpen: false,
    authorize: (state) => authorizeAnswer(state, on, staff),
    decide: (state) => {
      const { target } = locate(state, on);
      if (target.seen !== null || isOver(state)) return { plan: null, result: null };
      const planner = ports.plans.begin(state);
      planner.write('pre-alert.seen', { preAlertId: on.preAlertId, targetId: on.targetId }, staffEventActor(staff));
      return { plan: planner.plan(), result: null };
    },
  });
  if (outcome.kind === 'no-case' || outcome.state === null) throw notFound();
  return outcome.state;
}
