/** A place in degrees, WGS-84 unless a function says otherwise. */
export interface GeoPoint {
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
}

/** Mean radius of the earth (IUGG), metres. */
export const EARTH_RADIUS_M = 6_371_008.8;

export const toRadians = (degrees: number): number => (degrees * Math.PI) / 180;
export const toDegrees = (radians: number): number => (radians * 180) / Math.PI;

export const isOnEarth = ({ latitudeDeg, longitudeDeg }: GeoPoint): boolean =>
  Math.abs(latitudeDeg) <= 90 && Math.abs(longitudeDeg) <= 180;
