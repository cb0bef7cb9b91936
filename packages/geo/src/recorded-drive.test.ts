import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sharedData } from '@pentad/recordings/shared-data.fixture';
import { describe, expect, test } from 'vitest';
import { distanceM } from './distance.ts';
import { atFirst, passGate, type GateStamp } from './gate-crossing.ts';
import { EARTH_RADIUS_M, toDegrees, toRadians, type GeoPoint } from './geo-point.ts';
import { isJump, type TimedPosition } from './jump.ts';
import { polygonOf } from './place.fixture.ts';
import type { Polygon } from './polygon.ts';

const folder = join(sharedData, 'gpx');
const isHere = existsSync(folder);
if (!isHere) process.stderr.write(`NOT RUN: gates on real drives, ${folder} is absent\n`);

function readGpx(name: string): TimedPosition[] {
  const points = readFileSync(join(folder, name), 'utf8').matchAll(
    /<trkpt lat="([^"]+)" lon="([^"]+)">(?:(?!<\/trkpt>).)*?<time>([^<]+)<\/time>/gs,
  );
  return [...points].map(([, latitude, longitude, time]) => ({
    measuredAtMs: Date.parse(time ?? ''),
    position: {
      latitudeDeg: Number(latitude),
      longitudeDeg: Number(longitude),
      speedMps: null,
      headingDeg: null,
      accuracyM: null,
    },
  }));
}

/** A square gate around a place. */
function gateAt(center: GeoPoint, sideM: number): Polygon {
  const north = toDegrees(sideM / 2 / EARTH_RADIUS_M);
  const east = north / Math.cos(toRadians(center.latitudeDeg));
  const corner = (x: number, y: number) => ({
    latitudeDeg: center.latitudeDeg + y * north,
    longitudeDeg: center.longitudeDeg + x * east,
  });
  return polygonOf([corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1)]);
}

function stampsAt(gate: Polygon, track: readonly TimedPosition[]): GateStamp[] {
  let state = atFirst;
  return track.flatMap((fix) => {
    const step = passGate(gate, state, fix);
    state = step.state;
    return step.stamp ?? [];
  });
}

describe.skipIf(!isHere)('a car around Visnjan', () => {
  const track = isHere ? readGpx('around-visnjan-with-car.gpx') : [];

  test('is a drive: no jump, forward in time, 2.7 km', () => {
    expect(track.length).toBeGreaterThan(100);
    const lengthM = track.reduce((sum, fix, index) => {
      const before = track[index - 1];
      if (!before) return sum;
      expect(fix.measuredAtMs).toBeGreaterThan(before.measuredAtMs);
      expect(isJump(before, fix)).toBe(false);
      return sum + distanceM(before.position, fix.position);
    }, 0);
    expect(lengthM).toBeGreaterThan(2_700);
  });

  test('arrives once at a gate where it ends, bounded by its own two fixes', () => {
    const last = track.at(-1);
    if (!last) throw new Error('no track');
    const gate = gateAt(last.position, 150);
    const firstInside = track.findLastIndex((fix) => !gate.contains(fix.position)) + 1;
    const stamps = stampsAt(gate, [...track, { ...last, measuredAtMs: last.measuredAtMs + 10_000 }]);
    expect(stamps.at(-1)).toEqual({
      kind: 'arrived',
      atMs: track[firstInside]?.measuredAtMs,
      notBeforeMs: track[firstInside - 1]?.measuredAtMs,
    });
    expect(stamps.filter(({ kind }) => kind === 'arrived')).toHaveLength(1);
  });

  test('passes a gate on its way: arrival, then departure, each at a fix of the drive', () => {
    const middle = track[Math.floor(track.length / 2)];
    if (!middle) throw new Error('no track');
    const stamps = stampsAt(gateAt(middle.position, 600), track);
    expect(stamps.map(({ kind }) => kind)).toEqual(['arrived', 'departed']);
    const instants = new Set(track.map(({ measuredAtMs }) => measuredAtMs));
    for (const { atMs, notBeforeMs } of stamps) expect(instants.has(atMs) && instants.has(notBeforeMs)).toBe(true);
  });

  test('never comes to a gate it did not pass', () => {
    expect(stampsAt(gateAt({ latitudeDeg: 45.5, longitudeDeg: 13.9 }, 500), track)).toEqual([]);
  });
});
