import { distanceM } from '@pentad/geo/distance';
import type { GeoPoint } from '@pentad/geo/geo-point';
import { estimate, type EtaEstimate, type Router } from './router.ts';

/**
 * Road length for each metre of great circle. design: needs sign-off (1.35 is the figure the console shows; a study of
 * ways to US hospitals found 1.417: Boscoe, Henry, Zdeb, Prof Geogr 2012;64(2):188-196).
 */
export const DETOUR_FACTOR = 1.35;

/**
 * Speed by how far along the way: `upToM` metres of road at `speedMps`. Each piece counts for its own metres, so a longer
 * way never takes less time. All design: needs sign-off, to be replaced by a site's own recorded journeys.
 */
export const SPEED_PIECES: readonly { readonly upToM: number; readonly speedMps: number }[] = [
  // Out of the yard, through the last streets: 25 km/h. design: needs sign-off
  { upToM: 2_000, speedMps: 25 / 3.6 },
  // Town with siren: 40 km/h. design: needs sign-off
  { upToM: 10_000, speedMps: 40 / 3.6 },
  // Country roads: 60 km/h. design: needs sign-off
  { upToM: 40_000, speedMps: 60 / 3.6 },
  // Motorway: 80 km/h. design: needs sign-off
  { upToM: Number.POSITIVE_INFINITY, speedMps: 80 / 3.6 },
];

/**
 * A straight road at a good speed, and the slowest way worth telling a team. design: needs sign-off. The minute at the
 * end is turning in and stopping.
 */
export const BAND = { fromFactor: 0.6, toFactor: 1.7, toExtraSeconds: 60 } as const;

function secondsFor(metres: number): number {
  let seconds = 0;
  let reachedM = 0;
  for (const { upToM, speedMps } of SPEED_PIECES) {
    const pieceM = Math.min(metres, upToM) - reachedM;
    if (pieceM <= 0) break;
    seconds += pieceM / speedMps;
    reachedM = upToM;
  }
  return seconds;
}

/** Estimate without any road map: great circle x DETOUR_FACTOR at the speeds of SPEED_PIECES. Pure. */
export function estimateByGreatCircle(from: GeoPoint, to: GeoPoint, atMs: number): EtaEstimate {
  const metres = distanceM(from, to) * DETOUR_FACTOR;
  const seconds = secondsFor(metres);
  return estimate(
    { seconds, metres },
    { fromSeconds: seconds * BAND.fromFactor, toSeconds: seconds * BAND.toFactor + BAND.toExtraSeconds },
    { source: 'great-circle', computedAtMs: atMs },
  );
}

export const greatCircleRouter: Router = {
  eta: (from, to, atMs) => Promise.resolve(estimateByGreatCircle(from, to, atMs)),
};
