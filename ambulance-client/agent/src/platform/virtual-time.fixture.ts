import type { Clock, Log, Random, Timers } from '../ports.ts';

interface Due {
  readonly atMs: number;
  readonly order: number;
  readonly act: () => void;
}

/** Hand-turned time for tests: nothing happens but in `advance`, and always in the same order. */
export class VirtualTime implements Clock, Timers {
  #monotonicMs = 0;
  #order = 0;
  #due: Due[] = [];
  wallOffsetMs = 1_700_000_000_000;

  nowMs(): number {
    return this.wallOffsetMs + this.#monotonicMs;
  }
  monotonicMs(): number {
    return this.#monotonicMs;
  }

  after(delayMs: number, act: () => void): () => void {
    const due = { atMs: this.#monotonicMs + Math.max(0, delayMs), order: (this.#order += 1), act };
    this.#due.push(due);
    return () => {
      this.#due = this.#due.filter((other) => other !== due);
    };
  }

  async advance(durationMs: number): Promise<void> {
    const untilMs = this.#monotonicMs + durationMs;
    await settle();
    for (;;) {
      const next = this.#due
        .filter(({ atMs }) => atMs <= untilMs)
        .sort((a, b) => a.atMs - b.atMs || a.order - b.order)[0];
      if (!next) break;
      this.#due = this.#due.filter((other) => other !== next);
      this.#monotonicMs = Math.max(this.#monotonicMs, next.atMs);
      next.act();
      await settle();
    }
    this.#monotonicMs = untilMs;
  }
}

/** Lets every promise that can go on do so. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A repeatable source of bytes (mulberry32). */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return (byteCount) =>
    Uint8Array.from({ length: byteCount }, () => {
      state = (state + 0x6d2b79f5) >>> 0;
      let mixed = Math.imul(state ^ (state >>> 15), state | 1);
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
      return (mixed ^ (mixed >>> 14)) & 0xff;
    });
}

export const quietLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
