import { cpus, loadavg, totalmem } from 'node:os';
import { readOptions, type Options } from './options.ts';
import { publisherEnvironment } from './publisher/publisher-orders.ts';
import { figuresOf, type Round } from './report/figures.ts';
import { figureTable, roundLine } from './report/print.ts';
import { Consoles } from './rounds/consoles.ts';
import { drainRound } from './rounds/drain-round.ts';
import { ALERTS_A_ROUND, liveRound } from './rounds/live-round.ts';
import { openCases } from './rounds/open-cases.ts';
import { Child } from './stand/child.ts';
import { pipePipeline, productPipeline, type Pipeline } from './stand/pipelines.ts';
import { openStand, type Stand } from './stand/stand.ts';

const LIVE_VEHICLES = 1_000;
/** Two of 21 consoles a case, within the page's limit of 64 watched cases. */
const DRAIN_VEHICLES = 500;

const options = readOptions(process.argv.slice(2));
const isWanted = (...ids: readonly string[]): boolean => ids.some((id) => options.wanted.includes(id));
const say = (line: string): void => (options.isJson ? console.error(line) : console.log(line));

function pipelinesOf(stand: Stand, { against, profileDir }: Options) {
  const product = productPipeline(stand, { name: 'product', bundle: 'server.js', profileDir });
  const other = against === null ? [] : [productPipeline(stand, { name: 'against', bundle: 'against.js', profileDir })];
  return { floor: pipePipeline(stand, 'floor'), product, other, drizzle: pipePipeline(stand, 'drizzle') };
}

async function runRounds(stand: Stand): Promise<Round[]> {
  const { floor, product, other, drizzle } = pipelinesOf(stand, options);
  const rounds: Round[] = [];
  const note = (round: Round): void => {
    rounds.push(round);
    say(roundLine(round));
  };
  const load = () => loadavg()[0] ?? 0;
  const consoles = new Consoles(stand);
  const publisher = new Child({
    bundle: 'publisher-process.js',
    environment: publisherEnvironment({ natsUrl: stand.broker.url, ...stand.user }),
    logPath: stand.logPath('publisher'),
  });
  let run = 1;
  const drain = async (pipeline: Pipeline) => {
    const size = { messages: options.messages, vehicles: DRAIN_VEHICLES, run: (run += 1) };
    note({ ...(await drainRound({ stand, consoles, pipeline }, size)), load: load() });
  };
  const live = async (pipeline: Pipeline, alertsFrom: number | null) => {
    const size = { vehicles: LIVE_VEHICLES, run: (run += 1), alertsFrom };
    note({ ...(await liveRound({ stand, consoles, publisher, pipeline }, size)), load: load() });
  };
  try {
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
  } finally {
    await Promise.all([consoles.stop(), publisher.stop()]);
  }
  return rounds;
}

const stand = await openStand(LIVE_VEHICLES);
let rounds: Round[] = [];
try {
  rounds = await runRounds(stand);
} finally {
  await stand.stop();
}
const figures = figuresOf(rounds);
say(`\n${figureTable(figures)}`);
if (options.isJson) {
  const machine = {
    cpu: cpus()[0]?.model ?? '',
    cores: cpus().length,
    memoryBytes: totalmem(),
    node: process.version,
    loadAverage: loadavg(),
  };
  console.log(JSON.stringify({ machine, figures, rounds }, null, 2));
}
process.exit(figures.some((figure) => figure.pass === false) ? 1 : 0);
