/** What is smaller says more of the round trip than of the width of the link. */
const TELLING_BYTES = 1_024;
const NEWEST_WEIGHT = 0.3;
/** Acknowledgements that come in a bunch look like a wide link: one sample raises it by no more than this. */
const MOST_RISE = 2;
/** After this long without a measurement the link may be another one: a chunk may try it. */
const KNOWN_FOR_MS = 30_000;

/**
 * How much the link takes a second: the bytes of a big publish over the time its acknowledgement came after the one before
 * it, or after the quickest small round trip where it travelled alone.
 */
export class Throughput {
  #bytesPerSecond: number | null = null;
  #measuredAtMs = Number.NEGATIVE_INFINITY;
  /** Of small publishes alone: a big one carries its own width in its time. */
  #quickestMs = Number.POSITIVE_INFINITY;
  #lastAckAtMs = Number.NEGATIVE_INFINITY;

  note(bytes: number, sentAtMs: number, nowMs: number): void {
    if (bytes < TELLING_BYTES) {
      // It creeps up, so that one lucky round trip does not stand for ever.
      this.#quickestMs = Math.min(this.#quickestMs * 1.01, nowMs - sentAtMs);
      return;
    }
    const roundTripMs = Number.isFinite(this.#quickestMs) ? this.#quickestMs : 0;
    const fromMs = Math.max(this.#lastAckAtMs, sentAtMs + roundTripMs);
    const sample = (bytes * 1_000) / Math.max(1, nowMs - fromMs);
    const known = this.oneSecond(nowMs);
    const bounded = known === null ? sample : Math.min(sample, known * MOST_RISE);
    this.#bytesPerSecond = known === null ? bounded : known * (1 - NEWEST_WEIGHT) + bounded * NEWEST_WEIGHT;
    this.#measuredAtMs = nowMs;
    this.#lastAckAtMs = nowMs;
  }

  /** Bytes; null: not known, or not any more. */
  oneSecond(nowMs: number): number | null {
    return nowMs - this.#measuredAtMs > KNOWN_FOR_MS ? null : this.#bytesPerSecond;
  }

  /** Bytes that keep the link busy while the oldest of them is acknowledged, and hold up what comes after for a second. */
  window(nowMs: number): number | null {
    const oneSecond = this.oneSecond(nowMs);
    if (oneSecond === null) return null;
    return oneSecond * (1 + (Number.isFinite(this.#quickestMs) ? this.#quickestMs : 0) / 1_000);
  }

  /** May a publish of this size go, without holding up what comes after it for over a second? */
  fits(bytes: number, nowMs: number): boolean {
    const known = this.oneSecond(nowMs);
    return known === null || bytes <= known;
  }
}
