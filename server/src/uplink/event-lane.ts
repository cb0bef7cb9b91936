import { isGapItem } from '@pentad/protocol/lane-item';
import { mergeRanges } from '@pentad/protocol/seq-range';
import { errorFields, type Logger } from '../platform/logger.ts';
import type { Timers } from '../platform/ports.ts';
import { ingestEvent, type IngestedEvent, type IngestEventPorts } from './ingest-event.ts';
import type { UplinkStore } from './ports.ts';
import { keyOf, type LogEntry } from './uplink-entry.ts';

const TRIES_BEFORE_QUARANTINE = 3;
const RETRY_MS = 250;

export interface EventLaneOptions {
  readonly store: UplinkStore;
  readonly ports: IngestEventPorts;
  readonly timers: Timers;
  readonly log: Logger;
  onStored(outcome: Extract<IngestedEvent, { kind: 'stored' }>, entry: LogEntry): void;
}

/** One shard's events, one after the other in the order they came: a vehicle's facts keep their order. */
export class EventLane {
  readonly #options: EventLaneOptions;
  readonly #waiting: LogEntry[] = [];
  #isRunning = false;
  #isStopped = false;
  #whenIdle: (() => void)[] = [];

  constructor(options: EventLaneOptions) {
    this.#options = options;
  }

  add(entry: LogEntry): void {
    if (this.#isStopped) {
      entry.end({ kind: 'given-up' });
      return;
    }
    this.#waiting.push(entry);
    if (!this.#isRunning) void this.#run();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    for (const entry of this.#waiting.splice(0)) entry.end({ kind: 'given-up' });
    if (this.#isRunning) await new Promise<void>((resolve) => this.#whenIdle.push(resolve));
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    for (let entry = this.#waiting.shift(); entry; entry = this.#waiting.shift()) await this.#settle(entry);
    this.#isRunning = false;
    for (const resolve of this.#whenIdle.splice(0)) resolve();
  }

  async #settle(entry: LogEntry): Promise<void> {
    for (let failures = 0; ;) {
      try {
        await this.#store(entry);
        return;
      } catch (error) {
        const isTransient = this.#options.store.classify(error) === 'transient';
        this.#options.log.warn('event.not-stored', { ...errorFields(error), isTransient, seq: entry.item.seq });
        if (!isTransient) failures += 1;
        if (this.#isStopped) return entry.end({ kind: 'given-up' });
        if (failures >= TRIES_BEFORE_QUARANTINE) return this.#quarantine(entry);
      }
      await new Promise<void>((resolve) => void this.#options.timers.after(RETRY_MS, resolve));
    }
  }

  async #store(entry: LogEntry): Promise<void> {
    const { item } = entry;
    const key = keyOf(item);
    if (isGapItem(item)) {
      await this.#options.store.insertGap(item, entry.receivedAtMs);
      const shed = mergeRanges(item.gap.ranges).map(([from, to]) => [item.gap.lane, from, to] as const);
      return entry.end({ kind: 'stored', key, shed });
    }
    const outcome = await ingestEvent(item, this.#options.ports);
    if (outcome.kind === 'not-assigned') {
      const { receivedAtMs, raw } = entry;
      const code = 'uplink.not-assigned';
      await this.#options.store.quarantine({ vehicle: item.vehicle, lane: item.lane, key, code, raw, receivedAtMs });
      return entry.end({ kind: 'refused', key, code });
    }
    if (outcome.kind === 'stored') this.#options.onStored(outcome, entry);
    entry.end({ kind: 'stored', key, shed: [] });
  }

  async #quarantine(entry: LogEntry): Promise<void> {
    const key = keyOf(entry.item);
    const code = 'uplink.row-refused';
    const { raw, receivedAtMs, item } = entry;
    await this.#options.store.quarantine({ vehicle: item.vehicle, lane: item.lane, key, code, raw, receivedAtMs }).then(
      () => entry.end({ kind: 'refused', key, code }),
      () => entry.end({ kind: 'given-up' }),
    );
  }
}
