import { errorFields, type Logger } from '../platform/logger.ts';
import { noFailpoint, type Failpoint } from '../platform/failpoint.ts';
import type { Timers } from '../platform/ports.ts';
import type { UplinkStore } from '../uplink/ports.ts';
import { keyOf, type UplinkEntry } from '../uplink/uplink-entry.ts';

const MAX_ROWS = 1_000;
const MAX_IN_FLIGHT = 2;
const TRIES_BEFORE_QUARANTINE = 3;

export interface TelemetryWriterOptions<Entry extends UplinkEntry> {
  readonly store: Pick<UplinkStore, 'classify' | 'quarantine'>;
  /** Entries of one batch at most; fewer where each is big. */
  readonly maxRows?: number;
  /** One transaction. Rows that are there already are stored already. */
  insert(entries: readonly Entry[]): Promise<void>;
  readonly timers: Timers;
  readonly log: Logger;
  readonly failpoint?: Failpoint;
  /** After COMMIT: evaluates, alerts if something fires, and only then ends the entries. */
  onCommitted(entries: readonly Entry[]): Promise<void>;
}

/**
 * One batch writer for all shards of an instance and one kind of series, so that no kind waits behind another. Natural batching: the next batch is what arrived during the
 * commit; at most two flushes in flight. Transient errors retry the batch whole and uncounted, data errors
 * bisect it, a row that fails three times alone is quarantined (faults.md N11).
 */
export class TelemetryWriter<Entry extends UplinkEntry> {
  readonly #options: TelemetryWriterOptions<Entry>;
  #waiting: Entry[] = [];
  #inFlight = 0;
  #isStopped = false;
  /** The flushes so far have ended: what is told of a commit is told in the order the rows came. */
  #told: Promise<void> = Promise.resolve();
  #whenIdle: (() => void)[] = [];

  constructor(options: TelemetryWriterOptions<Entry>) {
    this.#options = options;
  }

  get waitingRows(): number {
    return this.#waiting.length;
  }

  add(entry: Entry): void {
    if (this.#isStopped) {
      entry.end({ kind: 'given-up' });
      return;
    }
    this.#waiting.push(entry);
    if (this.#inFlight < MAX_IN_FLIGHT) queueMicrotask(() => this.#flushNext());
  }

  /** Flushes what is in flight; what waits is given up and comes again from the broker. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    for (const entry of this.#waiting.splice(0)) entry.end({ kind: 'given-up' });
    if (this.#inFlight > 0) await new Promise<void>((resolve) => this.#whenIdle.push(resolve));
  }

  #flushNext(): void {
    if (this.#inFlight >= MAX_IN_FLIGHT || this.#waiting.length === 0) return;
    const batch = this.#waiting.splice(0, this.#options.maxRows ?? MAX_ROWS);
    this.#inFlight += 1;
    const written = this.#write(batch, 0, this.#told);
    this.#told = written.catch(() => undefined);
    void written.finally(() => {
      this.#inFlight -= 1;
      if (this.#inFlight === 0) for (const resolve of this.#whenIdle.splice(0)) resolve();
      this.#flushNext();
    });
  }

  async #write(batch: readonly Entry[], triesAlone: number, before: Promise<void>): Promise<void> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        await this.#options.insert(batch);
        break;
      } catch (error) {
        if (this.#options.store.classify(error) !== 'transient')
          return this.#bisect(batch, { triesAlone, before }, error);
        this.#options.log.warn('telemetry.store-unavailable', { ...errorFields(error), rows: batch.length });
        if (this.#isStopped) return this.#giveUp(batch);
        await this.#pause(Math.min(2_000, 100 * 2 ** attempt));
      }
    }
    (this.#options.failpoint ?? noFailpoint)('telemetry.after-commit');
    // Two flushes may commit in either order; a rule that must hold for a time reads its samples in theirs.
    await before;
    try {
      await this.#options.onCommitted(batch);
    } catch (error) {
      this.#options.log.error('telemetry.after-commit-failed', errorFields(error));
      this.#giveUp(batch);
    }
  }

  async #bisect(
    batch: readonly Entry[],
    { triesAlone, before }: { triesAlone: number; before: Promise<void> },
    error: unknown,
  ): Promise<void> {
    const only = batch[0];
    if (batch.length > 1) {
      const middle = Math.ceil(batch.length / 2);
      await this.#write(batch.slice(0, middle), 0, before);
      await this.#write(batch.slice(middle), 0, before);
    } else if (only && triesAlone + 1 < TRIES_BEFORE_QUARANTINE) {
      await this.#write(batch, triesAlone + 1, before);
    } else if (only) {
      this.#options.log.error('telemetry.row-refused', {
        ...errorFields(error),
        lane: only.item.lane,
        seq: only.item.seq,
      });
      await this.#quarantine(only);
    }
  }

  async #quarantine(entry: Entry): Promise<void> {
    const { item, raw, receivedAtMs } = entry;
    const key = keyOf(item);
    const code = 'uplink.row-refused';
    await this.#options.store.quarantine({ vehicle: item.vehicle, lane: item.lane, key, code, raw, receivedAtMs }).then(
      () => entry.end({ kind: 'refused', key, code }),
      () => entry.end({ kind: 'given-up' }),
    );
  }

  #giveUp(batch: readonly Entry[]): void {
    for (const entry of batch) entry.end({ kind: 'given-up' });
  }

  #pause(delayMs: number): Promise<void> {
    return new Promise((resolve) => void this.#options.timers.after(delayMs, resolve));
  }
}
