import type { Clock } from '../platform/ports.ts';

export interface BucketSize {
  /** How many at once. */
  readonly burst: number;
  readonly perSecond: number;
}

interface Bucket {
  readonly tokens: number;
  readonly atMs: number;
}

const MAX_BUCKETS = 20_000;

/** One bucket per identity. Each kind of route has buckets of its own, so that reading never uses up answering. */
export class TokenBuckets {
  readonly #size: BucketSize;
  readonly #clock: Clock;
  readonly #buckets = new Map<string, Bucket>();

  constructor(size: BucketSize, clock: Clock) {
    this.#size = size;
    this.#clock = clock;
  }

  /** Takes one; false when the identity has none left. */
  take(identity: string): boolean {
    const nowMs = this.#clock.nowMs();
    const { burst, perSecond } = this.#size;
    const known = this.#buckets.get(identity);
    const gained = known ? (Math.max(0, nowMs - known.atMs) / 1_000) * perSecond : 0;
    const tokens = Math.min(burst, (known?.tokens ?? burst) + gained);
    const isGranted = tokens >= 1;
    // Set anew, it stands last: the one longest unused is first and goes first.
    this.#buckets.delete(identity);
    this.#buckets.set(identity, { tokens: isGranted ? tokens - 1 : tokens, atMs: nowMs });
    const [oldest] = this.#buckets.keys();
    if (this.#buckets.size > MAX_BUCKETS && oldest !== undefined) this.#buckets.delete(oldest);
    return isGranted;
  }
}
