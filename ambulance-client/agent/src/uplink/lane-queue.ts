import type { SeqRange } from '@pentad/protocol/seq-range';
import { SeqSet, upTo } from '../journal/seq-set.ts';
import type { JournalLane, LaneHoldings } from '../ports.ts';

/** More than are captured while an item is live. */
const MOST_FRESH = 256;

interface Awaiting {
  /** When the server is asked for its receipt, and from when on it may be offered again; null while the publish is in flight. */
  due: ReceiptDue | null;
  /** Over which connection it was offered. */
  readonly connection: number;
}

export interface ReceiptDue {
  readonly askAtMs: number;
  readonly againAtMs: number;
}

/**
 * The unreceipted items of one lane. Each is either waiting to be offered or offered and awaiting its receipt,
 * never both and never neither.
 */
export class LaneQueue {
  readonly lane: JournalLane;
  readonly #toOffer: SeqSet;
  readonly #awaiting = new Map<number, Awaiting>();
  readonly #attempts = new Map<number, number>();
  readonly #fresh: { readonly seq: number; readonly capturedAtMs: number }[] = [];
  #highest: number;
  #connection = 0;

  constructor(lane: JournalLane, { highest, stored, refused, gone }: LaneHoldings) {
    this.lane = lane;
    this.#highest = highest;
    this.#toOffer = upTo(highest).without(new SeqSet(stored)).without(new SeqSet(gone));
    for (const { seq } of refused) this.#toOffer.takeSeq(seq);
  }

  get highest(): number {
    return this.#highest;
  }

  /** Everything without a receipt. */
  get waiting(): number {
    return this.#toOffer.count + this.#awaiting.size;
  }

  get unoffered(): number {
    return this.#toOffer.count;
  }

  /** The lowest seq without a receipt; null when there is none. */
  get oldestWaiting(): number | null {
    let oldest = this.#toOffer.lowest;
    for (const seq of this.#awaiting.keys()) oldest = oldest === null ? seq : Math.min(oldest, seq);
    return oldest;
  }

  appended(seq: number, capturedAtMs: number): void {
    this.#highest = Math.max(this.#highest, seq);
    // A journal that was just replaced was read whole already.
    if (this.#awaiting.has(seq)) return;
    this.#toOffer.addSeq(seq);
    if (this.lane === 'evt' || this.lane === 'med') return;
    this.#fresh.push({ seq, capturedAtMs });
    // Without a link nothing takes them off.
    if (this.#fresh.length > MOST_FRESH) this.#fresh.shift();
  }

  isUnoffered(seq: number): boolean {
    return this.#toOffer.has(seq);
  }

  takeLowest(): number | null {
    return this.#offered(this.#toOffer.lowest);
  }

  /** Without a receipt. */
  isOpen(seq: number): boolean {
    return this.#toOffer.has(seq) || this.#awaiting.has(seq);
  }

  get lowestUnoffered(): number | null {
    return this.#toOffer.lowest;
  }

  /** This one, where it waits to be offered. */
  take(seq: number): number | null {
    return this.#toOffer.has(seq) ? this.#offered(seq) : null;
  }

  /** The oldest item captured after `sinceMs` that was not offered yet. */
  takeLive(sinceMs: number): number | null {
    for (let first = this.#fresh[0]; first; first = this.#fresh[0]) {
      this.#fresh.shift();
      if (first.capturedAtMs >= sinceMs && this.#toOffer.has(first.seq)) return this.#offered(first.seq);
    }
    return null;
  }

  /** The newest item that is no longer live. */
  takeBacklog(sinceMs: number): number | null {
    while (this.#fresh[0] && this.#fresh[0].capturedAtMs < sinceMs) this.#fresh.shift();
    const firstLive = this.#fresh[0]?.seq ?? this.#highest + 1;
    return this.#offered(this.#toOffer.highestAtMost(firstLive - 1));
  }

  /** The stream took it; a receipt must follow. */
  published(seq: number, due: ReceiptDue): void {
    this.#attempts.set(seq, this.attemptsOf(seq) + 1);
    const awaiting = this.#awaiting.get(seq);
    if (awaiting) awaiting.due = due;
  }

  /** Asked for: what is still open is asked for again at `askAtMs`. */
  asked(nowMs: number, askAtMs: number): void {
    for (const awaiting of this.#awaiting.values())
      if (awaiting.due && awaiting.due.askAtMs <= nowMs) awaiting.due = { ...awaiting.due, askAtMs };
  }

  /** The publish failed, or its receipt did not come: it waits to be offered again. */
  offerAgain(seq: number): void {
    if (this.#awaiting.delete(seq)) this.#toOffer.addSeq(seq);
  }

  /** From here on publishes go over another connection. */
  connectionBegins(): void {
    this.#connection += 1;
  }

  /** Taken by the stream over an earlier connection: the broker may have lost it since. */
  publishedBefore(): number[] {
    return [...this.#awaiting]
      .filter(([, { due, connection }]) => due !== null && connection < this.#connection)
      .map(([seq]) => seq);
  }

  /** How often the stream has taken it; a publish that failed is no attempt. */
  attemptsOf(seq: number): number {
    return this.#attempts.get(seq) ?? 0;
  }

  /** Some receipt should have been here by now. */
  mustAsk(nowMs: number): boolean {
    for (const { due } of this.#awaiting.values()) if (due && due.askAtMs <= nowMs) return true;
    return false;
  }

  overdue(nowMs: number): number[] {
    return [...this.#awaiting].filter(([, { due }]) => due !== null && due.againAtMs <= nowMs).map(([seq]) => seq);
  }

  /** Receipted, refused or gone: not offered any more. */
  settled(ranges: readonly SeqRange[]): void {
    for (const range of ranges) this.#toOffer.take(range);
    const set = new SeqSet(ranges);
    for (const seq of this.#awaiting.keys()) {
      if (!set.has(seq)) continue;
      this.#awaiting.delete(seq);
      this.#attempts.delete(seq);
    }
  }

  #offered(seq: number | null): number | null {
    if (seq === null) return null;
    this.#toOffer.takeSeq(seq);
    this.#awaiting.set(seq, { due: null, connection: this.#connection });
    return seq;
  }
}
