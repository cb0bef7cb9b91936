import type { LaneGap } from '@pentad/protocol/lane-item';
import type { SeqRange } from '@pentad/protocol/seq-range';
import type { Journal, JournalLane, Log } from '../ports.ts';
import { SeqSet, upTo } from './seq-set.ts';

const PURGED_AT_ONCE = 2_000;
const SHED_AT_ONCE = 500;
const MAX_ROUNDS = 1_000;
const FOREVER_MS = Number.MAX_SAFE_INTEGER;
/** Waveforms are the most and worth the least, then positions and numerics of the past; events and pictures are never shed. */
const shedOrder: readonly JournalLane[] = ['wav', 'pos', 'vit'];

export interface RoomPorts {
  readonly journal: Journal;
  readonly log: Log;
  /** Journals the declaration and drops the records in one act. */
  readonly declareGap: (gap: LaneGap) => void;
}

/** Oldest unreceipted items of a lane, keeping the newest ones: the part that would be shed next. */
function sheddable(journal: Journal, lane: JournalLane): SeqRange[] {
  const { highest, stored, gone } = journal.holdings(lane);
  const held = upTo(highest - SHED_AT_ONCE)
    .without(new SeqSet(stored))
    .without(new SeqSet(gone));
  const ranges: SeqRange[] = [];
  let left = SHED_AT_ONCE;
  for (const [from, to] of held.ranges()) {
    if (left <= 0 || ranges.length >= 256) break;
    const last = Math.min(to, from + left - 1);
    ranges.push([from, last]);
    left -= last - from + 1;
  }
  return ranges;
}

/**
 * Storage is over its bound (faults.md E3): receipted items go first, oldest receipt first; then positions and
 * numerics of the past, each declared shed. Returns whether the journal is below `targetBytes` again.
 */
export function makeRoom({ journal, log, declareGap }: RoomPorts, targetBytes: number): boolean {
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    if (journal.usedBytes() <= targetBytes) return true;
    if (journal.purgeReceipted(FOREVER_MS, PURGED_AT_ONCE) > 0) continue;
    const lane = shedOrder.find((name) => sheddable(journal, name).length > 0);
    if (lane === undefined) return false;
    const ranges = sheddable(journal, lane);
    declareGap({ lane, ranges, cause: 'storage-full' });
    log.warn('journal.shed', { lane, count: new SeqSet(ranges).count });
  }
  return journal.usedBytes() <= targetBytes;
}
