import { describe, expect, test } from 'vitest';
import type { PlantedBug } from './planted-bug.ts';
import { reportOf, runSeeds } from './run-seeds.ts';
import { onlyFaults, type Swarm } from './world/swarm.ts';

describe('every invariant holds', () => {
  test('over another hundred schedules of faults', async () => {
    const report = await runSeeds(101, 100);
    console.log(reportOf(report));
    expect(report.failed?.broken ?? null).toBeNull();
  });
});

const quiet = { lost: 0, unknown: 0, crashBefore: 0, crashAfter: 0, readBroken: 0 };

describe('the checker finds a bug that is put in', () => {
  /** Each with the faults that bring it out, so that few seeds are enough. */
  test.each<[PlantedBug, RegExp, Partial<Swarm>]>([
    ['ack-before-commit', /I1/, {}],
    ['receipt-before-commit', /I1/, {}],
    ['steps-kept-after-answer', /I7|I8/, {}],
    ['event-guard-dropped', /unique/, { twiceShare: 0.5 }],
    ['feed-skips-a-number', /feed/, {}],
    ['step-guard-dropped', /I8/, { every: onlyFaults({ 'postgres-slow': 8_000 }) }],
    [
      'answer-forgets-the-op',
      /L4/,
      { commit: { ...quiet, unknown: 0.4 }, every: onlyFaults({ 'server-crash': 20_000 }) },
    ],
    // An old holder must come back and alert before it has heard of its loss.
    ['lease-unchecked', /lease/, { every: onlyFaults({ 'server-held-up': 6_000 }), vehicles: 6, chaosMs: 180_000 }],
  ])('%s', async (planted, invariant, swarm) => {
    const { failed } = await runSeeds(1, 25, { planted, swarm });
    expect(failed?.broken?.invariant).toMatch(invariant);
  });
});
