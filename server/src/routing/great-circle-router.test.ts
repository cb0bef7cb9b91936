import { distanceM } from '@pentad/geo/distance';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DETOUR_FACTOR, estimateByGreatCircle, greatCircleRouter, SPEED_PIECES } from './great-circle-router.ts';

const METRES_PER_DEGREE = 111_195.08;
const from = { latitudeDeg: 31, longitudeDeg: 120 };
/** So many metres of road to the north. */
const roadM = (metres: number) => ({ ...from, latitudeDeg: 31 + metres / DETOUR_FACTOR / METRES_PER_DEGREE });

test.each([
  ['where it stands', 0, 0],
  ['the last streets', 1_000, 144],
  ['the end of the first piece', 2_000, 288],
  ['a metre beyond', 2_009, 288.81],
  ['across the town', 10_000, 1_008],
  ['from the country', 40_000, 2_808],
  ['from another county', 60_000, 3_708],
])('%s: %i m', (_, metres, seconds) => {
  const eta = estimateByGreatCircle(from, roadM(metres), 1_000);
  expect(Math.abs(eta.seconds - seconds)).toBeLessThanOrEqual(1);
  expect(Math.abs(eta.metres - metres)).toBeLessThanOrEqual(1);
  expect(eta).toMatchObject({ source: 'great-circle', computedAtMs: 1_000 });
});

test('the pieces follow each other and the last has no end', () => {
  const ends = SPEED_PIECES.map(({ upToM }) => upToM);
  expect(ends).toEqual([...ends].sort((a, b) => a - b));
  expect(ends.at(-1)).toBe(Number.POSITIVE_INFINITY);
});

test('anywhere on earth: a band around whole seconds, and farther is never sooner', () => {
  const place = fc.record({
    latitudeDeg: fc.double({ min: -90, max: 90, noNaN: true }),
    longitudeDeg: fc.double({ min: -180, max: 180, noNaN: true }),
  });
  fc.assert(
    fc.property(place, place, place, (here, one, other) => {
      const [near, far] = [one, other].sort((a, b) => distanceM(here, a) - distanceM(here, b));
      if (!near || !far) return;
      const [sooner, later] = [near, far].map((to) => estimateByGreatCircle(here, to, 0));
      if (!sooner || !later) return;
      expect(sooner.seconds).toBeLessThanOrEqual(later.seconds);
      for (const { fromSeconds, seconds, toSeconds } of [sooner, later]) {
        expect([fromSeconds, seconds, toSeconds].every(Number.isSafeInteger)).toBe(true);
        expect(fromSeconds).toBeLessThanOrEqual(seconds);
        expect(seconds).toBeLessThan(toSeconds);
      }
    }),
  );
});

test('as a Router it answers the same', async () => {
  expect(await greatCircleRouter.eta(from, roadM(5_000), 7)).toEqual(estimateByGreatCircle(from, roadM(5_000), 7));
});
