import { backlogRoad, type Road } from '@pentad/protocol/lane';
import type { LaneItem } from '@pentad/protocol/lane-item';
import { MAX_CHUNK_BYTES, MIN_CHUNK_BYTES, URGENT_MEDIA_BYTES } from '@pentad/protocol/media';
import type { SeqRange } from '@pentad/protocol/seq-range';
import type { Clock, JournalLane } from '../ports.ts';
import { BacklogShare } from './backlog-share.ts';
import type { LaneQueue } from './lane-queue.ts';
import { LateWaveforms } from './late-waveforms.ts';
import { Throughput } from './throughput.ts';

/** Header and names of a waveform item, about. */
const ITEM_HEAD_BYTES = 600;
/** Before the link was measured: two seconds of one that takes 2 kB/s. */
const UNKNOWN_LINK_BYTES = 4_096;

export interface Offer {
  readonly lane: JournalLane;
  readonly seq: number;
  readonly road: Road;
  readonly isBulk: boolean;
}

/** All that is big or late: waveforms, pictures and the past. Events and live numerics never wait for it. */
export class BulkTraffic {
  readonly #queues: Readonly<Record<JournalLane, LaneQueue>>;
  readonly #clock: Clock;
  readonly #throughput: Throughput;
  readonly #share = new BacklogShare();
  readonly #late = new LateWaveforms();
  /** Pieces of small pictures: an ECG photo goes right behind events. */
  readonly #urgentMedia: number[] = [];
  /** As the last one was. */
  #waveformBytes = 0;
  #inFlightBytes = 0;

  constructor(queues: Readonly<Record<JournalLane, LaneQueue>>, clock: Clock, throughput: Throughput) {
    this.#queues = queues;
    this.#clock = clock;
    this.#throughput = throughput;
  }

  appended(item: LaneItem, atMs: number): void {
    if (item.lane === 'wav') {
      this.#late.appended(item.seq, atMs);
      this.#waveformBytes = item.waveform.samples.length + ITEM_HEAD_BYTES;
    } else if (item.lane === 'med' && item.media.totalBytes <= URGENT_MEDIA_BYTES) this.#urgentMedia.push(item.seq);
  }

  /** Small pictures, live waveforms, numerics and places of the past, then what is left of pictures and waveforms. */
  next(sinceMs: number): Offer | null {
    if (!this.#share.hasRoom || this.#inFlightBytes > this.#window()) return null;
    const { wav, med } = this.#queues;
    for (let seq = this.#urgentMedia.shift(); seq !== undefined; seq = this.#urgentMedia.shift())
      if (med.take(seq) !== null) return { lane: 'med', seq, road: 'med', isBulk: true };
    const takesWaveforms = this.#throughput.fits(this.#waveformBytes, this.#clock.monotonicMs());
    const live = takesWaveforms ? wav.takeLive(sinceMs) : null;
    if (live !== null) return { lane: 'wav', seq: live, road: 'wav', isBulk: true };
    for (const lane of ['vit', 'pos'] as const) {
      const seq = this.#queues[lane].takeBacklog(sinceMs);
      if (seq !== null) return { lane, seq, road: backlogRoad[lane], isBulk: true };
    }
    const picture = med.takeLowest();
    if (picture !== null) return { lane: 'med', seq: picture, road: 'med', isBulk: true };
    const past = takesWaveforms ? wav.takeBacklog(sinceMs) : null;
    return past === null ? null : { lane: 'wav', seq: past, road: backlogRoad.wav, isBulk: true };
  }

  started(bytes: number): void {
    this.#inFlightBytes += bytes;
    this.#share.started();
  }

  acknowledged(bytes: number, tookMs: number): void {
    this.#inFlightBytes -= bytes;
    this.#share.acknowledged(tookMs);
  }

  failed({ lane, seq }: Offer, bytes: number): void {
    this.#inFlightBytes -= bytes;
    this.#share.failed();
    if (lane === 'med') this.#urgentMedia.unshift(seq);
  }

  /** Waveforms the link, being up, could not take in time: to be declared shed. */
  takeLate(upSinceMs: number | null): SeqRange[] {
    return this.#late.take(this.#queues.wav, this.#clock.monotonicMs(), upSinceMs);
  }

  /** Bytes a piece of a picture may have, so that nothing waits behind it for over a second. */
  chunkBytes(): number {
    return Math.round(Math.min(MAX_CHUNK_BYTES, Math.max(MIN_CHUNK_BYTES, this.#oneSecond())));
  }

  #window(): number {
    return this.#throughput.window(this.#clock.monotonicMs()) ?? UNKNOWN_LINK_BYTES;
  }

  #oneSecond(): number {
    return this.#throughput.oneSecond(this.#clock.monotonicMs()) ?? UNKNOWN_LINK_BYTES;
  }
}
