import { journalLanes } from '@pentad/agent/ports';
import type { Ledger } from '../agent/ledger.ts';
import type { Vehicle } from '../agent/vehicle.ts';
import type { SimBroker } from '../broker/sim-broker.ts';
import type { Cluster } from '../server/cluster.ts';
import type { SimStore } from '../store/sim-store.ts';
import { laneKey } from '../store/tables.ts';
import type { Rng } from './rng.ts';
import { faultKinds, type FaultKind, type Swarm } from './swarm.ts';
import type { World } from './world.ts';

export interface ChaosOptions {
  readonly world: World;
  readonly rng: Rng;
  readonly swarm: Swarm;
  readonly store: SimStore;
  readonly broker: SimBroker;
  readonly cluster: Cluster;
  readonly vehicles: readonly Vehicle[];
  readonly ledger: Ledger;
}

/** Lets faults happen until it is told to stop, and then puts everything right. */
export class Chaos {
  readonly #options: ChaosOptions;
  readonly injected = new Map<FaultKind, number>();
  #isOn = true;

  constructor(options: ChaosOptions) {
    this.#options = options;
    const { swarm, store, vehicles } = options;
    for (const kind of faultKinds) this.#next(kind);
    const { lost, unknown, crashBefore, crashAfter, readBroken } = swarm.commit;
    Object.assign(store.faults, {
      commitLost: lost,
      commitUnknown: unknown,
      crashBeforeCommit: crashBefore,
      crashAfterCommit: crashAfter,
      readBroken,
    });
    for (const { radio } of vehicles) {
      radio.down.lossShare = swarm.lossShare;
      if (!swarm.hasSecondPath) radio.httpUp.goDown();
    }
  }

  stop(): void {
    this.#isOn = false;
    const { store, broker, cluster, vehicles, world } = this.#options;
    world.note('heal', 'faults stop');
    Object.assign(store.faults, {
      commitLost: 0,
      commitUnknown: 0,
      crashBeforeCommit: 0,
      crashAfterCommit: 0,
      readBroken: 0,
      usualLatencyMs: 2,
    });
    store.comeUp();
    if (!broker.isUp) broker.restart();
    cluster.joinAgain();
    cluster.startAll();
    for (const vehicle of vehicles) {
      vehicle.radio.down.lossShare = 0;
      vehicle.radioUp(true);
      vehicle.start();
    }
  }

  #next(kind: FaultKind): void {
    const { world, rng, swarm } = this.#options;
    const everyMs = swarm.every[kind];
    if (everyMs === null) return;
    world.after(-Math.log(1 - rng.fraction()) * everyMs, () => {
      if (!this.#isOn) return;
      this.injected.set(kind, (this.injected.get(kind) ?? 0) + 1);
      world.note('fault', kind);
      this.#inject(kind);
      this.#next(kind);
    });
  }

  /** After so long, if the faults have not stopped meanwhile. */
  #later(ms: number, act: () => void): void {
    this.#options.world.after(ms, () => {
      if (this.#isOn) act();
    });
  }

  #inject(kind: FaultKind): void {
    const { rng, store, broker, cluster, vehicles, swarm } = this.#options;
    const vehicle = rng.pick(vehicles);
    switch (kind) {
      case 'tunnel':
        vehicle.radioDown();
        return this.#later(this.#tunnelMs(), () => vehicle.radioUp(swarm.hasSecondPath));
      case 'flapping':
        return this.#flap(vehicle, rng.between(4, 10));
      case 'agent-crash':
      case 'agent-wipe':
        vehicle.crash(kind === 'agent-wipe');
        return this.#later(rng.between(500, 20_000), () => vehicle.start());
      case 'bit-flip':
        return this.#flipBits(vehicle);
      case 'journal-io':
        // The next append fails with EIO: the file is set aside and another journal begun (faults.md E4).
        if (vehicle.shelf.journal) vehicle.shelf.journal.failNextAppend = 'journal.io';
        return;
      case 'server-crash':
        return cluster.crash(rng.between(0, 1));
      case 'server-held-up':
        return cluster.holdUp(rng.between(0, 1), rng.between(500, 15_000));
      case 'server-cut-off':
        cluster.cutOff(rng.between(0, 1));
        return this.#later(rng.between(2_000, 30_000), () => cluster.joinAgain());
      case 'postgres-down':
        store.goDown();
        return this.#later(rng.between(500, rng.isTrue(0.2) ? 60_000 : 8_000), () => store.comeUp());
      case 'postgres-slow':
        store.faults.usualLatencyMs = rng.pick([20, 100, 500]);
        return this.#later(rng.between(5_000, 30_000), () => {
          store.faults.usualLatencyMs = 2;
        });
      case 'broker-crash':
      case 'broker-wipe':
        broker.crash(kind === 'broker-wipe');
        return this.#later(rng.between(500, 15_000), () => broker.restart());
      case 'consumers-lost':
        for (const stream of broker.streams.values()) stream.loseConsumers();
        return;
      case 'http-down':
        vehicle.radio.httpUp.goDown();
        return this.#later(rng.between(5_000, 60_000), () => {
          if (vehicle.radio.up.isUp && swarm.hasSecondPath) vehicle.radio.httpUp.comeUp();
        });
    }
  }

  #tunnelMs(): number {
    const { rng, swarm } = this.#options;
    return swarm.chaosMs > 1_000_000 && rng.isTrue(0.2) ? 1_800_000 : rng.between(3_000, 70_000);
  }

  #flap(vehicle: Vehicle, times: number): void {
    if (times === 0) return;
    vehicle.radioDown();
    this.#later(5_000, () => {
      vehicle.radioUp(this.#options.swarm.hasSecondPath);
      this.#later(3_000, () => this.#flap(vehicle, times - 1));
    });
  }

  #flipBits(vehicle: Vehicle): void {
    const { rng, ledger } = this.#options;
    const { journal } = vehicle.shelf;
    if (!journal) return;
    const lane = rng.pick(journalLanes);
    const { highest } = journal.holdings(lane);
    if (highest === 0) return;
    const seq = rng.between(Math.max(1, highest - 5), highest);
    ledger.flipped.add(`${laneKey(vehicle.id, journal.epoch, lane)}/${seq}`);
    journal.corrupt(lane, seq);
  }
}
