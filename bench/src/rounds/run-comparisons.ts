import type { Options } from '../options.ts';
import type { Round } from './round.ts';
import { pipePipeline, productPipeline, type Pipeline } from '../stand/pipelines.ts';
import type { Stand } from '../stand/stand.ts';
import { drainRound } from './drain-round.ts';
import { ALERTS_A_ROUND, liveRound } from './live-round.ts';
import { openCases } from './open-cases.ts';
import type { Bench } from './bench.ts';

export const LIVE_VEHICLES = 1_000;
/** Two of 21 consoles a case, within the page's limit of 64 watched cases. */
const DRAIN_VEHICLES = 500;

function pipelinesOf(stand: Stand, { against, profileDir }: Options) {
  const product = productPipeline(stand, { name: 'product', bundle: 'server.js', profileDir });
  const other = against === null ? [] : [productPipeline(stand, { name: 'against', bundle: 'against.js', profileDir })];
  return { floor: pipePipeline(stand, 'floor'), product, other, drizzle: pipePipeline(stand, 'drizzle') };
}

/** G1 to G4: floor, product and drizzle one after another, round after round. */
export async function runComparisons({ stand, consoles, publisher, options, note, load }: Bench): Promise<void> {
  const isWanted = (...ids: readonly string[]): boolean => ids.some((id) => options.wanted.includes(id));
  const { floor, product, other, drizzle } = pipelinesOf(stand, options);
  let run = 1;
  const drain = async (pipeline: Pipeline) => {
    const size = { messages: options.messages, vehicles: DRAIN_VEHICLES, run: (run += 1) };
    note({ ...(await drainRound({ stand, consoles, pipeline }, size)), load: load() } satisfies Round);
  };
  const live = async (pipeline: Pipeline, alertsFrom: number | null) => {
    const size = { vehicles: LIVE_VEHICLES, run: (run += 1), alertsFrom };
    note({ ...(await liveRound({ stand, consoles, publisher, pipeline }, size)), load: load() } satisfies Round);
  };
  // Before the first sample of the backlog: a crew's notes newer than the samples are another figure (results.md).
  const openedAtMs = Date.now() - (options.messages / DRAIN_VEHICLES + 10) * 1_000;
  await openCases(stand, product, { vehicles: LIVE_VEHICLES, run, atMs: openedAtMs });
  for (let round = 0; isWanted('G1', 'G2') && round < options.rounds; round += 1) {
    const pipelines = [...(isWanted('G1') ? [floor] : []), product, ...other, ...(isWanted('G2') ? [drizzle] : [])];
    for (const pipeline of pipelines) await drain(pipeline);
  }
  let alertsFrom = 0;
  for (let round = 0; isWanted('G3', 'G4') && round < options.liveRounds; round += 1) {
    await live(floor, null);
    for (const pipeline of [product, ...other]) {
      await live(pipeline, alertsFrom);
      alertsFrom += ALERTS_A_ROUND;
    }
  }
}
