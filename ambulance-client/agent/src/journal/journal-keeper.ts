import type { Epoch, VehicleId } from '@pentad/protocol/ids';
import type { LaneGap, LaneItem } from '@pentad/protocol/lane-item';
import type { SeqRange } from '@pentad/protocol/seq-range';
import { decodeItem } from '@pentad/protocol/uplink';
import { codeOf, JournalFault } from '../agent-error.ts';
import {
  journalLanes,
  type Draft,
  type Journal,
  type JournalFaultCode,
  type JournalLane,
  type JournalShelf,
  type LaneHoldings,
  type Log,
  type Reading,
  type Refused,
} from '../ports.ts';
import { SeqSet, seqsOf, upTo } from './seq-set.ts';

const MAX_ATTEMPTS = 3;
const CARRIED_AT_ONCE = 500;

function unsettledItems(journal: Journal, lane: JournalLane, vehicle: VehicleId): readonly Draft[] {
  const { highest, stored, gone } = journal.holdings(lane);
  const unsettled = upTo(highest).without(new SeqSet(stored)).without(new SeqSet(gone));
  return seqsOf(unsettled).flatMap((seq) => {
    const reading = journal.read(lane, seq);
    const decoded = reading.kind === 'item' ? decodeItem(reading.bytes, vehicle, lane) : null;
    return decoded?.ok ? [{ lane, make: (place) => ({ ...decoded.item, ...place }) }] : [];
  });
}

/**
 * The journal the agent works with. A fault of the file (all but `journal.full`) sets it aside, opens another and
 * repeats the act there; whoever keeps anything derived from the journal listens to `onReplaced`.
 */
export class JournalKeeper implements Journal {
  readonly #shelf: JournalShelf;
  readonly #log: Log;
  readonly #vehicle: VehicleId;
  readonly #listeners: (() => void)[] = [];
  #journal: Journal;
  #setAside = 0;

  constructor(shelf: JournalShelf, log: Log, vehicle: VehicleId) {
    this.#shelf = shelf;
    this.#log = log;
    this.#vehicle = vehicle;
    this.#journal = this.#open();
    if (this.#journal.isTailLost) this.startNewEpoch();
  }

  get isTailLost(): boolean {
    return this.#journal.isTailLost;
  }

  onReplaced(listener: () => void): void {
    this.#listeners.push(listener);
  }

  /** How many files were set aside since the start: a technical alarm when it is not 0. */
  get setAsideCount(): number {
    return this.#setAside;
  }

  get epoch(): Epoch {
    return this.#journal.epoch;
  }

  append(drafts: readonly Draft[], gaps?: readonly LaneGap[]): readonly LaneItem[] {
    const { epoch } = this;
    // A gap speaks of seqs of one epoch: declared of another it would drop what is held there.
    return this.#with((journal) =>
      gaps && gaps.length > 0 && journal.epoch !== epoch ? [] : journal.append(drafts, gaps),
    );
  }
  read(lane: JournalLane, seq: number): Reading {
    return this.#with((journal) => journal.read(lane, seq));
  }
  holdings(lane: JournalLane): LaneHoldings {
    return this.#journal.holdings(lane);
  }
  settle(
    lane: JournalLane,
    covered: { readonly stored: readonly SeqRange[]; readonly refused: readonly Refused[] },
    nowMs: number,
  ): void {
    this.#journal.settle(lane, covered, nowMs);
  }
  forgetReceipts(horizon: string): void {
    this.#with((journal) => journal.forgetReceipts(horizon));
  }
  horizon(): string | null {
    return this.#journal.horizon();
  }
  flush(): void {
    this.#with((journal) => journal.flush());
  }
  purgeReceipted(beforeMs: number, atMost: number): number {
    return this.#with((journal) => journal.purgeReceipted(beforeMs, atMost));
  }
  usedBytes(): number {
    return this.#with((journal) => journal.usedBytes());
  }
  keep(entries: readonly (readonly [key: string, value: Uint8Array | null])[]): void {
    this.#with((journal) => journal.keep(entries));
  }
  kept(key: string): Reading {
    return this.#with((journal) => journal.kept(key));
  }
  keptKeys(): readonly string[] {
    return this.#with((journal) => journal.keptKeys());
  }

  close(): void {
    try {
      this.#journal.close();
    } catch (error) {
      this.#log.error('journal.close-failed', { code: codeOf(error) });
    }
  }

  /**
   * The journal is older than what the server already holds of it (a restored or cloned disk): its epoch must not be
   * continued. All that has no receipt is journalled again in the new one; case events keep their event ids.
   */
  startNewEpoch(): void {
    const carried = journalLanes.flatMap((lane) => unsettledItems(this.#journal, lane, this.#vehicle));
    this.#replace('journal.rolled-back');
    for (let at = 0; at < carried.length; at += CARRIED_AT_ONCE)
      this.#journal.append(carried.slice(at, at + CARRIED_AT_ONCE));
    for (const listener of this.#listeners) listener();
  }

  #with<T>(act: (journal: Journal) => T): T {
    let wasReplaced = false;
    for (let attempt = 1; ; attempt += 1) {
      try {
        const result = act(this.#journal);
        if (wasReplaced) for (const listener of this.#listeners) listener();
        return result;
      } catch (error) {
        const isOfTheFile =
          error instanceof JournalFault && error.code !== 'journal.full' && error.code !== 'journal.closed';
        if (!isOfTheFile || attempt >= MAX_ATTEMPTS) throw error;
        this.#replace(error.code);
        wasReplaced = true;
      }
    }
  }

  #replace(code: JournalFaultCode): void {
    this.close();
    this.#aside(code);
    this.#journal = this.#open();
  }

  #aside(code: JournalFaultCode): void {
    this.#setAside += 1;
    this.#log.error('journal.set-aside', { code });
    this.#shelf.setAside(code);
  }

  #open(): Journal {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return this.#shelf.open();
      } catch (error) {
        if (!(error instanceof JournalFault) || error.code === 'journal.full' || attempt >= MAX_ATTEMPTS) throw error;
        this.#aside(error.code);
      }
    }
  }
}
