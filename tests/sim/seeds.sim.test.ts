import { describe, expect, test } from 'vitest';
import { runSeed } from './run-seed.ts';
import { replaysExactly, reportOf, runSeeds } from './run-seeds.ts';

/** The other hundred stand in more-seeds.sim.test.ts: vitest gives each file a core of its own. */
describe('every invariant holds', () => {
  test('over a hundred schedules of faults (P12, P13, L2, N1, N2, N6-N9, E5, E6, E9-E11)', async () => {
    const report = await runSeeds(1, 100);
    console.log(reportOf(report));
    expect(report.failed?.broken ?? null).toBeNull();
  });
});

describe('a seed', () => {
  test('replays exactly', async () => {
    const [first, other] = [await runSeed(7), await runSeed(8)];
    expect(await replaysExactly(first)).toBe(true);
    expect(other.hash).not.toBe(first.hash);
  });
});
