import type { Position } from '@pentad/protocol/position';
import { EARTH_RADIUS_M, toDegrees, toRadians, type GeoPoint } from './geo-point.ts';
import { Polygon } from './polygon.ts';

/** Somewhere in Suzhou. */
export const origin: GeoPoint = { latitudeDeg: 31.3, longitudeDeg: 120.6 };

/** So many metres east and north of the origin. */
export const place = (eastM: number, northM: number): GeoPoint => ({
  latitudeDeg: origin.latitudeDeg + toDegrees(northM / EARTH_RADIUS_M),
  longitudeDeg: origin.longitudeDeg + toDegrees(eastM / (EARTH_RADIUS_M * Math.cos(toRadians(origin.latitudeDeg)))),
});

export const at = (eastM: number, northM: number, rest: Partial<Position> = {}): Position => ({
  ...place(eastM, northM),
  speedMps: 10,
  headingDeg: null,
  accuracyM: 5,
  ...rest,
});

export const closed = (corners: readonly GeoPoint[]): GeoPoint[] => [...corners, ...corners.slice(0, 1)];

export function polygonOf(corners: readonly GeoPoint[]): Polygon {
  const { polygon, fault } = Polygon.read(closed(corners));
  if (!polygon) throw new Error(fault);
  return polygon;
}

/** A square around the origin. */
export const square = (sideM: number): Polygon =>
  polygonOf([
    place(-sideM / 2, -sideM / 2),
    place(sideM / 2, -sideM / 2),
    place(sideM / 2, sideM / 2),
    place(-sideM / 2, sideM / 2),
  ]);
