import { vitalTermMs } from '@pentad/protocol/vitals';
import type { Chart } from './chart.ts';
import { isConfirmed } from './confirmation.ts';
import { agedTo, type Picture } from './picture.ts';
import type { Rule } from './rule.ts';

/** An episode may end when its rule has been clearly over for this much measured time (design, needs sign-off). */
export const hysteresisMs = 60_000;

/**
 * One rule over measured time: has it fired, and is it over again. It depends only on the instants stepped through,
 * never on when or in what batches they came, so a new holder that replays the kept window stands where the old one did.
 */
export class Episode {
  readonly rule: Rule;
  #evidence: Picture | null = null;
  #evidenceAtMs = -Infinity;
  #overSinceMs: number | null = null;
  #last: Picture | null = null;
  #lastMs = -Infinity;

  constructor(rule: Rule) {
    this.rule = rule;
  }

  /** It fired and is not over: it is followed whatever the record says now. */
  get hasFired(): boolean {
    return this.#evidence !== null;
  }

  /** Instants come in ascending order; `picture` is chart.at(rowIndex, atMs). */
  step(picture: Picture, rowIndex: number, atMs: number, chart: Chart): void {
    const { rule } = this;
    this.#crossGap(atMs);
    const verdict = rule.holds(picture);
    if (verdict === 'TRUE') {
      this.#overSinceMs = null;
      if (this.#evidence || isConfirmed(rule, picture, rowIndex, atMs, chart)) {
        this.#evidence = picture;
        this.#evidenceAtMs = atMs;
      }
    } else if (this.#isOver(picture)) {
      this.#overSinceMs ??= atMs;
    } else {
      this.#overSinceMs = null;
    }
    this.#last = picture;
    this.#lastMs = atMs;
  }

  /** The picture the rule fires on: as of now, or as it was last seen to hold; null = not firing. */
  firesOn(now: Picture, nowMs: number): Picture | null {
    if (!this.#evidence) return null;
    return this.rule.holds(now) === 'TRUE' ? now : this.#evidenceAt(nowMs);
  }

  /** Clearly over at every instant of the hysteresis time, and still so with the readings that count now. */
  isQuiet(now: Picture): boolean {
    const sinceMs = this.#overSinceMs;
    return sinceMs !== null && this.#lastMs - sinceMs >= hysteresisMs && this.#isOver(now);
  }

  #isOver(picture: Picture): boolean {
    return this.rule.isOver(picture) === 'TRUE';
  }

  /**
   * What the rule was last seen on, as far as it still counts: for a minute after it held, with readings inside their
   * terms. So what is missing neither starts nor cuts an episode, and nothing older than the kept rows is remembered.
   */
  #evidenceAt(atMs: number): Picture | null {
    const isRecent = this.#evidence === this.#last || atMs - this.#evidenceAtMs <= hysteresisMs;
    const aged = this.#evidence && isRecent ? agedTo(this.#evidence, atMs) : null;
    return aged && this.rule.holds(aged) === 'TRUE' ? aged : null;
  }

  /** What became of the readings between two instants: evidence past its terms ends, an UNKNOWN stretch is not "over". */
  #crossGap(atMs: number): void {
    if (this.#evidence && atMs - this.#evidenceAtMs > vitalTermMs.noSignal && !this.#evidenceAt(atMs))
      this.#evidence = null;
    const isGap = atMs - this.#lastMs > vitalTermMs.noSignal;
    if (this.#last && isGap && !this.#isOver(agedTo(this.#last, atMs))) this.#overSinceMs = null;
  }
}
