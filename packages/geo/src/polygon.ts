import { EARTH_RADIUS_M, isOnEarth, toRadians, type GeoPoint } from './geo-point.ts';

export type RingFault =
  'not-on-earth' | 'too-few-points' | 'too-many-points' | 'not-closed' | 'self-intersecting' | 'no-area';
export type ReadRing =
  { readonly polygon: Polygon; readonly fault: null } | { readonly polygon: null; readonly fault: RingFault };

/** A gate has a dozen points; the check is quadratic and what is drawn by hand never comes near this. */
const MAX_POINTS = 500;

type Edge = readonly [from: GeoPoint, to: GeoPoint];
const edgesOf = (ring: readonly GeoPoint[]): Edge[] =>
  ring.slice(1).flatMap((to, index) => {
    const from = ring[index];
    return from ? [[from, to] as const] : [];
  });

const isSame = (a: GeoPoint, b: GeoPoint): boolean =>
  a.latitudeDeg === b.latitudeDeg && a.longitudeDeg === b.longitudeDeg;

/** Twice the signed area of a triangle in square degrees: above 0, `c` lies left of a -> b; 0, on its line. */
const turn = (a: GeoPoint, b: GeoPoint, c: GeoPoint): number =>
  (b.longitudeDeg - a.longitudeDeg) * (c.latitudeDeg - a.latitudeDeg) -
  (b.latitudeDeg - a.latitudeDeg) * (c.longitudeDeg - a.longitudeDeg);

const isBetween = (value: number, a: number, b: number): boolean => value >= Math.min(a, b) && value <= Math.max(a, b);

const isOnEdge = (point: GeoPoint, [a, b]: Edge): boolean =>
  turn(a, b, point) === 0 &&
  isBetween(point.latitudeDeg, a.latitudeDeg, b.latitudeDeg) &&
  isBetween(point.longitudeDeg, a.longitudeDeg, b.longitudeDeg);

const doTouch = (one: Edge, other: Edge): boolean => {
  const sides = (edge: Edge, [c, d]: Edge) =>
    Math.sign(turn(edge[0], edge[1], c)) * Math.sign(turn(edge[0], edge[1], d));
  if (sides(one, other) < 0 && sides(other, one) < 0) return true;
  return other.some((end) => isOnEdge(end, one)) || one.some((end) => isOnEdge(end, other));
};

/** Edges that share a corner may touch only there: the far end of one on the other is a spike. */
const isSpike = ([a, b]: Edge, [, c]: Edge): boolean => isOnEdge(c, [a, b]) || isOnEdge(a, [b, c]);

function isSelfIntersecting(ring: readonly GeoPoint[]): boolean {
  const edges = edgesOf(ring);
  return edges.some((edge, index) =>
    edges.slice(index + 1).some((other, gap) => {
      if (gap === 0) return isSpike(edge, other);
      if (index === 0 && gap === edges.length - 2) return isSpike(other, edge);
      return doTouch(edge, other);
    }),
  );
}

function faultOf(ring: readonly GeoPoint[]): RingFault | null {
  const [first] = ring;
  const last = ring.at(-1);
  if (!first || !last) return 'too-few-points';
  if (!ring.every(isOnEarth)) return 'not-on-earth';
  if (!isSame(first, last)) return 'not-closed';
  if (ring.length < 4) return 'too-few-points';
  if (ring.length > MAX_POINTS) return 'too-many-points';
  if (isSelfIntersecting(ring)) return 'self-intersecting';
  return ringAreaM2(ring) > 0 ? null : 'no-area';
}

/** Metres east and north of `origin` on its tangent plane; good to a metre over the few kilometres of a gate. */
const planeM = (origin: GeoPoint, point: GeoPoint): readonly [eastM: number, northM: number] => [
  toRadians(point.longitudeDeg - origin.longitudeDeg) * EARTH_RADIUS_M * Math.cos(toRadians(origin.latitudeDeg)),
  toRadians(point.latitudeDeg - origin.latitudeDeg) * EARTH_RADIUS_M,
];

function ringAreaM2(ring: readonly GeoPoint[]): number {
  const origin = ring[0] ?? { latitudeDeg: 0, longitudeDeg: 0 };
  const twice = edgesOf(ring).reduce((sum, [from, to]) => {
    const [ax, ay] = planeM(origin, from);
    const [bx, by] = planeM(origin, to);
    return sum + ax * by - bx * ay;
  }, 0);
  return Math.abs(twice) / 2;
}

/** A closed ring found sound by `read`. Not for shapes across the antimeridian or around a pole. */
export class Polygon {
  readonly #edges: readonly Edge[];
  readonly areaM2: number;

  private constructor(ring: readonly GeoPoint[]) {
    this.#edges = edgesOf(ring);
    this.areaM2 = ringAreaM2(ring);
  }

  /** The ring as a polygon, or why it is none: closed, at least three different corners, no two edges meeting. */
  static read(ring: readonly GeoPoint[]): ReadRing {
    const fault = faultOf(ring);
    return fault === null ? { polygon: new Polygon(ring), fault } : { polygon: null, fault };
  }

  /** A point on the boundary is inside. */
  contains(point: GeoPoint): boolean {
    if (this.#edges.some((edge) => isOnEdge(point, edge))) return true;
    // Counts the edges a ray to the east crosses; an edge owns its lower end, so a corner is counted once.
    const crossed = this.#edges.filter(([a, b]) => {
      const isUpward = a.latitudeDeg <= point.latitudeDeg && point.latitudeDeg < b.latitudeDeg;
      const isDownward = b.latitudeDeg <= point.latitudeDeg && point.latitudeDeg < a.latitudeDeg;
      return (isUpward && turn(a, b, point) > 0) || (isDownward && turn(a, b, point) < 0);
    });
    return crossed.length % 2 === 1;
  }

  /** Distance to the nearest edge in metres, from either side. */
  boundaryDistanceM(point: GeoPoint): number {
    const distances = this.#edges.map(([from, to]) => {
      const [ax, ay] = planeM(point, from);
      const [bx, by] = planeM(point, to);
      const [dx, dy] = [bx - ax, by - ay];
      const lengthSquared = dx * dx + dy * dy;
      const along = lengthSquared === 0 ? 0 : Math.min(1, Math.max(0, -(ax * dx + ay * dy) / lengthSquared));
      return Math.hypot(ax + along * dx, ay + along * dy);
    });
    return Math.min(...distances);
  }
}
