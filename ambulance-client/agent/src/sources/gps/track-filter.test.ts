import fc from 'fast-check';
import type { TimedPosition } from '@pentad/geo/jump';
import { describe, expect, test } from 'vitest';
import { spreadM } from './nmea.fixture.ts';
import { AGREEING_FIXES, HOLD_GIVEN_UP_AFTER_MS, HOLD_M, PARKED_BELOW_MPS, TrackFilter } from './track-filter.ts';

const METRES_PER_DEGREE = 111_195.08;
interface Seen {
  readonly second: number;
  readonly northM: number;
  readonly speedMps?: number | null;
  readonly accuracyM?: number | null;
}
const fix = ({ second, northM, speedMps = 15, accuracyM = 5 }: Seen): TimedPosition => ({
  measuredAtMs: second * 1_000,
  position: { latitudeDeg: northM / METRES_PER_DEGREE, longitudeDeg: 120, speedMps, headingDeg: null, accuracyM },
});

function run(...seen: readonly Seen[]) {
  const filter = new TrackFilter();
  const passed = seen.flatMap((one) => filter.push(fix(one)) ?? []);
  const northM = passed.map(({ position }) => Math.round(position.latitudeDeg * METRES_PER_DEGREE));
  return { passed, northM, counts: filter.counts };
}
const drive = (from: number, count: number, startM = 0): Seen[] =>
  Array.from({ length: count }, (_, index) => ({ second: from + index, northM: startM + index * 15 }));

test('a drive passes as it is', () => {
  expect(run(...drive(0, 20)).counts).toEqual({ passed: 20, duplicates: 0, doubted: 0 });
});

describe('jumps', () => {
  test('a stray fix is left out and the drive goes on', () => {
    const { northM, counts } = run(...drive(0, 3), { second: 3, northM: 5_000 }, ...drive(4, 2, 60));
    expect(northM).toEqual([0, 15, 30, 60, 75]);
    expect(counts).toEqual({ passed: 5, duplicates: 0, doubted: 1 });
  });

  test('stray fixes that do not agree are never believed', () => {
    const strays = [5_000, -5_000, 9_000, -9_000].map((northM, index) => ({ second: 3 + index, northM }));
    expect(run(...drive(0, 3), ...strays).northM).toEqual([0, 15, 30]);
  });

  test(`the ${AGREEING_FIXES}rd of fixes that agree is believed`, () => {
    const { northM, counts } = run(...drive(0, 3), ...drive(3, 4, 5_000));
    expect(northM).toEqual([0, 15, 30, 5_030, 5_045]);
    expect(counts.doubted).toBe(AGREEING_FIXES - 1);
  });

  test.each([
    ['69 m in a second, accuracy unknown', 69, null, 2],
    ['71 m', 71, null, 1],
    ['79 m, both good to 5 m', 79, 5, 2],
    ['81 m', 81, 5, 1],
  ])('%s', (_, northM, accuracyM, passed) => {
    expect(run({ second: 0, northM: 0, accuracyM }, { second: 1, northM, accuracyM }).passed).toHaveLength(passed);
  });

  test('after a tunnel of ten minutes the far end is no jump', () => {
    expect(run({ second: 0, northM: 0 }, { second: 600, northM: 15_000 }).passed).toHaveLength(2);
  });
});

describe('time', () => {
  test('an instant heard twice passes once', () => {
    const twice = drive(0, 5).flatMap((one) => [one, one]);
    expect(run(...twice).counts).toEqual({ passed: 5, duplicates: 5, doubted: 0 });
  });

  test('a late fix is left out', () => {
    const [a, b, c, d] = drive(0, 4);
    if (!a || !b || !c || !d) throw new Error('no drive');
    expect(run(a, c, b, d).northM).toEqual([0, 30, 45]);
  });

  test('a receiver that began with a wrong date mends itself', () => {
    const { passed } = run({ second: 900_000, northM: 0 }, ...drive(1_000, 6));
    expect(passed.map(({ measuredAtMs }) => measuredAtMs / 1_000)).toEqual([900_000, 1_002, 1_003, 1_004, 1_005]);
  });
});

describe('a parked vehicle', () => {
  const still = { speedMps: 0.1 };

  test.each([
    ['within 15 m', HOLD_M - 0.1, 5, 0],
    ['beyond it, for a moment', HOLD_M + 0.1, 5, 0],
    ['within its accuracy', 40, 45, 0],
    ['of unknown accuracy', HOLD_M - 0.1, null, 0],
  ])('%s, stays', (_, northM, accuracyM, shown) => {
    const { passed, ...rest } = run({ second: 0, northM: 0, ...still }, { second: 5, northM, accuracyM, ...still });
    expect(rest.northM).toEqual([0, shown]);
    expect(passed[1]).toMatchObject({ measuredAtMs: 5_000, position: { speedMps: 0.1, accuracyM } });
  });

  test('held at a wrong place, it is shown where it has been said to be for ten seconds', () => {
    const seconds = HOLD_GIVEN_UP_AFTER_MS / 1_000;
    const elsewhere = Array.from({ length: seconds + 1 }, (_, index) => ({ second: 1 + index, northM: 30, ...still }));
    expect(run({ second: 0, northM: 0, ...still }, ...elsewhere).northM).toEqual([0, ...Array(seconds).fill(0), 30]);
  });

  test.each([
    ['as soon as it drives', PARKED_BELOW_MPS],
    ['when its speed is unknown', null],
  ])('is let go %s', (_, speedMps) => {
    expect(run({ second: 0, northM: 0, ...still }, { second: 1, northM: 10, speedMps }).northM).toEqual([0, 10]);
  });

  test('fixes that lie within 15 m of each other show one place', () => {
    const noise = fc.array(fc.double({ min: -7.4, max: 7.4, noNaN: true }), { minLength: 2, maxLength: 50 });
    fc.assert(
      fc.property(noise, (metres) => {
        const { passed } = run(...metres.map((northM, index) => ({ second: index * 6, northM, ...still })));
        expect(spreadM(passed)).toBe(0);
      }),
    );
  });
});

test('whatever comes, what passes never repeats an instant', () => {
  const seen = fc.record({
    second: fc.integer({ min: 0, max: 20 }),
    northM: fc.integer({ min: -9_000, max: 9_000 }),
    speedMps: fc.option(fc.integer({ min: 0, max: 60 })),
    accuracyM: fc.option(fc.integer({ min: 0, max: 500 })),
  });
  fc.assert(
    fc.property(fc.array(seen), (all) => {
      const { passed, counts } = run(...all);
      expect(counts.passed + counts.duplicates + counts.doubted).toBe(all.length);
      for (const [index, { measuredAtMs }] of passed.entries())
        expect(measuredAtMs).not.toBe(passed[index - 1]?.measuredAtMs);
    }),
  );
});
