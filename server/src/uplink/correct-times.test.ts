import { START_MS } from '@pentad/protocol/testing/boring-ids';
import { numericsItem, positionItem, vitalTimes } from '@pentad/protocol/testing/builders';
import { describe, expect, test } from 'vitest';
import { withServerTimes } from './correct-times.ts';

const HOUR_MS = 3_600_000;
const MEASURED_MS = START_MS + 1_000;
const off = (offsetMs: number, errorMs = 20) => ({ clock: { offsetMs, errorMs } });

describe('E7: measured times are told by the server’s clock', () => {
  test.each([
    ['an hour slow', HOUR_MS],
    ['ten minutes fast', -600_000],
    ['a fraction of a millisecond over its error', 20.6],
  ])('of a vehicle whose clock is %s', (_, offsetMs) => {
    const byMs = Math.round(offsetMs);
    const times = vitalTimes({ bloodPressureAtMs: START_MS, temperatureAtMs: null });
    const item = numericsItem(1, {}, { ...off(offsetMs), times });
    expect(withServerTimes(item)).toEqual({
      ...item,
      measuredAtMs: MEASURED_MS + byMs,
      times: { bloodPressureAtMs: START_MS + byMs, temperatureAtMs: null },
    });
    const place = positionItem(1, {}, off(offsetMs));
    expect(withServerTimes(place)).toEqual({ ...place, measuredAtMs: MEASURED_MS + byMs });
  });

  test.each([
    ['has not been compared yet', { clock: null }],
    ['is right', off(0)],
    ['is off by no more than the comparison could be: late', off(20)],
    ['is off by no more than the comparison could be: early', off(-20)],
  ])('and stay as they are where the clock %s', (_, clock) => {
    const item = numericsItem(1, {}, clock);
    expect(withServerTimes(item)).toBe(item);
  });

  test('never before 1970', () => {
    expect(withServerTimes(numericsItem(1, {}, off(-2 * START_MS))).measuredAtMs).toBe(0);
  });

  test('keep the key, the day and what the vehicle wrote: the original can be had back', () => {
    const { seq, epoch, day, capturedAtMs, clock } = numericsItem(1, {}, off(HOUR_MS));
    expect(withServerTimes(numericsItem(1, {}, off(HOUR_MS)))).toMatchObject({ seq, epoch, day, capturedAtMs, clock });
  });
});
