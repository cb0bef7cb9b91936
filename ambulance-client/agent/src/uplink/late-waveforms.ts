import { rangesOf, type SeqRange } from '@pentad/protocol/seq-range';
import type { LaneQueue } from './lane-queue.ts';

/** Waveforms older than this on a living link will not be seen live any more. */
const LATE_MS = 20_000;
const MOST_WATCHED = 4_096;

/**
 * What a link that is up cannot carry. Waveforms of a dead spot wait and come later; those a slow link could not take
 * while it was there never will, and are said to be shed.
 */
export class LateWaveforms {
  readonly #captured: { readonly seq: number; readonly atMs: number }[] = [];

  appended(seq: number, atMs: number): void {
    this.#captured.push({ seq, atMs });
    if (this.#captured.length > MOST_WATCHED) this.#captured.shift();
  }

  /** Taken out: each is reported once. @param upSinceMs since when the link is up; null: it is not */
  take(queue: Pick<LaneQueue, 'isUnoffered'>, nowMs: number, upSinceMs: number | null): SeqRange[] {
    const late: number[] = [];
    for (let first = this.#captured[0]; first && nowMs - first.atMs > LATE_MS; first = this.#captured[0]) {
      this.#captured.shift();
      if (upSinceMs !== null && first.atMs >= upSinceMs && queue.isUnoffered(first.seq)) late.push(first.seq);
    }
    return rangesOf(late);
  }
}
