import { errorFields, type Logger } from '../platform/logger.ts';
import type { Timers } from '../platform/ports.ts';
import { Repeat } from '../platform/repeat.ts';
import type { Service } from '../platform/service.ts';
import type { FeedEntry, TopicChange, TopicNumbers } from './feed-store.ts';

export interface FeedSource {
  /** Topics that stand elsewhere than their cursor, with at most `limit` entries each. */
  changes(cursors: ReadonlyMap<string, number>, limit: number): Promise<readonly TopicChange[]>;
}

export interface TopicListener {
  /** In order, without a gap. */
  onEntries(topic: string, entries: readonly FeedEntry[]): void;
  /** The feed was trimmed past the cursor, or a restore took it back: begin anew from `n`. */
  onTrimmed(topic: string, n: number): void;
}

const POLL_MS = 1_000;
const PAGE = 500;

/**
 * Follows topics by cursor. NOTIFY is a hint which topics to read, the poll of all of them each second is the truth; a
 * topic whose number has moved is read from its cursor on, so nothing committed is skipped and nothing is shown before commit.
 */
export class FeedReader implements Service {
  readonly name = 'feed';
  readonly #source: FeedSource;
  readonly #listener: TopicListener;
  readonly #cursors = new Map<string, number>();
  readonly #hinted = new Set<string>();
  readonly #polling: Repeat;
  readonly #hinting: Repeat;
  readonly #log: Logger;
  #lastReadAtMs = 0;
  readonly #nowMs: () => number;

  constructor(options: {
    source: FeedSource;
    listener: TopicListener;
    timers: Timers;
    log: Logger;
    nowMs: () => number;
  }) {
    this.#source = options.source;
    this.#listener = options.listener;
    this.#log = options.log;
    this.#nowMs = options.nowMs;
    const shared = { everyMs: POLL_MS, timers: options.timers, log: options.log };
    this.#polling = new Repeat({ ...shared, name: 'feed', work: () => this.#readAll() });
    this.#hinting = new Repeat({ ...shared, name: 'feed-hint', work: () => this.#readHinted() });
  }

  /** When the feed was last read to its end; a growing age is what /readyz looks at. */
  get lastReadAtMs(): number {
    return this.#lastReadAtMs;
  }

  async start(): Promise<void> {
    await Promise.all([this.#polling.start(), this.#hinting.start()]);
  }

  async stop(): Promise<void> {
    await Promise.all([this.#polling.stop(), this.#hinting.stop()]);
  }

  /** Reads all topics now. */
  nudge(): void {
    this.#polling.nudge();
  }

  /** Reads those followed that have come further; null: nobody knows which have. */
  hint(numbers: TopicNumbers | null): void {
    if (numbers === null) return this.nudge();
    for (const [topic, n] of numbers) if ((this.#cursors.get(topic) ?? Infinity) < n) this.#hinted.add(topic);
    if (this.#hinted.size > 0) this.#hinting.nudge();
  }

  /** Entries just committed in this process: taken where they are the next of their topic, else a hint as any other. */
  offer(entries: readonly FeedEntry[]): void {
    for (const { topic, n, pointer } of entries)
      if (this.#cursors.get(topic) === n - 1) this.#take({ topic, after: n - 1, n, entries: [{ topic, n, pointer }] });
    this.hint(new Map(entries.map(({ topic, n }) => [topic, n])));
  }

  follow(topic: string, after: number): void {
    if (this.#cursors.has(topic)) return;
    this.#cursors.set(topic, after);
    this.#hinted.add(topic);
    this.#hinting.nudge();
  }

  leave(topic: string): void {
    this.#cursors.delete(topic);
  }

  async #readAll(): Promise<void> {
    await this.#readToEnd(() => this.#cursors);
    this.#lastReadAtMs = this.#nowMs();
  }

  async #readHinted(): Promise<void> {
    const hinted = new Set(this.#hinted);
    this.#hinted.clear();
    await this.#readToEnd(() => this.#cursorsOf(hinted));
  }

  #cursorsOf(topics: ReadonlySet<string>): ReadonlyMap<string, number> {
    const followed = [...topics].flatMap((topic) => {
      const cursor = this.#cursors.get(topic);
      return cursor === undefined ? [] : [[topic, cursor] as const];
    });
    return new Map(followed);
  }

  async #readToEnd(cursorsNow: () => ReadonlyMap<string, number>): Promise<void> {
    for (let cursors = cursorsNow(); cursors.size > 0; cursors = cursorsNow()) {
      const changes = await this.#source.changes(cursors, PAGE);
      for (const change of changes) this.#take(change);
      if (changes.every(({ entries }) => entries.length < PAGE)) break;
    }
  }

  #take({ topic, after, n, entries }: TopicChange): void {
    // Left, or begun anew, while it was read.
    if (this.#cursors.get(topic) !== after) return;
    // Numbered up to n but no longer there: trimmed to the last entry.
    const lastN = entries.at(-1)?.n ?? n;
    this.#cursors.set(topic, lastN);
    try {
      if (entries[0]?.n === after + 1) this.#listener.onEntries(topic, entries);
      else this.#listener.onTrimmed(topic, lastN);
    } catch (error) {
      this.#log.error('feed.listener-failed', errorFields(error));
    }
  }
}
