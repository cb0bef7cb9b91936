import type { MilestoneCode } from '@pentad/protocol/milestone';
import type { ClockTarget } from './clock-target-definition.ts';

/** The stamp that counts for each milestone, epoch ms; null or left out: none. */
export type Stamps = Readonly<Partial<Record<MilestoneCode, number | null>>>;

/** Why an interval is null: it counts as missing, never as met. */
export type NotComputable = 'start-missing' | 'end-missing' | 'out-of-order' | 'not-yet-measured';

export interface Clock {
  readonly targetId: string;
  /** recorded: no limit. missed: also while it still runs past its limit. */
  readonly status: 'running' | 'met' | 'missed' | 'recorded' | 'not-computable';
  readonly because: NotComputable | null;
  /** The end is stamped. */
  readonly isOver: boolean;
  /** From start to end, or to now while it runs; not rounded. */
  readonly elapsedS: number | null;
  /** To the upper limit, below 0 past it; null without one. */
  readonly remainingS: number | null;
}

export interface Interval {
  readonly seconds: number | null;
  readonly because: NotComputable | null;
}

const soundMs = (atMs: number | null | undefined): number | null =>
  atMs !== null && atMs !== undefined && Number.isFinite(atMs) ? atMs : null;

const startOf = ({ from }: ClockTarget, stamps: Stamps): number | null =>
  from.map((code) => soundMs(stamps[code])).find((atMs) => atMs !== null) ?? null;

function endOf({ to }: ClockTarget, stamps: Stamps): number | null {
  const ends = to.map((code) => soundMs(stamps[code])).filter((atMs) => atMs !== null);
  return ends.length === 0 ? null : Math.min(...ends);
}

/** Start to end of a finished interval, s; null with the reason where it cannot be had (clinical.md 0.8). */
export function intervalOf(target: ClockTarget, stamps: Stamps): Interval {
  if (target.notYetMeasured) return { seconds: null, because: 'not-yet-measured' };
  const start = startOf(target, stamps);
  const end = endOf(target, stamps);
  if (start === null) return { seconds: null, because: 'start-missing' };
  if (end === null) return { seconds: null, because: 'end-missing' };
  if (end < start && !target.isEitherOrder) return { seconds: null, because: 'out-of-order' };
  return { seconds: (end - start) / 1000, because: null };
}

/** Whether a finished interval meets its target, on the line too unless the target is strict. */
export function isMet({ atLeastS, atMostS, isStrict }: ClockTarget, seconds: number): boolean {
  const isLongEnough = atLeastS === null || (isStrict ? seconds > atLeastS : seconds >= atLeastS);
  return isLongEnough && (atMostS === null || (isStrict ? seconds < atMostS : seconds <= atMostS));
}

const isPast = ({ atMostS, isStrict }: ClockTarget, seconds: number): boolean =>
  atMostS !== null && (isStrict ? seconds >= atMostS : seconds > atMostS);

function clock(target: ClockTarget, stamps: Stamps, nowMs: number): Clock {
  const targetId = target.id;
  const { seconds, because } = intervalOf(target, stamps);
  const limits = (elapsedS: number) => ({
    targetId,
    elapsedS,
    remainingS: target.atMostS === null ? null : target.atMostS - elapsedS,
  });
  const not = (reason: NotComputable): Clock => ({
    targetId,
    status: 'not-computable',
    because: reason,
    isOver: false,
    elapsedS: null,
    remainingS: null,
  });
  if (seconds !== null) {
    const status = target.strength === 'record' ? 'recorded' : isMet(target, seconds) ? 'met' : 'missed';
    return { ...limits(seconds), status, because: null, isOver: true };
  }
  const start = startOf(target, stamps);
  if (because !== 'end-missing' || start === null) return not(because ?? 'start-missing');
  const elapsedS = (nowMs - start) / 1000;
  if (!(elapsedS >= 0) || !Number.isFinite(elapsedS)) return not('out-of-order');
  const status = isPast(target, elapsedS) ? 'missed' : 'running';
  return { ...limits(elapsedS), status, because: null, isOver: false };
}

/**
 * Each target of a case at one instant, all in seconds. A start that lies after now, an end before its start and a
 * stamp that is missing make it not computable. Pure and total. `nowMs`: epoch ms.
 */
export const clockOf = (stamps: Stamps, nowMs: number, targets: readonly ClockTarget[]): readonly Clock[] =>
  targets.map((target) => clock(target, stamps, nowMs));
