import type { Specialty } from '@pentad/protocol/center';
import type { Tier } from '@pentad/protocol/pre-alert';

/** The steps that also reach people who look at no screen. */
export const OUTSIDE_STEPS = ['second-channel', 'director-and-region', 'repeat'] as const;

/** One step of one target's ladder on its way out. */
export interface OutsideCall {
  readonly preAlertId: string;
  readonly targetId: string;
  readonly deskId: string;
  readonly specialty: Specialty;
  readonly tier: Tier;
  readonly step: string;
  readonly round: number;
  readonly firedAtMs: number;
  /** Tries so far, this one counted. */
  readonly attempt: number;
}

/** What became of one try. `code`: the HTTP status, or why there was none. */
export interface CallResult {
  readonly isTaken: boolean;
  readonly code: string;
}

/** A call that was never taken is worth nothing to anybody after this; the next round makes its own. */
export const CALL_LIFE_MS = 15 * 60_000;

/** 2, 4, 8 .. 60 s after each try. */
export const retryAfterMs = (attempt: number): number => Math.min(60_000, 1_000 * 2 ** Math.min(attempt, 6));

/** Whom to call about what: ids and codes, nothing of a patient. */
export const callBody = (call: OutsideCall): string =>
  JSON.stringify({
    alertId: call.preAlertId,
    targetId: call.targetId,
    deskId: call.deskId,
    tier: call.tier,
    specialty: call.specialty,
    step: call.step,
    round: call.round,
    firedAtMs: call.firedAtMs,
  });
