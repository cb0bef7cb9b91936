import { EventQueue } from './event-queue.ts';
import type { Rng } from './rng.ts';
import type { Trace } from './trace.ts';

/** 2026-03-02 08:00 UTC: every run begins on this morning. */
export const BEGINS_AT_MS = Date.UTC(2026, 2, 2, 8, 0, 0);

export class InvariantBroken extends Error {
  readonly invariant: string;
  constructor(invariant: string, what: string) {
    super(`${invariant}: ${what}`);
    this.name = 'InvariantBroken';
    this.invariant = invariant;
  }
}

/** Ticks run after every pending microtask, so one tick later all that the last event set going has come to rest. */
const atRest = (): Promise<void> => new Promise((resolve) => process.nextTick(resolve));

/** The one clock and the one order of events of a run. Nothing waits for real time. */
export class World {
  readonly rng: Rng;
  readonly trace: Trace;
  #nowMs = BEGINS_AT_MS;
  #broken: InvariantBroken | null = null;
  #events = 0;
  readonly #queue = new EventQueue();

  constructor(rng: Rng, trace: Trace) {
    this.rng = rng;
    this.trace = trace;
  }

  get nowMs(): number {
    return this.#nowMs;
  }

  get elapsedMs(): number {
    return this.#nowMs - BEGINS_AT_MS;
  }

  get eventCount(): number {
    return this.#events;
  }

  after(delayMs: number, run: () => void): () => void {
    return this.#queue.plan(this.#nowMs + Math.max(0, Math.round(delayMs)), run);
  }

  sleep(delayMs: number): Promise<void> {
    return new Promise((resolve) => void this.after(delayMs, resolve));
  }

  note(kind: string, detail: string): void {
    this.trace.note(this.elapsedMs, kind, detail);
  }

  /** The first broken invariant ends the run. */
  broken(invariant: string, what: string): void {
    if (this.#broken) return;
    this.note('BROKEN', `${invariant} ${what}`);
    this.#broken = new InvariantBroken(invariant, what);
  }

  /** @throws InvariantBroken */
  async run(forMs: number): Promise<void> {
    const untilMs = this.#nowMs + forMs;
    for (let next = this.#queue.take(untilMs); next; next = this.#queue.take(untilMs)) {
      this.#nowMs = next.atMs;
      this.#events += 1;
      next.run();
      await atRest();
      if (this.#broken) throw this.#broken;
    }
    this.#nowMs = untilMs;
    if (this.#broken) throw this.#broken;
  }
}
