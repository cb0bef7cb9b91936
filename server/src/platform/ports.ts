/** What touches the world is passed in, so that ingest, receipts, feed, leases and ladders also run in a seeded simulator. */
export interface Clock {
  /** Unix epoch milliseconds, UTC. */
  nowMs(): number;
}

export interface Timers {
  /** Runs once after `delayMs`; the returned function withdraws it. */
  after(delayMs: number, run: () => void): () => void;
}

export interface Ids {
  /** A new UUIDv7. */
  next(): string;
}
