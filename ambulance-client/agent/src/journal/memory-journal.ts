import { epochFromBytes, type Epoch } from '@pentad/protocol/ids';
import type { LaneGap, LaneItem } from '@pentad/protocol/lane-item';
import type { SeqRange } from '@pentad/protocol/seq-range';
import { encodeItem } from '@pentad/protocol/uplink';
import { JournalFault } from '../agent-error.ts';
import {
  journalLanes,
  perLane,
  type Draft,
  type Journal,
  type JournalFaultCode,
  type JournalLane,
  type JournalShelf,
  type LaneHoldings,
  type Random,
  type Reading,
  type Refused,
} from '../ports.ts';
import { emptyHead, JournalLedger } from './journal-ledger.ts';

const laneOverheadBytes = 64;

/** The same journal in memory, for the simulator and unit tests: it survives `close`, as a file would. */
export class MemoryJournal implements Journal {
  readonly epoch: Epoch;
  readonly isTailLost = false;
  readonly #ledger = new JournalLedger(emptyHead());
  readonly #rows = perLane(() => new Map<number, Uint8Array | 'corrupt'>());
  readonly #documents = new Map<string, Uint8Array>();
  #usedBytes = 0;
  #isOpen = true;
  /** Set by a test: the next append fails so. */
  failNextAppend: JournalFaultCode | null = null;

  constructor(epochBytes: Uint8Array) {
    this.epoch = epochFromBytes(epochBytes);
  }

  append(drafts: readonly Draft[], gaps: readonly LaneGap[] = []): readonly LaneItem[] {
    this.#check();
    if (this.failNextAppend !== null) {
      const code = this.failNextAppend;
      this.failNextAppend = null;
      throw new JournalFault(code);
    }
    const given = perLane(() => 0);
    const items = drafts.map((draft) => {
      given[draft.lane] += 1;
      return draft.make({ seq: this.#ledger.head.lanes[draft.lane].highest + given[draft.lane], epoch: this.epoch });
    });
    const dropped = gaps.flatMap(({ lane, ranges }) => {
      const own = journalLanes.find((name) => name === lane);
      return own ? [{ lane: own, ranges }] : [];
    });
    items.forEach((item, index) => {
      const bytes = encodeItem(item);
      this.#rows[drafts[index]?.lane ?? 'evt'].set(item.seq, bytes);
      this.#usedBytes += bytes.length + laneOverheadBytes;
    });
    for (const { lane, ranges } of dropped) this.#delete(lane, ranges);
    this.#ledger.hoursWritten();
    this.#ledger.adopt(this.#ledger.nextHead(given, dropped));
    return items;
  }

  read(lane: JournalLane, seq: number): Reading {
    this.#check();
    const row = this.#rows[lane].get(seq);
    if (row === undefined) return { kind: 'absent' };
    return row === 'corrupt' ? { kind: 'corrupt' } : { kind: 'item', bytes: row };
  }

  holdings(lane: JournalLane): LaneHoldings {
    return this.#ledger.holdings(lane);
  }

  settle(
    lane: JournalLane,
    covered: { readonly stored: readonly SeqRange[]; readonly refused: readonly Refused[] },
    nowMs: number,
  ): void {
    this.#ledger.settle(lane, covered, nowMs);
  }

  horizon(): string | null {
    return this.#ledger.head.horizon;
  }

  forgetReceipts(horizon: string): void {
    this.#check();
    this.#ledger.forgotten(this.#ledger.forget(horizon));
  }

  flush(): void {
    this.#check();
    this.#ledger.hoursWritten();
  }

  purgeReceipted(beforeMs: number, atMost: number): number {
    this.#check();
    const parts = this.#ledger.purgeable(beforeMs, atMost);
    const head = this.#ledger.nextHead(
      perLane(() => 0),
      parts.map(({ lane, range }) => ({ lane, ranges: [range] })),
    );
    let count = 0;
    for (const { lane, range } of parts) count += this.#delete(lane, [range]);
    this.#ledger.dropHours(this.#ledger.emptyHours(head));
    this.#ledger.adopt(head);
    return count;
  }

  usedBytes(): number {
    return this.#usedBytes;
  }

  keep(entries: readonly (readonly [key: string, value: Uint8Array | null])[]): void {
    this.#check();
    for (const [key, value] of entries) {
      if (value === null) this.#documents.delete(key);
      else this.#documents.set(key, Uint8Array.from(value));
    }
  }

  kept(key: string): Reading {
    const bytes = this.#documents.get(key);
    return bytes ? { kind: 'item', bytes } : { kind: 'absent' };
  }

  keptKeys(): readonly string[] {
    return [...this.#documents.keys()];
  }

  close(): void {
    this.#isOpen = false;
  }

  /** As a process that starts again on the same disk. */
  reopen(): void {
    this.#isOpen = true;
  }

  /** As a bit flip in the record: it fails authentication from now on. */
  corrupt(lane: JournalLane, seq: number): void {
    if (this.#rows[lane].has(seq)) this.#rows[lane].set(seq, 'corrupt');
  }

  #check(): void {
    if (!this.#isOpen) throw new JournalFault('journal.closed');
  }

  #delete(lane: JournalLane, ranges: readonly SeqRange[]): number {
    let count = 0;
    for (const [from, to] of ranges) {
      for (let seq = from; seq <= to; seq += 1) {
        const row = this.#rows[lane].get(seq);
        if (row === undefined) continue;
        this.#usedBytes -= (row === 'corrupt' ? 0 : row.length) + laneOverheadBytes;
        this.#rows[lane].delete(seq);
        count += 1;
      }
    }
    return count;
  }
}

/** Keeps one memory journal across restarts of the agent; set aside, the next opening makes a new epoch. */
export class MemoryShelf implements JournalShelf {
  readonly setAsideReasons: JournalFaultCode[] = [];
  #journal: MemoryJournal | null = null;
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  get journal(): MemoryJournal | null {
    return this.#journal;
  }

  open(): MemoryJournal {
    this.#journal ??= new MemoryJournal(this.#random(16));
    this.#journal.reopen();
    return this.#journal;
  }

  setAside(reason: JournalFaultCode): void {
    this.setAsideReasons.push(reason);
    this.#journal = null;
  }
}
