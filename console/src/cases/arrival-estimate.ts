import type { UnitView } from '@pentad/protocol/console-feed';
import { vitalTermMs } from '@pentad/protocol/vitals';

type UnitEta = NonNullable<UnitView['eta']>;

/** Nearer than this by road the vehicle stands before the door, stamped or not. */
const AT_THE_DOOR_M = 150;

export type ArrivalEstimate =
  | {
      readonly kind: 'minutes';
      readonly minutes: number;
      /** The band around it: whole minutes from now, rounded outwards. */
      readonly fromMinutes: number;
      readonly toMinutes: number;
      readonly atMs: number;
      readonly distanceKm: number;
      readonly source: UnitEta['source'];
      /** How old the position is that it is seen from. */
      readonly ageMs: number;
    }
  | { readonly kind: 'at-the-door' }
  | { readonly kind: 'position-stale'; readonly ageMs: number }
  | { readonly kind: 'no-position' }
  /** The server has given none for this destination: nothing is guessed here. */
  | { readonly kind: 'unknown' };

/** An old position gives no arrival time: a frozen figure would look like a vehicle that stands still. */
export function estimateArrival(
  unit: UnitView | undefined,
  hospitalId: string | undefined,
  nowMs: number,
): ArrivalEstimate {
  if (!unit?.position || unit.measuredAtMs === null) return { kind: 'no-position' };
  const positionAgeMs = Math.max(0, nowMs - unit.measuredAtMs);
  if (positionAgeMs > vitalTermMs.position) return { kind: 'position-stale', ageMs: positionAgeMs };
  const { eta } = unit;
  if (!eta || eta.hospitalId !== hospitalId) return { kind: 'unknown' };
  const ageMs = Math.max(0, nowMs - eta.computedAtMs);
  if (ageMs > vitalTermMs.position) return { kind: 'position-stale', ageMs };
  if (eta.distanceM < AT_THE_DOOR_M) return { kind: 'at-the-door' };
  const minutesTo = (atMs: number) => (atMs - nowMs) / 60_000;
  return {
    kind: 'minutes',
    minutes: Math.max(1, Math.round(minutesTo(eta.atMs))),
    fromMinutes: Math.max(0, Math.floor(minutesTo(eta.fromMs))),
    toMinutes: Math.max(1, Math.ceil(minutesTo(eta.toMs))),
    atMs: eta.atMs,
    distanceKm: eta.distanceM / 1_000,
    source: eta.source,
    ageMs,
  };
}

/** For sorting: what is not known comes last. */
export const minutesOrLast = (estimate: ArrivalEstimate): number => {
  if (estimate.kind === 'at-the-door') return 0;
  return estimate.kind === 'minutes' ? estimate.minutes : Number.POSITIVE_INFINITY;
};
