import { toRadians, type GeoPoint } from './geo-point.ts';

/** What a source's coordinates are measured against. Chinese map services answer in GCJ-02, Baidu's in BD-09. */
export type Datum = 'wgs-84' | 'gcj-02' | 'bd-09';

// Krasovsky 1940, on which the GCJ-02 offset is defined.
const SEMI_MAJOR_M = 6_378_245;
const ECCENTRICITY_SQUARED = 0.006_693_421_622_965_943;
const ORIGIN = { latitudeDeg: 35, longitudeDeg: 105 };

// The rectangle every public description of the offset uses for "in China". Its rim is sea and foreign land.
const CHINA = { south: 0.8293, north: 55.8271, west: 72.004, east: 137.8347 };

const BD_SHIFT = { latitudeDeg: 0.006, longitudeDeg: 0.0065 };
const BD_WAVE = (Math.PI * 3_000) / 180;

const MAX_ROUNDS = 20;
/** 0.1 mm on the ground. */
const SETTLED_DEG = 1e-9;

const isInChina = ({ latitudeDeg, longitudeDeg }: GeoPoint): boolean =>
  latitudeDeg >= CHINA.south && latitudeDeg <= CHINA.north && longitudeDeg >= CHINA.west && longitudeDeg <= CHINA.east;

/** The sum of sines of one axis: `first` and `second` are the half-turns of the two slow waves. */
const waves = (along: number, of: readonly (readonly [factor: number, halfTurns: number])[]): number =>
  of.reduce((sum, [factor, halfTurns]) => sum + factor * Math.sin(halfTurns * along * Math.PI), 0);

function gcjFromWgs({ latitudeDeg, longitudeDeg }: GeoPoint): GeoPoint {
  const x = longitudeDeg - ORIGIN.longitudeDeg;
  const y = latitudeDeg - ORIGIN.latitudeDeg;
  const root = Math.sqrt(Math.abs(x));
  const ripple = waves(x, [
    [40 / 3, 6],
    [40 / 3, 2],
  ]);
  const northM =
    -100 +
    2 * x +
    3 * y +
    0.2 * y * y +
    0.1 * x * y +
    0.2 * root +
    ripple +
    waves(y, [
      [40 / 3, 1],
      [80 / 3, 1 / 3],
      [320 / 3, 1 / 12],
      [640 / 3, 1 / 30],
    ]);
  const eastM =
    300 +
    x +
    2 * y +
    0.1 * x * x +
    0.1 * x * y +
    0.1 * root +
    ripple +
    waves(x, [
      [40 / 3, 1],
      [80 / 3, 1 / 3],
      [100, 1 / 12],
      [200, 1 / 30],
    ]);
  const latitude = toRadians(latitudeDeg);
  const w = 1 - ECCENTRICITY_SQUARED * Math.sin(latitude) ** 2;
  const meridianRadiusM = (SEMI_MAJOR_M * (1 - ECCENTRICITY_SQUARED)) / w ** 1.5;
  const parallelRadiusM = (SEMI_MAJOR_M / Math.sqrt(w)) * Math.cos(latitude);
  return {
    latitudeDeg: latitudeDeg + northM / toRadians(meridianRadiusM),
    longitudeDeg: longitudeDeg + eastM / toRadians(parallelRadiusM),
  };
}

function bdFromGcj({ latitudeDeg, longitudeDeg }: GeoPoint): GeoPoint {
  const radius = Math.hypot(longitudeDeg, latitudeDeg) + 0.000_02 * Math.sin(latitudeDeg * BD_WAVE);
  const angle = Math.atan2(latitudeDeg, longitudeDeg) + 0.000_003 * Math.cos(longitudeDeg * BD_WAVE);
  return {
    latitudeDeg: radius * Math.sin(angle) + BD_SHIFT.latitudeDeg,
    longitudeDeg: radius * Math.cos(angle) + BD_SHIFT.longitudeDeg,
  };
}

/** The offsets have no closed inverse; what they map to is near what they came from, so walking back settles fast. */
function inverse(forward: (point: GeoPoint) => GeoPoint, image: GeoPoint): GeoPoint {
  let guess = image;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const reached = forward(guess);
    const north = image.latitudeDeg - reached.latitudeDeg;
    const east = image.longitudeDeg - reached.longitudeDeg;
    guess = { latitudeDeg: guess.latitudeDeg + north, longitudeDeg: guess.longitudeDeg + east };
    if (Math.abs(north) < SETTLED_DEG && Math.abs(east) < SETTLED_DEG) break;
  }
  return guess;
}

const offsets: Readonly<Record<Exclude<Datum, 'wgs-84'>, (point: GeoPoint) => GeoPoint>> = {
  'gcj-02': gcjFromWgs,
  'bd-09': (point) => bdFromGcj(gcjFromWgs(point)),
};

/** Outside China the datums are one and the point comes back as it is. */
export function fromWgs84(point: GeoPoint, datum: Datum): GeoPoint {
  return datum === 'wgs-84' || !isInChina(point) ? point : offsets[datum](point);
}

/**
 * Within millimetres of the exact inverse. Whether a point lies in China is asked of the point as given, so in the
 * strip of about 2 km along the rim of the rectangle the answer may be off by the offset itself.
 */
export function toWgs84(point: GeoPoint, datum: Datum): GeoPoint {
  return datum === 'wgs-84' || !isInChina(point) ? point : inverse(offsets[datum], point);
}
