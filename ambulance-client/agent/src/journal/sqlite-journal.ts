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
  type JournalLane,
  type LaneHoldings,
  type Reading,
  type Refused,
} from '../ports.ts';
import { findHead, HEAD_COPIES, json, laneNumber, parsed, writeHead, type FoundHead } from './head-copies.ts';
import type { JournalDatabase } from './journal-database.ts';
import { emptyHead, JournalLedger, StoredHour, type JournalHead } from './journal-ledger.ts';
import { recordSeal, type RecordSeal } from './sealed-record.ts';
import { SeqSet } from './seq-set.ts';

export class SqliteJournal implements Journal {
  readonly epoch: Epoch;
  readonly isTailLost: boolean;
  readonly #db: JournalDatabase;
  readonly #seal: RecordSeal;
  readonly #ledger: JournalLedger;
  #writtenHead: JournalHead | null = null;
  #isOpen = true;

  private constructor(db: JournalDatabase, key: Uint8Array, found: FoundHead, isTailLost: boolean) {
    this.epoch = found.epoch;
    this.isTailLost = isTailLost;
    this.#db = db;
    this.#seal = recordSeal(key, found.epoch);
    this.#ledger = new JournalLedger(found.head);
  }

  static create(db: JournalDatabase, key: Uint8Array, epochBytes: Uint8Array, from?: FoundHead): SqliteJournal {
    const journal = new SqliteJournal(db, key, from ?? { epoch: epochFromBytes(epochBytes), head: emptyHead() }, false);
    db.transaction(() => {
      db.makeTables();
      for (let copy = 0; copy < HEAD_COPIES; copy += 1)
        journal.#writeHead({ ...journal.#ledger.head, counter: journal.#ledger.head.counter + copy });
    });
    journal.#adopt({ ...journal.#ledger.head, counter: journal.#ledger.head.counter + 1 });
    return journal;
  }

  /** Throws JournalFault when the file is damaged in its structure or no head is authentic. */
  static open(db: JournalDatabase, key: Uint8Array, isTailLost: boolean): SqliteJournal {
    const found = findHead(db, key);
    if (!found) throw new JournalFault('journal.unreadable-head');
    if (!db.isWhole()) throw new JournalFault('journal.corrupt');
    db.addLaterTables();
    const journal = new SqliteJournal(db, key, found, isTailLost);
    journal.#writtenHead = found.head;
    journal.#restore();
    return journal;
  }

  #restore(): void {
    for (const row of this.#db.all('SELECT lane, hour, body FROM stored')) {
      const lane = journalLanes.find((name) => laneNumber[name] === row.int('lane'));
      const hour = row.int('hour');
      const plain = lane
        ? this.#seal.unseal({ kind: 'document', key: `stored:${lane}:${hour}` }, row.bytes('body'))
        : null;
      const ranges = parsed(StoredHour, plain);
      if (lane && ranges) this.#ledger.restoreHour({ lane, hour }, ranges);
    }
    for (const lane of journalLanes) {
      const missing = this.#ledger.unsettled(lane);
      for (const [from, to] of missing.ranges()) {
        const rows = this.#db.all(`SELECT seq FROM ${lane} WHERE seq BETWEEN ? AND ?`, from, to);
        for (const row of rows) missing.takeSeq(row.int('seq'));
      }
      this.#ledger.noteMissing(lane, missing);
    }
  }

  append(drafts: readonly Draft[], gaps: readonly LaneGap[] = []): readonly LaneItem[] {
    this.#check();
    const given = perLane(() => 0);
    const items = drafts.map((draft) => {
      given[draft.lane] += 1;
      return draft.make({ seq: this.#ledger.head.lanes[draft.lane].highest + given[draft.lane], epoch: this.epoch });
    });
    const dropped = gaps.flatMap(({ lane, ranges }) => {
      const own = journalLanes.find((name) => name === lane);
      return own ? [{ lane: own, ranges }] : [];
    });
    const head = this.#ledger.nextHead(given, dropped);
    this.#db.transaction(() => {
      items.forEach((item, index) => {
        const lane = drafts[index]?.lane ?? 'evt';
        const body = this.#seal.seal({ kind: 'item', lane: laneNumber[lane], seq: item.seq }, encodeItem(item));
        this.#db.run(`INSERT INTO ${lane} (seq, body) VALUES (?, ?)`, item.seq, body);
      });
      for (const { lane, ranges } of dropped) this.#deleteRows(lane, ranges);
      this.#writeHead(head);
      this.#writeHours();
    });
    this.#ledger.hoursWritten();
    this.#adopt(head);
    return items;
  }

  read(lane: JournalLane, seq: number): Reading {
    this.#check();
    const row = this.#db.get(`SELECT body FROM ${lane} WHERE seq = ?`, seq);
    if (!row) return { kind: 'absent' };
    const bytes = this.#seal.unseal({ kind: 'item', lane: laneNumber[lane], seq }, row.bytes('body'));
    return bytes ? { kind: 'item', bytes } : { kind: 'corrupt' };
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
    const head = this.#ledger.forget(horizon);
    this.#db.transaction(() => {
      this.#db.run('DELETE FROM stored');
      this.#writeHead(head);
    });
    this.#ledger.forgotten(head);
    this.#writtenHead = head;
  }

  flush(): void {
    this.#check();
    if (this.#ledger.unwrittenHours().length === 0 && this.#ledger.head === this.#writtenHead) return;
    this.append([]);
  }

  purgeReceipted(beforeMs: number, atMost: number): number {
    this.#check();
    const parts = this.#ledger.purgeable(beforeMs, atMost);
    if (parts.length === 0) return 0;
    const dropped = parts.map(({ lane, range }) => ({ lane, ranges: [range] }));
    const head = this.#ledger.nextHead(
      perLane(() => 0),
      dropped,
    );
    const hours = this.#ledger.emptyHours(head);
    this.#db.transaction(() => {
      for (const { lane, ranges } of dropped) this.#deleteRows(lane, ranges);
      for (const { lane, hour } of hours)
        this.#db.run('DELETE FROM stored WHERE lane = ? AND hour = ?', laneNumber[lane], hour);
      this.#writeHead(head);
    });
    this.#ledger.dropHours(hours);
    this.#adopt(head);
    return dropped.reduce((sum, { ranges }) => sum + new SeqSet(ranges).count, 0);
  }

  usedBytes(): number {
    this.#check();
    return this.#db.usedBytes();
  }

  keep(entries: readonly (readonly [key: string, value: Uint8Array | null])[]): void {
    this.#check();
    this.#db.transaction(() => {
      for (const [key, value] of entries) {
        if (value === null) this.#db.run('DELETE FROM document WHERE key = ?', Buffer.from(key));
        else
          this.#db.run(
            'INSERT OR REPLACE INTO document (key, body) VALUES (?, ?)',
            Buffer.from(key),
            this.#seal.seal({ kind: 'document', key }, value),
          );
      }
    });
  }

  kept(key: string): Reading {
    this.#check();
    const row = this.#db.get('SELECT body FROM document WHERE key = ?', Buffer.from(key));
    if (!row) return { kind: 'absent' };
    const bytes = this.#seal.unseal({ kind: 'document', key }, row.bytes('body'));
    return bytes ? { kind: 'item', bytes } : { kind: 'corrupt' };
  }

  keptKeys(): readonly string[] {
    this.#check();
    return this.#db.all('SELECT key FROM document').map((row) => row.bytes('key').toString('utf8'));
  }

  close(): void {
    if (!this.#isOpen) return;
    try {
      this.flush();
    } finally {
      this.#isOpen = false;
      this.#db.close();
    }
  }

  #adopt(head: JournalHead): void {
    this.#ledger.adopt(head);
    this.#writtenHead = head;
  }

  #check(): void {
    if (!this.#isOpen) throw new JournalFault('journal.closed');
  }

  #deleteRows(lane: JournalLane, ranges: readonly SeqRange[]): void {
    for (const [from, to] of ranges) this.#db.run(`DELETE FROM ${lane} WHERE seq BETWEEN ? AND ?`, from, to);
  }

  #writeHours(): void {
    for (const { lane, hour, ranges } of this.#ledger.unwrittenHours()) {
      const body = this.#seal.seal({ kind: 'document', key: `stored:${lane}:${hour}` }, json(ranges));
      this.#db.run('INSERT OR REPLACE INTO stored (lane, hour, body) VALUES (?, ?, ?)', laneNumber[lane], hour, body);
    }
  }

  #writeHead(head: JournalHead): void {
    writeHead(this.#db, this.#seal, { epoch: this.epoch, head });
  }
}
