import { backlogRoad, type Road } from '@pentad/protocol/lane';
import type { LaneItem, MediaItem } from '@pentad/protocol/lane-item';
import { MIN_CHUNK_BYTES, URGENT_MEDIA_BYTES } from '@pentad/protocol/media';
import type { SeqRange } from '@pentad/protocol/seq-range';
import type { Clock, JournalLane } from '../ports.ts';
import { BacklogShare } from './backlog-share.ts';
import type { LaneQueue } from './lane-queue.ts';
import { LateWaveforms } from './late-waveforms.ts';
import { PicturePieces } from './picture-pieces.ts';
import { RoadRest } from './road-rest.ts';
import type { Throughput } from './throughput.ts';

/** Header and names of a binary item, about; and a numerics or position item whole. */
const ITEM_HEAD_BYTES = 600;
const READING_BYTES = 700;
/** Before the link was measured: two seconds of one that takes 2 kB/s. */
const UNKNOWN_LINK_BYTES = 4_096;
/** A piece is cut once and the link changes: an ECG photo passes a link of 2 kB/s, a full picture one of 16 kB/s. */
const URGENT_PIECE_BYTES = 2_048;
const LARGEST_PIECE_BYTES = 16_384;

export interface Offer {
  readonly lane: JournalLane;
  readonly seq: number;
  readonly road: Road;
  readonly isBulk: boolean;
}

/** Bytes the pieces of a picture have: nothing waits behind one for over a second on the link it was cut for. */
export function pieceBytesOf(totalBytes: number, oneSecond: number | null): number {
  if (totalBytes <= URGENT_MEDIA_BYTES) return URGENT_PIECE_BYTES;
  return Math.round(Math.min(LARGEST_PIECE_BYTES, Math.max(MIN_CHUNK_BYTES, oneSecond ?? UNKNOWN_LINK_BYTES)));
}

/**
 * All that is big or late: waveforms, pictures and the past. What of it is in flight is bounded by the bytes the link takes
 * in a second beyond a round trip, so that events and live numerics never wait for it; readings of the past besides by
 * how quickly they are acknowledged.
 */
export class BulkTraffic {
  readonly #queues: Readonly<Record<JournalLane, LaneQueue>>;
  readonly #clock: Clock;
  readonly #throughput: Throughput;
  readonly #share = new BacklogShare();
  readonly #rest = new RoadRest();
  readonly #late = new LateWaveforms();
  readonly #pictures = new PicturePieces();
  /** As the last one was. */
  #waveformBytes = 0;
  #inFlightBytes = 0;

  constructor(
    queues: Readonly<Record<JournalLane, LaneQueue>>,
    clock: Clock,
    throughput: Throughput,
    waitingMedia: readonly MediaItem[],
  ) {
    this.#queues = queues;
    this.#clock = clock;
    this.#throughput = throughput;
    for (const item of waitingMedia) this.#pictures.note(item);
  }

  appended(item: LaneItem, atMs: number): void {
    if (item.lane === 'wav') {
      this.#late.appended(item.seq, atMs);
      this.#waveformBytes = item.waveform.samples.length + ITEM_HEAD_BYTES;
    } else if (item.lane === 'med') this.#pictures.note(item);
  }

  /** Small pictures, live waveforms, numerics and places of the past, then what is left of pictures and waveforms. */
  next(sinceMs: number): Offer | null {
    const { wav, med } = this.#queues;
    const piece = this.#pictures.next(med);
    const pieceBytes = (piece?.bytes ?? 0) + ITEM_HEAD_BYTES;
    const isRested = this.#rest.isOpen('med', this.#clock.monotonicMs());
    if (piece?.isUrgent && isRested) return this.#hasRoom(pieceBytes) ? this.#take('med', med.take(piece.seq)) : null;
    const live = this.#mayCarry('wav', this.#waveformBytes) ? this.#take('wav', wav.takeLive(sinceMs)) : null;
    if (live) return live;
    for (const lane of ['vit', 'pos'] as const) {
      const road = backlogRoad[lane];
      if (!this.#share.hasRoom || !this.#rest.isOpen(road, this.#clock.monotonicMs())) continue;
      const past = this.#hasRoom(READING_BYTES)
        ? this.#take(road, this.#queues[lane].takeBacklog(sinceMs), lane)
        : null;
      if (past) return past;
    }
    const picture = piece && this.#mayCarry('med', pieceBytes) ? this.#take('med', med.take(piece.seq)) : null;
    if (picture) return picture;
    return this.#mayCarry('bkw', this.#waveformBytes) ? this.#take('bkw', wav.takeBacklog(sinceMs), 'wav') : null;
  }

  started({ lane }: Offer, bytes: number): void {
    this.#inFlightBytes += bytes;
    if (lane === 'vit' || lane === 'pos') this.#share.started();
  }

  acknowledged({ lane, road }: Offer, bytes: number, tookMs: number): void {
    this.#inFlightBytes -= bytes;
    this.#rest.worked(road);
    if (lane === 'vit' || lane === 'pos') this.#share.acknowledged(tookMs);
  }

  failed({ lane, road }: Offer, bytes: number): void {
    this.#inFlightBytes -= bytes;
    this.#rest.failed(road, this.#clock.monotonicMs());
    if (lane === 'vit' || lane === 'pos') this.#share.failed();
  }

  settled(lane: JournalLane): void {
    if (lane === 'med') this.#pictures.settled(this.#queues.med);
  }

  /** The piece that would go next, for the other way out; one that is under way here is not sent twice. */
  waitingPiece(): number | null {
    return this.#pictures.next(this.#queues.med)?.seq ?? null;
  }

  /** Waveforms the link, being up and measured, could not take in time: to be declared shed. */
  takeLate(upSinceMs: number | null): SeqRange[] {
    const nowMs = this.#clock.monotonicMs();
    const isTooNarrow = !this.#throughput.fits(this.#waveformBytes, nowMs);
    return this.#late.take(this.#queues.wav, nowMs, isTooNarrow ? upSinceMs : null);
  }

  #take(road: Road, seq: number | null, lane: JournalLane = road === 'med' ? 'med' : 'wav'): Offer | null {
    return seq === null ? null : { lane, seq, road, isBulk: true };
  }

  #mayCarry(road: Road, bytes: number): boolean {
    const nowMs = this.#clock.monotonicMs();
    return this.#rest.isOpen(road, nowMs) && this.#throughput.fits(bytes, nowMs) && this.#hasRoom(bytes);
  }

  #hasRoom(bytes: number): boolean {
    const window = this.#throughput.window(this.#clock.monotonicMs()) ?? UNKNOWN_LINK_BYTES;
    return this.#inFlightBytes === 0 || this.#inFlightBytes + bytes <= window;
  }
}
