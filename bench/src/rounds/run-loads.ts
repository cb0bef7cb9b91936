import { DEMO_PASSWORD } from '@pentad/server/demo/prepare-demo';
import type { PageOrder } from '../consoles/console-orders.ts';
import { caseIdOf, consolesFor } from '../fleet/fleet.ts';
import { HISTORY_VEHICLES } from '../history/history-fleet.ts';
import { openSecondTable, openStandTable } from '../history/open-tables.ts';
import { productPipeline, type ProductOptions } from '../stand/pipelines.ts';
import { PAGES_A_PERSON, watcherLogin } from '../stand/seed-stand.ts';
import { publisherOf, type Bench } from './bench.ts';
import { ecgRound } from './ecg-round.ts';
import { historyRound } from './history-round.ts';
import { memoryRound } from './memory-round.ts';
import { openCases } from './open-cases.ts';
import { STALL_VEHICLES, stallRound } from './stall-round.ts';

const scaled = (whole: number, { options }: Bench): number => Math.max(1, Math.round(whole * options.scale));
const productOf = (bench: Bench, more: Partial<ProductOptions> = {}) =>
  productPipeline(bench.stand, {
    name: 'product',
    bundle: 'server.js',
    profileDir: bench.options.profileDir,
    ...more,
  });

const ECG_NUMERICS = 1_000;
const ECG_VEHICLES = 50;
export const ecgVehicles = ECG_NUMERICS;

/** The numerics' p99 while others stream ECG, and without. */
export async function runEcg(bench: Bench): Promise<void> {
  const { stand, consoles, publisher, options, note, load } = bench;
  const vehicles = scaled(ECG_NUMERICS, bench);
  const product = productOf(bench);
  await openCases(stand, product, { vehicles, run: 1, atMs: Date.now() - 10_000 });
  const ecg = publisherOf(stand, 'ecg-process');
  try {
    const size = { vehicles, ecgVehicles: scaled(ECG_VEHICLES, bench), pairs: options.liveRounds, run: 2 };
    note({ ...(await ecgRound({ stand, consoles, publisher, ecg, product }, size)), load: load() });
  } finally {
    await ecg.stop();
  }
}

/** G11: a page that stops reading. */
export async function runStall(bench: Bench): Promise<void> {
  const { stand, consoles, publisher, options, note, load } = bench;
  const page: PageOrder = {
    // Nobody of those whose pages read.
    login: watcherLogin(Math.ceil(consolesFor(STALL_VEHICLES) / PAGES_A_PERSON)),
    password: DEMO_PASSWORD,
    caseIds: Array.from({ length: STALL_VEHICLES }, (_, index) => caseIdOf(index)),
    deskId: null,
    isStalling: true,
  };
  await openCases(stand, productOf(bench), { vehicles: STALL_VEHICLES, run: 1, atMs: Date.now() - 10_000 });
  const product = productOf(bench, { isProbed: true, morePages: [page] });
  for (let round = 0; round < options.liveRounds; round += 1) {
    const size = { phaseMs: scaled(60_000, bench), run: 2 + round };
    note({ ...(await stallRound({ stand, consoles, publisher, product }, size)), load: load() });
  }
}

export const MEMORY_VEHICLES = { few: 1_000, many: 10_000 } as const;

/** G10: what an active ambulance costs the server. */
export async function runMemory(bench: Bench): Promise<void> {
  const { stand, publisher, note, load } = bench;
  const product = productOf(bench, { isProbed: true });
  let from = 0;
  let run = 1;
  for (const size of [MEMORY_VEHICLES.few, MEMORY_VEHICLES.many]) {
    const vehicles = scaled(size, bench);
    // Before the window: a crew's notes are older than the samples.
    await openCases(stand, product, { from, vehicles, run, atMs: Date.now() - 300_000 });
    from = vehicles;
    run += 2;
    note({ ...(await memoryRound({ stand, publisher, product }, { vehicles, run: run - 1 })), load: load() });
  }
}

const SMALL_ROWS = 200_000;
const BIG_ROWS = 8_000_000;

/** G12 to G14: what has been stored long ago costs nothing today. */
export async function runHistory(bench: Bench): Promise<void> {
  const { stand, note, load } = bench;
  const bigRows = Math.max(SMALL_ROWS, scaled(BIG_ROWS, bench));
  const fromMs = Date.now() - (bigRows / HISTORY_VEHICLES) * 1_000;
  const second = await openSecondTable(stand, fromMs);
  try {
    const first = await openStandTable(stand, fromMs);
    const size = { smallRows: SMALL_ROWS, bigRows };
    note({ ...(await historyRound(second.table, first.table, size)), load: load() });
  } finally {
    await second.stop();
  }
}
