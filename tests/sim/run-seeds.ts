import { runSeed, type SeedOptions, type SeedOutcome } from './run-seed.ts';

export interface SeedsReport {
  readonly outcomes: readonly SeedOutcome[];
  readonly failed: SeedOutcome | null;
  readonly seconds: number;
}

/** Seeds one after the other until one fails; between two of them the real event loop gets its turn. */
export async function runSeeds(from: number, count: number, options: SeedOptions = {}): Promise<SeedsReport> {
  const outcomes: SeedOutcome[] = [];
  const startedAtMs = performance.now();
  const took = () => (performance.now() - startedAtMs) / 1_000;
  for (let seed = from; seed < from + count; seed += 1) {
    const outcome = await runSeed(seed, options);
    outcomes.push(outcome);
    if (outcome.broken) return { outcomes, failed: outcome, seconds: took() };
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  return { outcomes, failed: null, seconds: took() };
}

/** The same seed once more: the whole trace must be the same. */
export async function replaysExactly(outcome: SeedOutcome, options: SeedOptions = {}): Promise<boolean> {
  const again = await runSeed(outcome.seed, { ...options, isVerbose: false });
  return again.hash === outcome.hash && again.events === outcome.events;
}

const sumBy = (outcomes: readonly SeedOutcome[], of: (outcome: SeedOutcome) => ReadonlyMap<string, number>): string => {
  const sums = new Map<string, number>();
  for (const outcome of outcomes)
    for (const [kind, count] of of(outcome)) sums.set(kind, (sums.get(kind) ?? 0) + count);
  return [...sums]
    .sort((a, b) => b[1] - a[1])
    .map(([kind, count]) => `${kind} ${count}`)
    .join(', ');
};

export function reportOf({ outcomes, failed, seconds }: SeedsReport): string {
  const events = outcomes.reduce((sum, outcome) => sum + outcome.events, 0);
  const hours = outcomes.reduce((sum, outcome) => sum + outcome.simulatedMs, 0) / 3_600_000;
  const last = outcomes.at(-1);
  const lines = [
    `${outcomes.length} seeds in ${seconds.toFixed(1)} s (${(outcomes.length / seconds).toFixed(1)} seeds/s), ${events} events, ${hours.toFixed(1)} simulated hours`,
    `faults: ${sumBy(outcomes, (outcome) => outcome.faults)}`,
    `seen: ${sumBy(outcomes, (outcome) => outcome.counts)}`,
    ...(last ? [`trace of seed ${last.seed}: ${last.hash}`] : []),
  ];
  if (!failed?.broken) return [...lines, 'every invariant held'].join('\n');
  return [
    ...lines,
    `SEED ${failed.seed} BROKE ${failed.broken.what}`,
    ...failed.broken.lastLines.map((line) => `  ${line}`),
    `again: npm run sim -- --seeds 1 --from ${failed.seed}`,
  ].join('\n');
}
