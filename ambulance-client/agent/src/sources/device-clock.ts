import type { Clock } from '../ports.ts';

/** The monitor's clock minus ours. `samples`: of how many messages; a single one may have waited in the monitor. */
export interface DeviceClockReading {
  readonly offsetMs: number;
  readonly samples: number;
}

const KEPT = 16;
const STEP_MS = 500;

/**
 * One connection's device clock: MSH-7 against our own at receipt. A message is late by its way and its wait, never early,
 * so the largest difference of the last few is nearest the truth. A step of our own clock makes what was learnt worthless.
 */
export class DeviceClock {
  readonly #clock: Clock;
  #differences: number[] = [];
  #bootMs: number | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  note(sentAtMs: number): void {
    const nowMs = this.#clock.nowMs();
    const bootMs = nowMs - this.#clock.monotonicMs();
    if (this.#bootMs !== null && Math.abs(bootMs - this.#bootMs) > STEP_MS) this.#differences = [];
    this.#bootMs = bootMs;
    this.#differences = [...this.#differences, sentAtMs - nowMs].slice(-KEPT);
  }

  reading(): DeviceClockReading | null {
    const samples = this.#differences.length;
    return samples === 0 ? null : { offsetMs: Math.max(...this.#differences), samples };
  }
}
