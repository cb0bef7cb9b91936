import { describe, expect, test } from 'vitest';
import type { PlantedBug } from './planted-bug.ts';
import { reportOf, runSeeds } from './run-seeds.ts';
import { onlyFaults } from './world/swarm.ts';

describe('every invariant holds', () => {
  test('over another hundred schedules of faults', async () => {
    const report = await runSeeds(101, 100);
    console.log(reportOf(report));
    expect(report.failed?.broken ?? null).toBeNull();
  });
});

describe('the checker finds a bug that is put in', () => {
  test.each<[PlantedBug, RegExp]>([
    ['ack-before-commit', /I1/],
    ['receipt-before-commit', /I1/],
    ['steps-kept-after-answer', /I7|I8/],
    ['event-guard-dropped', /unique|I4/],
    ['step-guard-dropped', /I8/],
    ['answer-forgets-the-op', /L4/],
    ['feed-skips-a-number', /feed/],
  ])('%s', async (planted, invariant) => {
    const { failed } = await runSeeds(1, 40, { planted });
    expect(failed?.broken?.invariant).toMatch(invariant);
  });

  // An old holder must come back and alert before it has heard of its loss: often only where processes are held up.
  test('lease-unchecked', async () => {
    const swarm = {
      every: onlyFaults({ 'server-held-up': 6_000 }),
      vehicles: 6,
      sampleEveryMs: 2_000,
      chaosMs: 180_000,
    };
    const { failed } = await runSeeds(1, 20, { planted: 'lease-unchecked', swarm });
    expect(failed?.broken?.invariant).toBe('lease');
  });
});
