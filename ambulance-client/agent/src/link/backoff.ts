import type { Random } from '../ports.ts';

/** A number in [0, 1) from four random bytes. */
export function fraction(random: Random): number {
  const bytes = random(4);
  return new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0) / 2 ** 32;
}

/**
 * Full jitter: any delay up to a ceiling that doubles with each failure. After a broken link no two vehicles come
 * back at the same instant (faults.md E11).
 */
export class Backoff {
  readonly #random: Random;
  readonly #firstMs: number;
  readonly #capMs: number;
  #failures = 0;

  constructor(random: Random, { firstMs, capMs }: { readonly firstMs: number; readonly capMs: number }) {
    this.#random = random;
    this.#firstMs = firstMs;
    this.#capMs = capMs;
  }

  /** The delay before the next attempt; each call counts as one more failure. */
  nextMs(): number {
    const ceiling = Math.min(this.#capMs, this.#firstMs * 2 ** Math.min(this.#failures, 30));
    this.#failures += 1;
    return Math.floor(fraction(this.#random) * ceiling);
  }

  reset(): void {
    this.#failures = 0;
  }
}

export const RECONNECT = { firstMs: 500, capMs: 30_000 } as const;
/** A connection that held this long was a good one: the next break starts from the shortest delay. */
export const STABLE_AFTER_MS = 10_000;
