import { cpus, loadavg, totalmem } from 'node:os';
import { HISTORY_VEHICLES } from './history/history-fleet.ts';
import { readOptions } from './options.ts';
import { figuresOf } from './report/figures.ts';
import type { Round } from './rounds/round.ts';
import { figureTable, roundLines } from './report/print.ts';
import { onStand, type Bench } from './rounds/bench.ts';
import { LIVE_VEHICLES, runComparisons } from './rounds/run-comparisons.ts';
import { ecgVehicles, MEMORY_VEHICLES, runEcg, runHistory, runMemory, runStall } from './rounds/run-loads.ts';

const options = readOptions(process.argv.slice(2));
const isWanted = (...ids: readonly string[]): boolean => ids.some((id) => options.wanted.includes(id));
const say = (line: string): void => (options.isJson ? console.error(line) : console.log(line));

const rounds: Round[] = [];
const note = (round: Round): void => {
  rounds.push(round);
  for (const line of roundLines(round)) say(line);
};
/** Each on a stand of its own: nothing one has stored is in the way of another. */
const run = (vehicles: number, work: (bench: Bench) => Promise<void>): Promise<void> =>
  onStand(vehicles, { options, note }, work);

if (isWanted('G1', 'G2', 'G3', 'G4')) await run(LIVE_VEHICLES, runComparisons);
if (isWanted('ECG')) await run(ecgVehicles, runEcg);
if (isWanted('G10')) await run(MEMORY_VEHICLES.many, runMemory);
if (isWanted('G11')) await run(LIVE_VEHICLES, runStall);
if (isWanted('G12', 'G13', 'G14')) await run(HISTORY_VEHICLES, runHistory);

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
  console.log(JSON.stringify({ machine, scale: options.scale, figures, rounds }, null, 2));
}
process.exit(figures.some((figure) => figure.pass === false) ? 1 : 0);
