import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clockFromAnswer } from './ask.ts';
import { START_MS, vehicle } from './testing/boring-ids.ts';

const answer = (t0Ms: number, t1Ms: number, t2Ms: number) => ({ vehicle, t0Ms, t1Ms, t2Ms });

test.each([
  ['clocks agree, equal ways', answer(1_000, 1_050, 1_050), 1_100, { offsetMs: 0, errorMs: 50 }],
  ['server ten minutes ahead', answer(1_000, 601_050, 601_050), 1_100, { offsetMs: 600_000, errorMs: 50 }],
  ['agent an hour ahead', answer(3_601_000, 1_050, 1_060), 3_601_110, { offsetMs: -3_600_000, errorMs: 50 }],
  ['the server took long to answer', answer(1_000, 1_050, 6_050), 6_100, { offsetMs: 0, errorMs: 50 }],
  ['all in one millisecond', answer(1_000, 1_000, 1_000), 1_000, { offsetMs: 0, errorMs: 0 }],
  [
    'half a millisecond is rounded to the wider bound',
    answer(1_000, 1_000, 1_000),
    1_001,
    { offsetMs: -0.5, errorMs: 1 },
  ],
])('clock reading: %s (E7)', (_what, given, t3Ms, reading) => expect(clockFromAnswer(given, t3Ms)).toEqual(reading));

test('the true offset lies within the error bound, however unequal the two ways are (E7)', () => {
  const wayMs = fc.nat(5_000);
  fc.assert(
    fc.property(
      fc.integer({ min: -3_600_000, max: 3_600_000 }),
      wayMs,
      wayMs,
      fc.nat(2_000),
      (offset, there, back, work) => {
        const t0 = START_MS;
        const t1 = t0 + there + offset;
        const t2 = t1 + work;
        const { offsetMs, errorMs } = clockFromAnswer(answer(t0, t1, t2), t2 - offset + back);
        expect(Math.abs(offsetMs - offset)).toBeLessThanOrEqual(errorMs);
      },
    ),
  );
});

test('a clock stepped back between question and answer gives no negative error (E7, E8)', () => {
  expect(clockFromAnswer(answer(1_000_000, 1_000_050, 1_000_050), 400_000).errorMs).toBe(0);
});
