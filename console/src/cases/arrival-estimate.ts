import type { UnitView } from '@pentad/protocol/console-feed';
import { vitalTermMs } from '@pentad/protocol/vitals';

interface Place {
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
}

/**
 * The contract carries no arrival time, so the page estimates one and says how: great circle x detour factor
 * at a plain mean speed (design values, not measured; the server's Router replaces this).
 */
export const DETOUR_FACTOR = 1.35;
export const MEAN_SPEED_KMH = 45;
const EARTH_KM = 6_371.0088;
const AT_THE_DOOR_KM = 0.15;

export type ArrivalEstimate =
  | { readonly kind: 'minutes'; readonly minutes: number; readonly atMs: number; readonly distanceKm: number }
  | { readonly kind: 'at-the-door' }
  | { readonly kind: 'position-stale'; readonly ageMs: number }
  | { readonly kind: 'no-position' };

export function distanceKm(from: Place, to: Place): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const dLatitude = radians(to.latitudeDeg - from.latitudeDeg);
  const dLongitude = radians(to.longitudeDeg - from.longitudeDeg);
  const half =
    Math.sin(dLatitude / 2) ** 2 +
    Math.cos(radians(from.latitudeDeg)) * Math.cos(radians(to.latitudeDeg)) * Math.sin(dLongitude / 2) ** 2;
  return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(half)));
}

/** An old position gives no arrival time: a frozen figure would look like a vehicle that stands still. */
export function estimateArrival(unit: UnitView | undefined, to: Place | undefined, nowMs: number): ArrivalEstimate {
  if (!unit?.position || unit.measuredAtMs === null || !to) return { kind: 'no-position' };
  const ageMs = Math.max(0, nowMs - unit.measuredAtMs);
  if (ageMs > vitalTermMs.position) return { kind: 'position-stale', ageMs };
  const straightKm = distanceKm(unit.position, to);
  if (straightKm < AT_THE_DOOR_KM) return { kind: 'at-the-door' };
  const minutes = Math.max(1, Math.round(((straightKm * DETOUR_FACTOR) / MEAN_SPEED_KMH) * 60));
  return { kind: 'minutes', minutes, atMs: unit.measuredAtMs + minutes * 60_000, distanceKm: straightKm };
}

/** For sorting: what cannot be estimated comes last. */
export const minutesOrLast = (estimate: ArrivalEstimate): number => {
  if (estimate.kind === 'at-the-door') return 0;
  return estimate.kind === 'minutes' ? estimate.minutes : Number.POSITIVE_INFINITY;
};
