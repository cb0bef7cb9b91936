import { uuidV7 } from '@pentad/protocol/ids';
import type { SimBroker } from '../broker/sim-broker.ts';
import type { FeedChecks } from '../checks/feed-checks.ts';
import { Path } from '../network/path.ts';
import type { PlantedBug } from '../planted-bug.ts';
import type { SimStore } from '../store/sim-store.ts';
import { Life } from '../world/life.ts';
import type { World } from '../world/world.ts';
import { startInstance, type Instance, type InstanceOptions } from './instance.ts';

export interface ClusterOptions extends Pick<InstanceOptions, 'onAck' | 'onReceipt'> {
  readonly world: World;
  readonly store: SimStore;
  readonly broker: SimBroker;
  readonly planted: PlantedBug | null;
  readonly vehicles: () => readonly string[];
  readonly feed: FeedChecks;
  /** How long until a process that died is started again. */
  readonly restartAfterMs: () => number;
}

interface Seat {
  readonly name: string;
  readonly up: Path;
  readonly down: Path;
  readonly clockErrorMs: number;
  instance: Instance | null;
  withdrawStart: () => void;
}

/** Two server processes and whatever starts them again. */
export class Cluster {
  readonly #options: ClusterOptions;
  readonly #seats: readonly Seat[];
  #turn = 0;

  constructor(options: ClusterOptions) {
    this.#options = options;
    const { world } = options;
    this.#seats = ['server-a', 'server-b'].map((name) => ({
      name,
      up: new Path(world, `${name} up`, 2),
      down: new Path(world, `${name} down`, 2),
      clockErrorMs: world.rng.between(-200, 200),
      instance: null,
      withdrawStart: () => undefined,
    }));
  }

  start(): void {
    for (const seat of this.#seats) this.#start(seat);
  }

  /** Whichever lives, in turn; null: none does. */
  any(): Instance | null {
    this.#turn += 1;
    const alive = this.#seats.flatMap(({ instance }) => (instance?.life.isAlive ? [instance] : []));
    return alive[this.#turn % Math.max(1, alive.length)] ?? null;
  }

  crash(which: number): void {
    const seat = this.#seats[which % this.#seats.length];
    if (!seat?.instance?.life.isAlive) return;
    this.#options.world.note('crash', seat.name);
    seat.instance.life.end();
  }

  holdUp(which: number, forMs: number): void {
    this.#seats[which % this.#seats.length]?.instance?.life.holdUp(forMs);
  }

  cutOff(which: number): void {
    const seat = this.#seats[which % this.#seats.length];
    seat?.up.goDown();
    seat?.down.goDown();
    seat?.instance?.link.pathWentDown();
  }

  /** Whatever is down is started at once. */
  startAll(): void {
    for (const seat of this.#seats.filter(({ instance }) => !instance?.life.isAlive)) {
      seat.withdrawStart();
      this.#start(seat);
    }
  }

  joinAgain(): void {
    for (const { up, down } of this.#seats) {
      up.comeUp();
      down.comeUp();
    }
  }

  #start(seat: Seat): void {
    const { world, store, broker, planted, vehicles, onAck, onReceipt, feed, restartAfterMs } = this.#options;
    const life = new Life(world, seat.name);
    const instanceId = uuidV7(world.nowMs, world.rng.bytes(10));
    seat.up.reset();
    seat.down.reset();
    seat.instance = startInstance({
      world,
      store,
      broker,
      life,
      instanceId,
      planted,
      onAck,
      onReceipt,
      clockErrorMs: seat.clockErrorMs,
      up: seat.up,
      down: seat.down,
      vehicles: vehicles(),
      onFeed: (topic, entries) => feed.read(seat.name, topic, entries),
      onFeedBegins: (topic, cursor) => feed.begins(seat.name, topic, cursor),
    });
    world.note('server', `${seat.name} up`);
    life.onEnd(() => {
      const afterMs = restartAfterMs();
      world.note('server', `${seat.name} down for ${afterMs}`);
      seat.withdrawStart = world.after(afterMs, () => this.#start(seat));
    });
  }
}
