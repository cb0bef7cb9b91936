import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bearingDeg, distanceM } from './distance.ts';
import { EARTH_RADIUS_M } from './geo-point.ts';
import { origin, place } from './place.fixture.ts';

const anywhere = fc.record({
  latitudeDeg: fc.double({ min: -90, max: 90, noNaN: true }),
  longitudeDeg: fc.double({ min: -180, max: 180, noNaN: true }),
});

test.each([
  ['a degree of latitude', { latitudeDeg: 31, longitudeDeg: 120 }, { latitudeDeg: 32, longitudeDeg: 120 }, 111_195],
  // 2886.4 km: the textbook haversine example (BNA to LAX) on the mean sphere.
  ['Nashville to Los Angeles', point(36.12, -86.67), point(33.94, -118.4), 2_886_448],
  ['across the antimeridian', point(0, 179.5), point(0, -179.5), 111_195],
  ['pole to pole', point(90, 0), point(-90, 77), Math.PI * EARTH_RADIUS_M],
])('%s', (_, from, to, metres) => {
  expect(Math.abs(distanceM(from, to) - metres)).toBeLessThan(metres * 1e-5 + 1);
});

test.each([
  ['north', 0, 100, 0],
  ['east', 100, 0, 90],
  ['south', 0, -100, 180],
  ['west', -100, 0, 270],
  ['north-east', 100, 100, 45],
])('%s', (_, eastM, northM, bearing) => {
  expect(bearingDeg(origin, place(eastM, northM))).toBeCloseTo(bearing, 2);
});

test('there is no direction to where one stands', () => {
  expect(bearingDeg(origin, origin)).toBeNull();
  expect(distanceM(origin, origin)).toBe(0);
});

test('distance is the same both ways and never more than half the earth; a bearing lies in [0, 360)', () => {
  fc.assert(
    fc.property(anywhere, anywhere, (from, to) => {
      expect(distanceM(from, to)).toBeCloseTo(distanceM(to, from), 3);
      expect(distanceM(from, to)).toBeLessThanOrEqual(Math.PI * EARTH_RADIUS_M + 1e-6);
      const bearing = bearingDeg(from, to);
      if (bearing !== null) {
        expect(bearing).toBeGreaterThanOrEqual(0);
        expect(bearing).toBeLessThan(360);
      }
    }),
  );
});

function point(latitudeDeg: number, longitudeDeg: number) {
  return { latitudeDeg, longitudeDeg };
}
