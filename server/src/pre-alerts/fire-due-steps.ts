import { isOver } from '@pentad/protocol/case-reading';
import { CaseId } from '@pentad/protocol/ids';
import type { CaseState } from '@pentad/protocol/case-state';
import { isRinging, PROMISED_STEP, type PreAlertState, type TargetState } from '@pentad/protocol/pre-alert-state';
import * as v from 'valibot';
import { authorizeOwnPart, type CaseUnits } from '../cases/case-units.ts';
import type { PlanFactory } from '../cases/plan-factory.ts';
import { systemActor } from '../platform/actor.ts';
import { errorFields, type Logger } from '../platform/logger.ts';
import type { Clock } from '../platform/ports.ts';
import { climbRung } from './climb-ladder.ts';

export interface DueStepRow {
  readonly caseId: string;
  readonly preAlertId: string;
  readonly targetId: string;
  readonly step: string;
  readonly round: number;
  readonly dueAtMs: number;
}

export interface DueSteps {
  /** Rows that are pending and due, oldest first. Reading claims nothing: the claim is inside the firing transaction. */
  due(nowMs: number, limit: number): Promise<readonly DueStepRow[]>;
}

export interface FireStepsOptions {
  readonly steps: DueSteps;
  readonly units: CaseUnits;
  readonly plans: PlanFactory;
  readonly clock: Clock;
  readonly log: Logger;
  onFired(row: DueStepRow, latenessMs: number): void;
}

const BATCH = 64;

function targetOf(state: CaseState, row: DueStepRow): { alert: PreAlertState; target: TargetState } | null {
  const alert = state.preAlerts[row.preAlertId];
  const target = alert?.targets[row.targetId];
  return alert && target ? { alert, target } : null;
}

/** Steps still wanted by the locked case: the answer is checked again inside the claim, so nobody is called after it. */
function isStillWanted(state: CaseState, row: DueStepRow): boolean {
  const found = targetOf(state, row);
  if (!found || isOver(state)) return false;
  if (row.step === PROMISED_STEP) return found.alert.ownerTargetId === row.targetId;
  return isRinging(found.alert, found.target);
}

async function fireOne(row: DueStepRow, options: FireStepsOptions): Promise<void> {
  const { preAlertId, targetId, step, round } = row;
  const outcome = await options.units.change(systemActor('clock'), {
    caseId: v.parse(CaseId, row.caseId),
    guard: { kind: 'step', targetId, step, round },
    mayOpen: false,
    authorize: authorizeOwnPart,
    ring: { preAlertId, targetId, step, round },
    decide: (state) => {
      if (!isStillWanted(state, row)) return { plan: null, result: false };
      const planner = options.plans.begin(state);
      climbRung(planner, row);
      return { plan: planner.plan(), result: true };
    },
  });
  if (outcome.kind === 'decided' && outcome.isChanged) options.onFired(row, options.clock.nowMs() - row.dueAtMs);
}

/**
 * Fires every step that is due, in the order they were due; each exactly once over any number of instances.
 * After an outage the overdue ones fire at once, in order, with their lateness (faults.md P12, P13).
 */
export async function fireDueSteps(options: FireStepsOptions): Promise<number> {
  const rows = await options.steps.due(options.clock.nowMs(), BATCH);
  /** A target whose step could not be fired waits for the next pass with its later ones: never out of order. */
  const failed = new Set<string>();
  for (const row of rows) {
    if (failed.has(row.targetId)) continue;
    await fireOne(row, options).catch((error: unknown) => {
      failed.add(row.targetId);
      options.log.error('ladder.step-failed', { ...errorFields(error), targetId: row.targetId, step: row.step });
    });
  }
  return rows.length;
}
