import { errorFields, type Logger } from '../platform/logger.ts';
import type { Timers } from '../platform/ports.ts';
import { Repeat } from '../platform/repeat.ts';
import type { Service } from '../platform/service.ts';
import type { FeedEntry, TopicChange } from './feed-store.ts';

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
 * Follows topics by cursor. NOTIFY is a hint (`nudge`), the poll each second is the truth; a topic whose number has
 * moved is read from its cursor on, so nothing committed is skipped and nothing is shown before commit.
 */
export class FeedReader implements Service {
  readonly name = 'feed';
  readonly #source: FeedSource;
  readonly #listener: TopicListener;
  readonly #cursors = new Map<string, number>();
  readonly #repeat: Repeat;
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
    this.#repeat = new Repeat({
      name: 'feed',
      everyMs: POLL_MS,
      timers: options.timers,
      log: options.log,
      work: () => this.#read(),
    });
  }

  /** When the feed was last read to its end; a growing age is what /readyz looks at. */
  get lastReadAtMs(): number {
    return this.#lastReadAtMs;
  }

  start(): Promise<void> {
    return this.#repeat.start();
  }

  stop(): Promise<void> {
    return this.#repeat.stop();
  }

  nudge(): void {
    this.#repeat.nudge();
  }

  follow(topic: string, after: number): void {
    if (this.#cursors.has(topic)) return;
    this.#cursors.set(topic, after);
    this.nudge();
  }

  leave(topic: string): void {
    this.#cursors.delete(topic);
  }

  async #read(): Promise<void> {
    while (this.#cursors.size > 0) {
      const changes = await this.#source.changes(this.#cursors, PAGE);
      for (const change of changes) this.#take(change);
      if (changes.every(({ entries }) => entries.length < PAGE)) break;
    }
    this.#lastReadAtMs = this.#nowMs();
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
