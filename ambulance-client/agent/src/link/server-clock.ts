import { clockFromAnswer, type TimeAnswer } from '@pentad/protocol/ask';
import type { Clock } from '../ports.ts';

/** A vehicle clock further off than this is shown as unreliable (faults.md E7). */
export const UNRELIABLE_BEYOND_MS = 2_000;
/** A bound on how far two quartz clocks part: 100 ppm. */
const DRIFT_PER_MS = 0.0001;

export type ClockNow = { readonly offsetMs: number; readonly errorMs: number };

/**
 * The server's time, carried by the monotonic clock: a jump of the wall clock between two questions changes the
 * offset at once and the server's time not at all.
 */
export class ServerClock {
  readonly #clock: Clock;
  #measured: {
    readonly serverMinusMonotonicMs: number;
    readonly errorMs: number;
    readonly atMonotonicMs: number;
  } | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** `askedAtMonotonicMs`: when t0 was read. An answer with a wider error than what is known is not taken. */
  note(answer: TimeAnswer, askedAtMonotonicMs: number): void {
    const atMonotonicMs = this.#clock.monotonicMs();
    const t3Ms = answer.t0Ms + (atMonotonicMs - askedAtMonotonicMs);
    const { offsetMs, errorMs } = clockFromAnswer(answer, t3Ms);
    const known = this.#errorMs();
    if (known !== null && errorMs > known) return;
    this.#measured = { serverMinusMonotonicMs: t3Ms + offsetMs - atMonotonicMs, errorMs, atMonotonicMs };
  }

  /** Server minus vehicle; null before the first answer. */
  now(): ClockNow | null {
    const errorMs = this.#errorMs();
    if (this.#measured === null || errorMs === null) return null;
    const serverMs = this.#measured.serverMinusMonotonicMs + this.#clock.monotonicMs();
    return { offsetMs: Math.round(serverMs - this.#clock.nowMs()), errorMs };
  }

  /** The best estimate of true time there is. */
  serverNowMs(): number {
    return this.#clock.nowMs() + (this.now()?.offsetMs ?? 0);
  }

  #errorMs(): number | null {
    if (this.#measured === null) return null;
    return Math.ceil(
      this.#measured.errorMs + (this.#clock.monotonicMs() - this.#measured.atMonotonicMs) * DRIFT_PER_MS,
    );
  }
}
