import type { UnitView } from '@pentad/protocol/console-feed';
import { vitalTermMs } from '@pentad/protocol/vitals';

type Point = readonly [longitudeDeg: number, latitudeDeg: number];

export interface Feature {
  readonly type: 'Feature';
  readonly geometry:
    | { readonly type: 'Point'; readonly coordinates: number[] }
    | { readonly type: 'LineString'; readonly coordinates: number[][] };
  readonly properties: Record<string, string | number>;
}
export interface FeatureCollection {
  readonly type: 'FeatureCollection';
  readonly features: Feature[];
}

export const pointOf = (place: { longitudeDeg: number; latitudeDeg: number }): [number, number] => [
  place.longitudeDeg,
  place.latitudeDeg,
];

export const isPositionStale = (unit: UnitView, nowMs: number): boolean =>
  unit.measuredAtMs === null || nowMs - unit.measuredAtMs > vitalTermMs.position;

const collection = (features: Feature[]): FeatureCollection => ({ type: 'FeatureCollection', features });

/** Units with no case on board: arrows in one GL layer, however many they are. */
export function idleUnits(
  units: readonly UnitView[],
  nowMs: number,
  nameOf: (vehicle: string) => string,
): FeatureCollection {
  return collection(
    units.flatMap((unit) => {
      if (!unit.position) return [];
      const isStale = isPositionStale(unit, nowMs);
      return [
        {
          type: 'Feature' as const,
          geometry: { type: 'Point' as const, coordinates: pointOf(unit.position) },
          properties: {
            name: nameOf(unit.vehicle),
            image: isStale ? 'unit-stale' : 'unit-fresh',
            heading: unit.position.headingDeg ?? 0,
          },
        },
      ];
    }),
  );
}

export interface Course {
  readonly from: Point;
  readonly to: Point;
  readonly tier: string;
}

/** A straight dashed line to where each case is bound: a direction, not a route. */
export const courses = (all: readonly Course[]): FeatureCollection =>
  collection(
    all.map((course) => ({
      type: 'Feature',
      geometry: { type: 'LineString', coordinates: [[...course.from], [...course.to]] },
      properties: { tier: course.tier },
    })),
  );

const EARTH_KM = 6_371.0088;

/** A ring of equal distance, as a closed line of 96 points. */
export function ring(center: { latitudeDeg: number; longitudeDeg: number }, radiusKm: number): Feature {
  const latitude = (center.latitudeDeg * Math.PI) / 180;
  const angle = radiusKm / EARTH_KM;
  const coordinates = Array.from({ length: 97 }, (_, index) => {
    const bearing = (index / 96) * 2 * Math.PI;
    const lat = Math.asin(
      Math.sin(latitude) * Math.cos(angle) + Math.cos(latitude) * Math.sin(angle) * Math.cos(bearing),
    );
    const lon = Math.atan2(
      Math.sin(bearing) * Math.sin(angle) * Math.cos(latitude),
      Math.cos(angle) - Math.sin(latitude) * Math.sin(lat),
    );
    return [center.longitudeDeg + (lon * 180) / Math.PI, (lat * 180) / Math.PI];
  });
  return { type: 'Feature', geometry: { type: 'LineString', coordinates }, properties: { label: `${radiusKm} km` } };
}

export const rings = (center: { latitudeDeg: number; longitudeDeg: number } | null): FeatureCollection =>
  collection(center ? [5, 10, 20].map((radiusKm) => ring(center, radiusKm)) : []);
