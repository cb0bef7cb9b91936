import { topicOf } from '@pentad/protocol/console-feed';
import { Crew } from './agent/crew.ts';
import { Ledger } from './agent/ledger.ts';
import { Vehicle } from './agent/vehicle.ts';
import { SimBroker } from './broker/sim-broker.ts';
import { CommitChecks } from './checks/commit-checks.ts';
import { FeedChecks } from './checks/feed-checks.ts';
import { ReceiptChecks } from './checks/receipt-checks.ts';
import { checkAtRest, checkComplete } from './checks/rest-checks.ts';
import { ScreenChecks } from './checks/screen-checks.ts';
import type { PlantedBug } from './planted-bug.ts';
import { deskIds, nurseAt } from './region.ts';
import { Cluster } from './server/cluster.ts';
import { DeskPage } from './staff/desk-page.ts';
import { Nurse } from './staff/nurse.ts';
import { SimStore } from './store/sim-store.ts';
import { Chaos } from './world/chaos.ts';
import { Rng } from './world/rng.ts';
import { drawSwarm, type Swarm } from './world/swarm.ts';
import { Trace } from './world/trace.ts';
import { InvariantBroken, World } from './world/world.ts';

export interface SeedOutcome {
  readonly seed: number;
  readonly hash: string;
  readonly events: number;
  readonly simulatedMs: number;
  readonly counts: ReadonlyMap<string, number>;
  readonly faults: ReadonlyMap<string, number>;
  readonly broken: { readonly invariant: string; readonly what: string; readonly lastLines: readonly string[] } | null;
}

export interface SeedOptions {
  readonly planted?: PlantedBug | null;
  readonly isVerbose?: boolean;
  /** Instead of what the seed would draw. */
  readonly swarm?: Partial<Swarm>;
}

const HEAL_MS = 95_000;
const COMPLETE_WITHIN_MS = 60_000;
const REST_MS = 30_000;

/** One schedule, from the first event to rest. The same seed is the same run to the last event. */
export async function runSeed(
  seed: number,
  { planted = null, isVerbose = false, swarm: chosen = {} }: SeedOptions = {},
): Promise<SeedOutcome> {
  // Thousands of refused connections: their stacks cost more than all else about them.
  Error.stackTraceLimit = isVerbose ? 10 : 0;
  const rng = new Rng(seed);
  const trace = new Trace(isVerbose);
  const world = new World(rng.fork(), trace);
  const swarm: Swarm = { ...drawSwarm(rng.fork()), ...chosen };
  const store = new SimStore(world);
  const broker = new SimBroker(world);
  const ledger = new Ledger(() => world.nowMs);
  new CommitChecks(store);
  const feed = new FeedChecks(store);
  const receipts = new ReceiptChecks(store, ledger);
  const screens = new ScreenChecks(store);
  const vehicles: Vehicle[] = [];
  let isHealed = false;
  const cluster = new Cluster({
    world,
    store,
    broker,
    planted,
    vehicles: () => vehicles.map(({ id }) => id),
    onAck: (data) => receipts.acknowledged(data),
    onReceipt: (_vehicle, data) => receipts.receiptBytes(data),
    feed,
    restartAfterMs: () => (isHealed ? 500 : world.rng.between(500, world.rng.isTrue(0.2) ? 90_000 : 10_000)),
  });
  for (let at = 0; at < swarm.vehicles; at += 1) {
    vehicles.push(
      new Vehicle({
        world,
        rng: rng.fork(),
        name: `vehicle-${at}`,
        broker,
        ledger,
        clockErrorMs: swarm.hasWrongClocks ? rng.between(-600_000, 600_000) : rng.between(-400, 400),
        horizon: () => store.tables.horizon,
        server: () => cluster.any(),
        twiceShare: () => (isHealed ? 0 : swarm.twiceShare),
        onReceipt: (_vehicle, receipt) => receipts.receipt(receipt),
        onHeard: (vehicle) => screens.vehicle(vehicle),
      }),
    );
  }
  const crews = vehicles.map(
    (vehicle) =>
      new Crew({ world, rng: rng.fork(), vehicle, sampleEveryMs: swarm.sampleEveryMs, hasPoison: swarm.hasPoison }),
  );
  const pages = deskIds.map((deskId) => {
    const nurses = [0, 1].map(
      () =>
        new Nurse({
          world,
          rng: rng.fork(),
          staff: nurseAt(deskId, rng),
          server: () => cluster.any(),
          onTold: (on, input, state) => screens.nurseTold(on, input, state),
        }),
    );
    return new DeskPage({
      world,
      store,
      deskId,
      staff: nurseAt(deskId, rng),
      server: () => cluster.any(),
      feed,
      onRinging: (on) => nurses.forEach((nurse) => nurse.sees(on)),
    });
  });

  cluster.start();
  for (const vehicle of vehicles) vehicle.start();
  for (const crew of crews) crew.start();
  for (const page of pages) page.open();
  const chaos = new Chaos({ world, rng: rng.fork(), swarm, store, broker, cluster, vehicles, ledger });
  let broken: SeedOutcome['broken'] = null;
  try {
    await world.run(swarm.chaosMs);
    chaos.stop();
    isHealed = true;
    const rest = { store, ledger, vehicles, crews, healedAtMs: world.nowMs };
    await world.run(COMPLETE_WITHIN_MS);
    checkComplete(rest, rest.healedAtMs);
    await world.run(HEAL_MS - COMPLETE_WITHIN_MS);
    for (const crew of crews) crew.stop();
    await world.run(REST_MS);
    checkAtRest(rest);
    feed.atRest(pages.map(({ cursor }, at) => ({ topic: topicOf.desk(deskIds[at] ?? ''), cursor })));
    screens.atRest();
    await world.run(1);
  } catch (error) {
    if (!(error instanceof InvariantBroken)) throw error;
    broken = { invariant: error.invariant, what: error.message, lastLines: [...trace.lastLines] };
  }
  return {
    seed,
    hash: trace.hash,
    events: world.eventCount,
    simulatedMs: world.elapsedMs,
    counts: trace.counts,
    faults: chaos.injected,
    broken,
  };
}
