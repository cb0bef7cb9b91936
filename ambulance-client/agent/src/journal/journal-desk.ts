import type { LaneGap, LaneItem } from '@pentad/protocol/lane-item';
import type { SeqRange } from '@pentad/protocol/seq-range';
import { rangesOf } from '@pentad/protocol/seq-range';
import { AgentError, JournalFault } from '../agent-error.ts';
import { journalLanes, type Draft, type Journal, type JournalLane, type Log } from '../ports.ts';
import type { ItemMaker } from './item-maker.ts';
import { makeRoom } from './make-room.ts';

const RANGES_PER_GAP = 256;
/** Room is made down to this part of the bound, so that it is not made anew with each item. */
const ROOM_PART = 0.9;

export interface DeskPorts {
  readonly journal: Journal;
  readonly maker: ItemMaker;
  readonly log: Log;
  readonly maxBytes: number;
  readonly appended: (items: readonly LaneItem[]) => void;
  readonly settled: (lane: JournalLane, ranges: readonly SeqRange[]) => void;
}

/** Writes items and gaps into the journal, makes room when it is full, and tells the uplink. */
export class JournalDesk {
  readonly #ports: DeskPorts;
  #declaredGaps = 0;
  #isStorageShort = false;
  /** Lowered for good when the disk itself turned out to be full: the file must not grow to that size again. */
  #maxBytes: number;

  constructor(ports: DeskPorts) {
    this.#ports = ports;
    this.#maxBytes = ports.maxBytes;
  }

  /** How many items were declared lost or shed since the start. */
  get declaredGaps(): number {
    return this.#declaredGaps;
  }
  get isStorageShort(): boolean {
    return this.#isStorageShort;
  }

  /** Durable when it returns. */
  append(drafts: readonly Draft[]): readonly LaneItem[] {
    const { journal, appended, maxBytes } = this.#ports;
    let items: readonly LaneItem[];
    try {
      if (this.#maxBytes < maxBytes && journal.usedBytes() > this.#maxBytes) this.#makeRoom();
      items = journal.append(drafts);
    } catch (error) {
      if (!(error instanceof JournalFault) || error.code !== 'journal.full') throw error;
      items = this.#appendOnFullDisk(drafts);
    }
    appended(items);
    return items;
  }

  #appendOnFullDisk(drafts: readonly Draft[]): readonly LaneItem[] {
    const { journal } = this.#ports;
    this.#isStorageShort = true;
    try {
      this.#maxBytes = Math.min(this.#maxBytes, journal.usedBytes() * ROOM_PART);
      this.#makeRoom();
      return journal.append(drafts);
    } catch (error) {
      if (error instanceof JournalFault) throw new AgentError('unavailable', error.code);
      throw error;
    }
  }

  /** Records of these seqs cannot be read: each is reported once and never offered as a value. */
  declareUnreadable(lane: JournalLane, seqs: readonly number[]): void {
    this.#declare(lane, rangesOf(seqs), 'journal-corrupt');
  }

  /** A living link could not carry them in time. */
  declareLate(lane: JournalLane, ranges: readonly SeqRange[]): void {
    this.#declare(lane, ranges, 'link-slow');
  }

  /** Rows that opening the journal found missing. */
  declareMissing(): void {
    for (const lane of journalLanes) this.#declare(lane, this.#ports.journal.holdings(lane).missing, 'journal-corrupt');
  }

  /** Regularly: drops what was receipted long ago, and makes room when over the bound. */
  tidy(receiptedBeforeMs: number): void {
    const { journal, maxBytes } = this.#ports;
    journal.purgeReceipted(receiptedBeforeMs, 5_000);
    const isShort = journal.usedBytes() > this.#maxBytes;
    if (isShort) this.#makeRoom();
    this.#isStorageShort = isShort || this.#maxBytes < maxBytes;
  }

  #makeRoom(): void {
    const { journal, log } = this.#ports;
    makeRoom(
      { journal, log, declareGap: (gap) => this.#declare(gap.lane, gap.ranges, gap.cause) },
      this.#maxBytes * ROOM_PART,
    );
  }

  #declare(lane: LaneGap['lane'], ranges: readonly SeqRange[], cause: LaneGap['cause']): void {
    const { journal, maker, appended, settled, log } = this.#ports;
    const own = journalLanes.find((name) => name === lane);
    for (let at = 0; at < ranges.length; at += RANGES_PER_GAP) {
      const gap: LaneGap = {
        lane,
        ranges: ranges.slice(at, at + RANGES_PER_GAP).map(([from, to]): SeqRange => [from, to]),
        cause,
      };
      const items = journal.append([maker.gap(gap)], [gap]);
      if (items.length === 0) return;
      const count = gap.ranges.reduce((sum, [from, to]) => sum + to - from + 1, 0);
      this.#declaredGaps += count;
      log.error('journal.gap-declared', { lane, count, cause });
      if (own) settled(own, gap.ranges);
      appended(items);
    }
  }
}
