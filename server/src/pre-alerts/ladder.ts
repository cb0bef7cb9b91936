import { tierFactor } from '@pentad/protocol/phone-table';
import {
  isRinging,
  ownerAnswer,
  PROMISED_STEP,
  type PreAlertState,
  type TargetState,
} from '@pentad/protocol/pre-alert-state';

export interface LadderStep {
  readonly step: string;
  readonly afterMs: number;
  readonly notifies: readonly string[];
}

export interface Ladder {
  readonly steps: readonly LadderStep[];
  /** After the last step, again each `repeatEveryMs` until a person takes it. */
  readonly repeatEveryMs: number;
}

/** design.md, The pre-alert. Sound repeats by itself on every ringing page; these rows are who else is called. */
export const defaultLadder: Ladder = {
  steps: [
    { step: 'duty-desk', afterMs: 0, notifies: ['duty-desk'] },
    { step: 'all-on-duty', afterMs: 30_000, notifies: ['desk-all', 'first-line'] },
    { step: 'second-channel', afterMs: 60_000, notifies: ['webhook', 'second-line'] },
    { step: 'director-and-region', afterMs: 120_000, notifies: ['director', 'region'] },
    { step: 'next-desk', afterMs: 180_000, notifies: ['next-desk', 'crew'] },
  ],
  repeatEveryMs: 60_000,
};

export const REPEAT_STEP = 'repeat';
/** Rounds of one ringing cycle stay under this, so that (target, step, round) names a row once for ever. */
const ROUNDS_PER_CYCLE = 10_000;

export interface DueStep {
  readonly step: string;
  readonly round: number;
  readonly dueAtMs: number;
}

/** All steps of the ladder that are still to fire for a target, the first step (the alert itself) left out. */
export function pendingSteps(ladder: Ladder, alert: PreAlertState, target: TargetState): readonly DueStep[] {
  if (!isRinging(alert, target)) return promisedStep(alert, target);
  const factor = tierFactor(alert.tier);
  const firstRound = target.ringCycle * ROUNDS_PER_CYCLE;
  const fired = (step: string, round: number) =>
    target.escalations.some((escalation) => escalation.step === step && escalation.round === round);
  const rungs = ladder.steps
    .filter((rung) => rung.afterMs > 0 && !fired(rung.step, firstRound))
    .map((rung) => ({ step: rung.step, round: firstRound, dueAtMs: target.ringsFromMs + rung.afterMs * factor }));
  if (rungs.length > 0) return rungs;
  const repeats = target.escalations.filter(({ step, round }) => step === REPEAT_STEP && round >= firstRound).length;
  const lastAfterMs = ladder.steps.at(-1)?.afterMs ?? 0;
  // Counted from the last call: neither rungs climbed early nor an outage ever stretch or crowd the repeats.
  const lastFiredAtMs = Math.max(
    0,
    ...target.escalations.filter(({ round }) => round >= firstRound).map(({ firedAtMs }) => firedAtMs),
  );
  const dueAtMs = Math.max(target.ringsFromMs + lastAfterMs * factor, lastFiredAtMs) + ladder.repeatEveryMs * factor;
  return [{ step: REPEAT_STEP, round: firstRound + repeats, dueAtMs }];
}

function promisedStep(alert: PreAlertState, target: TargetState): readonly DueStep[] {
  const answer = ownerAnswer(alert);
  if (!answer || answer.target.targetId !== target.targetId || answer.answer !== 'accept-in-minutes') return [];
  const dueAtMs = answer.atMs + (answer.minutes ?? 0) * 60_000;
  return [{ step: PROMISED_STEP, round: target.ringCycle, dueAtMs }];
}

export const notifiedBy = (ladder: Ladder, step: string): readonly string[] => {
  if (step === REPEAT_STEP) return [...new Set(ladder.steps.flatMap((rung) => rung.notifies))];
  return ladder.steps.find((rung) => rung.step === step)?.notifies ?? ['duty-desk'];
};
