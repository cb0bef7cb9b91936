import type { MediaItem } from '@pentad/protocol/lane-item';
import { URGENT_MEDIA_BYTES } from '@pentad/protocol/media';
import type { LaneQueue } from './lane-queue.ts';

/** Small pictures first, then the rest; each in the order it was taken. */
export class PicturePieces {
  readonly #urgent = new Set<number>();
  readonly #bytes = new Map<number, number>();

  note({ seq, media }: MediaItem): void {
    this.#bytes.set(seq, media.bytes.length);
    if (media.totalBytes <= URGENT_MEDIA_BYTES) this.#urgent.add(seq);
  }

  /** The next piece that waits to be offered, and whether it goes right behind events. */
  next(queue: LaneQueue): { readonly seq: number; readonly bytes: number; readonly isUrgent: boolean } | null {
    for (const seq of this.#urgent) {
      if (queue.isUnoffered(seq)) return { seq, bytes: this.#bytes.get(seq) ?? 0, isUrgent: true };
      if (!queue.isOpen(seq)) this.#forget(seq);
    }
    const seq = queue.lowestUnoffered;
    return seq === null ? null : { seq, bytes: this.#bytes.get(seq) ?? 0, isUrgent: false };
  }

  settled(queue: LaneQueue): void {
    for (const seq of this.#bytes.keys()) if (!queue.isOpen(seq)) this.#forget(seq);
  }

  #forget(seq: number): void {
    this.#urgent.delete(seq);
    this.#bytes.delete(seq);
  }
}
