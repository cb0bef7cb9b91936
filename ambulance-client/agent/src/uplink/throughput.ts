/** What is smaller says more of the round trip than of the width of the link. */
const TELLING_BYTES = 1_024;
const NEWEST_WEIGHT = 0.3;
/** After this long without a measurement the link may be another one: a chunk may try it. */
const KNOWN_FOR_MS = 30_000;

/**
 * How much the link takes a second: the bytes of a big publish over the time its acknowledgement came after the one before
 * it, or after the quickest round trip where it travelled alone.
 */
export class Throughput {
  #bytesPerSecond: number | null = null;
  #measuredAtMs = Number.NEGATIVE_INFINITY;
  #quickestMs = Number.POSITIVE_INFINITY;
  #lastAckAtMs = Number.NEGATIVE_INFINITY;

  note(bytes: number, sentAtMs: number, nowMs: number): void {
    // It creeps up, so that one lucky round trip does not stand for ever.
    this.#quickestMs = Math.min(this.#quickestMs * 1.01, nowMs - sentAtMs);
    if (bytes < TELLING_BYTES) return;
    const fromMs = Math.max(this.#lastAckAtMs, sentAtMs + this.#quickestMs);
    const sample = (bytes * 1_000) / Math.max(1, nowMs - fromMs);
    this.#bytesPerSecond =
      this.#bytesPerSecond === null ? sample : this.#bytesPerSecond * (1 - NEWEST_WEIGHT) + sample * NEWEST_WEIGHT;
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
    return oneSecond === null ? null : oneSecond * (1 + this.#quickestMs / 1_000);
  }

  /** May a publish of this size go, without holding up what comes after it for over a second? */
  fits(bytes: number, nowMs: number): boolean {
    const known = this.oneSecond(nowMs);
    return known === null || bytes <= known;
  }
}
