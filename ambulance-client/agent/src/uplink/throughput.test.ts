import { describe, expect, test } from 'vitest';
import { Throughput } from './throughput.ts';

/** Publishes of `bytes` over a link of this width and round trip, two in flight. */
function measured({
  bytesPerSecond,
  roundTripMs,
  bytes,
}: {
  bytesPerSecond: number;
  roundTripMs: number;
  bytes: number;
}) {
  const throughput = new Throughput();
  throughput.note(100, 0, roundTripMs);
  let freeAtMs = 0;
  let nowMs = 0;
  for (let n = 0; n < 20; n += 1) {
    const sentAtMs = Math.max(0, freeAtMs - (bytes * 1_000) / bytesPerSecond);
    freeAtMs = Math.max(freeAtMs, sentAtMs) + (bytes * 1_000) / bytesPerSecond;
    nowMs = freeAtMs + roundTripMs;
    throughput.note(bytes, sentAtMs, nowMs);
  }
  return { throughput, nowMs };
}

describe('what a link takes a second', () => {
  test.each([
    { bytesPerSecond: 2_000, roundTripMs: 1_600, bytes: 4_096 },
    { bytesPerSecond: 20_000, roundTripMs: 300, bytes: 6_600 },
    { bytesPerSecond: 1_000_000, roundTripMs: 40, bytes: 131_072 },
  ])('is found within a third, whatever the round trip: $bytesPerSecond B/s, $roundTripMs ms', (link) => {
    const { throughput, nowMs } = measured(link);
    const found = throughput.oneSecond(nowMs) ?? 0;
    expect(found).toBeGreaterThan(link.bytesPerSecond * 0.67);
    expect(found).toBeLessThan(link.bytesPerSecond * 1.5);
    expect(throughput.window(nowMs)).toBeGreaterThan(found);
  });

  test('is not known before a big publish, nor half a minute after the last', () => {
    const throughput = new Throughput();
    throughput.note(700, 0, 100);
    expect([throughput.oneSecond(100), throughput.fits(1e9, 100)]).toEqual([null, true]);
    throughput.note(2_000, 200, 1_300);
    expect(throughput.fits(100_000, 1_300)).toBe(false);
    expect(throughput.fits(1_000, 1_300)).toBe(true);
    expect(throughput.fits(100_000, 31_301)).toBe(true);
  });
});

test('a first big publish, and acknowledgements in a bunch, do not make a narrow link wide', () => {
  const throughput = new Throughput();
  throughput.note(4_700, 0, 3_900);
  expect(throughput.oneSecond(3_900)).toBeLessThan(2_000);
  throughput.note(4_700, 1_000, 3_901);
  throughput.note(4_700, 2_000, 3_902);
  expect(throughput.oneSecond(3_902)).toBeLessThan(2_500);
});
