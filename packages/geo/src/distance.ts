import { EARTH_RADIUS_M, toDegrees, toRadians, type GeoPoint } from './geo-point.ts';

/** Great-circle distance in metres (haversine on the mean sphere: within 0.6 % of the ellipsoid). */
export function distanceM(from: GeoPoint, to: GeoPoint): number {
  const latitude = toRadians(to.latitudeDeg - from.latitudeDeg);
  const longitude = toRadians(to.longitudeDeg - from.longitudeDeg);
  const half =
    Math.sin(latitude / 2) ** 2 +
    Math.cos(toRadians(from.latitudeDeg)) * Math.cos(toRadians(to.latitudeDeg)) * Math.sin(longitude / 2) ** 2;
  return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(half)));
}

/** Bearing at the start of the great circle, degrees clockwise from true north in [0, 360). null: the same place. */
export function bearingDeg(from: GeoPoint, to: GeoPoint): number | null {
  const a = toRadians(from.latitudeDeg);
  const b = toRadians(to.latitudeDeg);
  const longitude = toRadians(to.longitudeDeg - from.longitudeDeg);
  const east = Math.sin(longitude) * Math.cos(b);
  const north = Math.cos(a) * Math.sin(b) - Math.sin(a) * Math.cos(b) * Math.cos(longitude);
  if (east === 0 && north === 0) return null;
  return (toDegrees(Math.atan2(east, north)) + 360) % 360;
}
