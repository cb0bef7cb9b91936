import fc from 'fast-check';
import { expect, test } from 'vitest';
import { closed, place, polygonOf, square } from './place.fixture.ts';
import { Polygon } from './polygon.ts';

const corners = [place(0, 0), place(100, 0), place(100, 50), place(0, 50)];

test.each([
  ['nothing', [], 'too-few-points'],
  ['a line there and back', [place(0, 0), place(1, 1), place(0, 0)], 'too-few-points'],
  ['an open ring', corners, 'not-closed'],
  ['a bow tie', closed([place(0, 0), place(100, 50), place(100, 0), place(0, 50)]), 'self-intersecting'],
  ['a corner twice', closed([place(0, 0), place(0, 0), place(100, 0), place(100, 50)]), 'self-intersecting'],
  [
    'a spike',
    closed([
      { latitudeDeg: 1, longitudeDeg: 1 },
      { latitudeDeg: 1, longitudeDeg: 3 },
      { latitudeDeg: 1, longitudeDeg: 2 },
      { latitudeDeg: 2, longitudeDeg: 2 },
    ]),
    'self-intersecting',
  ],
  ['two loops that meet in a corner', eight(), 'self-intersecting'],
  ['a place beyond the pole', closed([...corners, { latitudeDeg: 91, longitudeDeg: 0 }]), 'not-on-earth'],
  ['no number', closed([...corners, { latitudeDeg: Number.NaN, longitudeDeg: 0 }]), 'not-on-earth'],
  ['a ring of a thousand points', closed(circle(1_000, 100)), 'too-many-points'],
  ['a rectangle', closed(corners), null],
  ['a triangle', closed([place(0, 0), place(100, 0), place(0, 50)]), null],
])('%s: %s', (_, ring, fault) => {
  expect(Polygon.read(ring).fault).toBe(fault);
});

test('area is that of the ground', () => {
  expect(polygonOf(corners).areaM2).toBeCloseTo(5_000, 0);
  expect(polygonOf([...corners].reverse()).areaM2).toBeCloseTo(5_000, 0);
});

test.each([
  ['the middle', place(50, 25), true],
  ['a hand inside the edge', place(0.1, 25), true],
  ['a hand outside the edge', place(-0.1, 25), false],
  ['level with a corner, outside', place(-10, 50), false],
  ['a corner itself', place(100, 50), true],
])('%s', (_, point, isInside) => {
  expect(polygonOf(corners).contains(point)).toBe(isInside);
});

test('the notch of a horseshoe is outside, its arms are inside', () => {
  const shoe = polygonOf([
    place(0, 0),
    place(30, 0),
    place(30, 30),
    place(20, 30),
    place(20, 10),
    place(10, 10),
    place(10, 30),
    place(0, 30),
  ]);
  expect([place(15, 20), place(5, 20), place(25, 20), place(15, 5)].map((point) => shoe.contains(point))).toEqual([
    false,
    true,
    true,
    true,
  ]);
});

test('the way to the boundary is measured from either side', () => {
  const gate = square(100);
  expect(gate.boundaryDistanceM(place(0, 0))).toBeCloseTo(50, 1);
  expect(gate.boundaryDistanceM(place(80, 0))).toBeCloseTo(30, 1);
  expect(gate.boundaryDistanceM(place(80, 90))).toBeCloseTo(50, 1);
});

test('a regular polygon holds what is nearer than its edges and nothing beyond its corners', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 3, max: 40 }),
      fc.double({ min: 0, max: 2 * Math.PI, noNaN: true }),
      fc.double({ min: 0, max: 200, noNaN: true }),
      (count, angle, awayM) => {
        const polygon = polygonOf(circle(count, 100));
        const isInside = polygon.contains(place(awayM * Math.cos(angle), awayM * Math.sin(angle)));
        if (awayM < 99.9 * Math.cos(Math.PI / count)) expect(isInside).toBe(true);
        if (awayM > 100.1) expect(isInside).toBe(false);
      },
    ),
  );
});

test('any ring of numbers is read or refused, never thrown at', () => {
  const degrees = fc.oneof(fc.double(), fc.integer({ min: -3, max: 3 }));
  const ring = fc.array(fc.record({ latitudeDeg: degrees, longitudeDeg: degrees }), { maxLength: 12 });
  fc.assert(
    fc.property(ring, fc.boolean(), (points, isClosed) => {
      const { polygon, fault } = Polygon.read(isClosed ? closed(points) : points);
      expect(polygon === null).toBe(fault !== null);
      if (polygon) for (const corner of points) expect(polygon.contains(corner)).toBe(true);
    }),
  );
});

function circle(count: number, radiusM: number) {
  return Array.from({ length: count }, (_, index) => {
    const angle = (2 * Math.PI * index) / count;
    return place(radiusM * Math.cos(angle), radiusM * Math.sin(angle));
  });
}

function eight() {
  const point = (latitudeDeg: number, longitudeDeg: number) => ({ latitudeDeg, longitudeDeg });
  return closed([
    point(0, 0),
    point(1, 0),
    point(1, 1),
    point(2, 1),
    point(2, 2),
    point(1, 2),
    point(1, 1),
    point(0, 1),
  ]);
}
