import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { atFirst, passGate, sideOf, STOPPED_BELOW_MPS, type GateStamp } from './gate-crossing.ts';
import { isJump, MAX_ROAD_SPEED_MPS, type TimedPosition } from './jump.ts';
import { at, square } from './place.fixture.ts';

const gate = square(60);

/** `[second, metres east of the gate's middle]`, at 10 m/s and 5 m accuracy unless said otherwise. */
type Seen = readonly [second: number, eastM: number, rest?: Parameters<typeof at>[2]];
const seen = ([second, eastM, rest]: Seen): TimedPosition => ({
  measuredAtMs: second * 1_000,
  position: at(eastM, 0, rest),
});

function stamps(track: readonly TimedPosition[]): GateStamp[] {
  let state = atFirst;
  return track.flatMap((fix) => {
    const step = passGate(gate, state, fix);
    state = step.state;
    return step.stamp ? [step.stamp] : [];
  });
}
const stampsOf = (...track: Seen[]) => stamps(track.map(seen));

const approach: Seen[] = [
  [0, 300],
  [10, 200],
  [20, 100],
];
const arrived = { kind: 'arrived', atMs: 30_000, notBeforeMs: 20_000 };

describe('arrival', () => {
  test('two positions inside: the stamp is the first of them, bounded by the last outside', () => {
    expect(stampsOf(...approach, [30, 20])).toEqual([]);
    expect(stampsOf(...approach, [30, 20], [35, 0], [40, -10])).toEqual([arrived]);
  });

  test.each([
    ['just below the threshold', STOPPED_BELOW_MPS - 0.01, 5, 1],
    ['at the threshold', STOPPED_BELOW_MPS, 5, 0],
    ['an unknown speed', null, 5, 0],
    ['slow, of unknown accuracy', 0, null, 0],
  ])('one position inside, %s', (_, speedMps, accuracyM, count) => {
    expect(stampsOf(...approach, [30, 20, { speedMps, accuracyM }])).toHaveLength(count);
  });

  test('positions that say nothing between two inside change nothing', () => {
    const rough = { accuracyM: 400, speedMps: 0 };
    expect(stampsOf(...approach, [30, 20], [32, 500, rough], [35, 0])).toEqual([arrived]);
  });

  test('one stray position inside and the vehicle outside again is no arrival', () => {
    expect(stampsOf(...approach, [30, 20], [40, 100], [50, 20], [60, 100])).toEqual([]);
  });

  test('a vehicle first seen inside has not arrived', () => {
    expect(stampsOf([0, 0], [1, 0, { speedMps: 0 }], [2, 1])).toEqual([]);
  });

  test('after a tunnel the bound says how little is known', () => {
    expect(stampsOf([0, 9_000], [10, 8_900], [610, 20], [611, 10])).toEqual([
      { kind: 'arrived', atMs: 610_000, notBeforeMs: 10_000 },
    ]);
  });
});

describe('departure', () => {
  test('two positions surely outside; near the edge says nothing', () => {
    expect(stampsOf(...approach, [30, 20], [35, 0], [100, 20], [101, 33], [102, 34], [110, 60], [115, 100])).toEqual([
      arrived,
      { kind: 'departed', atMs: 110_000, notBeforeMs: 100_000 },
    ]);
  });

  test('a parked receiver that wanders over the edge once has not left', () => {
    const parked = { speedMps: 0 };
    expect(stampsOf(...approach, [30, 20, parked], [40, 50, parked], [50, 20, parked], [60, 20, parked])).toEqual([
      arrived,
    ]);
  });
});

describe('what a position says', () => {
  // 60 m x 60 m is the area of a circle of 33.85 m.
  test.each([
    ['inside', 0, 33.8, 'inside'],
    ['inside, circle larger than the gate', 0, 33.9, null],
    ['outside, circle off the edge', 36, 5, 'outside'],
    ['outside, circle over the edge', 34, 5, null],
    ['outside, accuracy unknown', 34, null, 'outside'],
  ])('%s', (_, eastM, accuracyM, side) => {
    expect(sideOf(gate, seen([0, eastM, { accuracyM }]))).toBe(side);
  });
});

describe('jumps', () => {
  test.each([
    ['70 m/s and no more', MAX_ROAD_SPEED_MPS - 0.01, 0, false],
    ['above it', MAX_ROAD_SPEED_MPS + 0.01, 0, true],
    ['above it, within both accuracies', MAX_ROAD_SPEED_MPS + 9, 5, false],
    ['above both accuracies', MAX_ROAD_SPEED_MPS + 11, 5, true],
  ])('%s', (_, eastM, accuracyM, isOne) => {
    expect(isJump(seen([0, 0, { accuracyM }]), seen([1, eastM, { accuracyM }]))).toBe(isOne);
  });

  test('two places at one instant are a jump', () => {
    expect(isJump(seen([0, 0]), seen([0, 11]))).toBe(true);
    expect(isJump(seen([0, 0]), seen([0, 9]))).toBe(false);
  });

  test('a jump into the gate does not arrive, however slow it says it is', () => {
    const stopped = { speedMps: 0 };
    expect(stampsOf([0, 5_000], [1, 4_990], [2, 0, stopped], [3, 0, stopped], [4, 4_960], [5, 4_950])).toEqual([]);
  });

  test('a vehicle that stays where it jumped to is believed there, and the bound holds the whole gap', () => {
    expect(stampsOf([0, 5_000], [1, 4_990], [2, 0], [3, 0], [4, 0], [5, 0], [6, 0])).toEqual([
      { kind: 'arrived', atMs: 5_000, notBeforeMs: 1_000 },
    ]);
  });
});

const track = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: -120, max: 120 })), { maxLength: 40 })
  .map((steps) => {
    let second = 0;
    return steps.map(([wait, eastM]) => seen([(second += wait), eastM]));
  });

test('repeated and late positions change no stamp', () => {
  fc.assert(
    fc.property(track, fc.infiniteStream(fc.nat()), (fixes, picks) => {
      const disturbed = fixes.flatMap((fix, index) => {
        const pick = Number(picks.next().value ?? 0) % (index + 1);
        return [fix, ...fixes.slice(pick, index + 1)];
      });
      expect(stamps(disturbed)).toEqual(stamps(fixes));
    }),
  );
});

test('stamps alternate, go forward, and each bound ends at its stamp', () => {
  fc.assert(
    fc.property(track, (fixes) => {
      const all = stamps(fixes);
      for (const [index, { kind, atMs, notBeforeMs }] of all.entries()) {
        expect(notBeforeMs).toBeLessThan(atMs);
        const before = all[index - 1];
        if (!before) continue;
        expect(before.kind).not.toBe(kind);
        expect(notBeforeMs).toBeGreaterThanOrEqual(before.atMs);
      }
    }),
  );
});
