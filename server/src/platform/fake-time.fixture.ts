import { uuidV7 } from '@pentad/protocol/ids';
import { START_MS } from '@pentad/protocol/testing/boring-ids';
import type { Logger, LogFields } from './logger.ts';
import type { Clock, Ids, Timers } from './ports.ts';

interface Timer {
  readonly dueAtMs: number;
  readonly run: () => void;
}

/** Lets every promise that can settle do so. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 4; turn += 1) await new Promise<void>((resolve) => void setImmediate(resolve));
}

/** Clock and timers that move only when a test says so. */
export class FakeTime implements Clock, Timers {
  #nowMs: number;
  #timers: Timer[] = [];

  constructor(startMs = START_MS) {
    this.#nowMs = startMs;
  }

  nowMs(): number {
    return this.#nowMs;
  }

  after(delayMs: number, run: () => void): () => void {
    const timer = { dueAtMs: this.#nowMs + delayMs, run };
    this.#timers.push(timer);
    return () => void (this.#timers = this.#timers.filter((other) => other !== timer));
  }

  get pendingDelaysMs(): number[] {
    return this.#timers.map((timer) => timer.dueAtMs - this.#nowMs).sort((a, b) => a - b);
  }

  /** Runs what comes due on the way, in order, and lets it settle before time goes on. */
  async advance(byMs: number): Promise<void> {
    const untilMs = this.#nowMs + byMs;
    await settle();
    for (;;) {
      const next = this.#timers.filter((timer) => timer.dueAtMs <= untilMs).sort((a, b) => a.dueAtMs - b.dueAtMs)[0];
      if (!next) break;
      this.#timers = this.#timers.filter((timer) => timer !== next);
      this.#nowMs = Math.max(this.#nowMs, next.dueAtMs);
      next.run();
      await settle();
    }
    this.#nowMs = untilMs;
  }

  /** The wall clock alone, no timer runs. */
  jump(byMs: number): void {
    this.#nowMs += byMs;
  }
}

/** UUIDv7s in the order they are asked for; the same in every run. */
export function countedIds(after = 0): Ids {
  let made = after;
  return { next: () => uuidV7(START_MS, Buffer.from((made += 1).toString(16).padStart(20, '0'), 'hex')) };
}

export interface LogLine {
  readonly level: 'info' | 'warn' | 'error';
  readonly code: string;
  readonly fields: LogFields;
}

export function recordingLog(): Logger & { readonly lines: LogLine[]; codes(): string[] } {
  const lines: LogLine[] = [];
  const note =
    (level: LogLine['level']) =>
    (code: string, fields: LogFields = {}): void =>
      void lines.push({ level, code, fields });
  return {
    lines,
    codes: () => lines.map((line) => line.code),
    info: note('info'),
    warn: note('warn'),
    error: note('error'),
  };
}

/** A promise settled from outside. */
export function deferred<T = void>(): { promise: Promise<T>; resolve(value: T): void; reject(error: unknown): void } {
  let resolve: (value: T) => void = () => undefined;
  let reject: (error: unknown) => void = () => undefined;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
