import { vitalNames } from '@pentad/protocol/vitals';
import { describe, expect, it } from 'vitest';
import { isCurrent, termMs } from './staleness.ts';

describe('staleness', () => {
  it.each([
    ['heartRateBpm', false, 60_000],
    ['respiratoryRatePerMin', false, 60_000],
    ['spo2Percent', false, 60_000],
    ['heartRateBpm', true, 600_000],
    ['respiratoryRatePerMin', true, 600_000],
    ['spo2Percent', true, 600_000],
    ['systolicMmHg', false, 900_000],
    ['systolicMmHg', true, 900_000],
    ['temperatureC', false, 3_600_000],
    ['temperatureC', true, 3_600_000],
  ] as const)('%s, by hand: %s, lasts %i ms and not one more', (name, isHandEntered, lastsMs) => {
    expect(termMs(name, isHandEntered)).toBe(lastsMs);
    expect(isCurrent(0, lastsMs, lastsMs)).toBe(true);
    expect(isCurrent(0, lastsMs, lastsMs + 1)).toBe(false);
  });

  it('has a term for every vital', () => {
    for (const name of vitalNames) expect(termMs(name, false)).toBeGreaterThanOrEqual(60_000);
  });

  it('does not believe an instant more than a minute ahead', () => {
    expect(isCurrent(60_000, 60_000, 0)).toBe(true);
    expect(isCurrent(60_001, 60_000, 0)).toBe(false);
  });
});
