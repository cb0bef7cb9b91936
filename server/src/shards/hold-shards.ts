import { SHARD_COUNT } from '@pentad/protocol/subjects';
import { errorFields, type Logger } from '../platform/logger.ts';
import type { Timers } from '../platform/ports.ts';
import { Repeat } from '../platform/repeat.ts';
import type { Service } from '../platform/service.ts';
import { RENEW_EVERY_MS, type LeaseStore, type ShardLease } from './shard-lease.ts';

export interface ShardEvents {
  onTaken(lease: ShardLease): void;
  onLost(shard: number): void;
}

/**
 * Holds this instance's share of the shards: renews, claims what expired, gives up what is over its share.
 * A lease that could not be renewed is given up before it can expire elsewhere.
 */
export class ShardHolder implements Service {
  readonly name = 'shards';
  readonly instanceId: string;
  readonly #leases: LeaseStore;
  readonly #events: ShardEvents;
  readonly #repeat: Repeat;
  readonly #log: Logger;
  #held: ShardLease[] = [];
  #liveInstances = 1;

  constructor(options: { instanceId: string; leases: LeaseStore; events: ShardEvents; timers: Timers; log: Logger }) {
    this.instanceId = options.instanceId;
    this.#leases = options.leases;
    this.#events = options.events;
    this.#log = options.log;
    this.#repeat = new Repeat({
      name: 'shards',
      everyMs: RENEW_EVERY_MS,
      timers: options.timers,
      log: options.log,
      work: () => this.#turn(),
    });
  }

  get held(): readonly ShardLease[] {
    return this.#held;
  }

  get liveInstances(): number {
    return this.#liveInstances;
  }

  tokenOf(shard: number): number | null {
    return this.#held.find((lease) => lease.shard === shard)?.token ?? null;
  }

  start(): Promise<void> {
    return this.#repeat.start();
  }

  async stop(): Promise<void> {
    await this.#repeat.stop();
    this.#drop(this.#held.map((lease) => lease.shard));
    await this.#leases
      .release(this.instanceId)
      .catch((error: unknown) => this.#log.warn('shards.release-failed', errorFields(error)));
  }

  async #turn(): Promise<void> {
    try {
      this.#liveInstances = Math.max(1, await this.#leases.beat(this.instanceId));
      if (this.#held.length > 0) {
        const kept = await this.#leases.renew(this.instanceId, this.#held);
        const lost = this.#held.filter((lease) => !kept.some((other) => other.shard === lease.shard));
        this.#held = kept;
        this.#drop(lost.map((lease) => lease.shard));
      }
    } catch (error) {
      // Unknown is lost: without the database nothing could be committed under these leases anyway.
      this.#drop(this.#held.map((lease) => lease.shard));
      throw error;
    }
    const share = Math.ceil(SHARD_COUNT / this.#liveInstances);
    if (this.#held.length < share) {
      const taken = await this.#leases.claim(this.instanceId, share - this.#held.length);
      this.#held = [...this.#held, ...taken];
      for (const lease of taken) this.#events.onTaken(lease);
      if (taken.length > 0) this.#log.info('shards.taken', { shards: taken.map((lease) => lease.shard) });
    } else if (this.#held.length > share) {
      // Work on them stops first; what is still under way is refused by its token.
      const surplus = this.#held.slice(share);
      this.#drop(surplus.map((lease) => lease.shard));
      await this.#leases.giveUp(this.instanceId, surplus);
    }
  }

  #drop(shards: readonly number[]): void {
    if (shards.length === 0) return;
    this.#held = this.#held.filter((lease) => !shards.includes(lease.shard));
    for (const shard of shards) this.#events.onLost(shard);
    this.#log.info('shards.lost', { shards });
  }
}
