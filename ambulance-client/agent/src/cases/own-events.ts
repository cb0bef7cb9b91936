import type { CaseEvent } from '@pentad/protocol/case-event';
import type { CaseId, VehicleId } from '@pentad/protocol/ids';
import { isEventItem, type EventItem, type LaneItem } from '@pentad/protocol/lane-item';
import { decodeItem } from '@pentad/protocol/uplink';
import { SeqSet, seqsOf, upTo } from '../journal/seq-set.ts';
import type { Journal } from '../ports.ts';

export interface OwnEvent {
  readonly seq: number;
  readonly event: CaseEvent;
  readonly capturedAtMs: number;
  readonly monotonicMs: number;
  readonly bootId: string;
  sentAtMs: number | null;
}

/** The case events this vehicle journalled and still holds, by event id. */
export class OwnEvents {
  readonly #journal: Journal;
  readonly #vehicle: VehicleId;
  readonly #byId = new Map<string, OwnEvent>();
  readonly #bySeq = new Map<number, OwnEvent>();

  constructor(journal: Journal, vehicle: VehicleId) {
    this.#journal = journal;
    this.#vehicle = vehicle;
    this.reload();
  }

  reload(): void {
    this.#byId.clear();
    this.#bySeq.clear();
    const { highest, gone } = this.#journal.holdings('evt');
    for (const seq of seqsOf(upTo(highest).without(new SeqSet(gone)))) {
      const reading = this.#journal.read('evt', seq);
      const decoded = reading.kind === 'item' ? decodeItem(reading.bytes, this.#vehicle, 'evt') : null;
      if (decoded?.ok && isEventItem(decoded.item)) this.#take(decoded.item);
    }
  }

  appended(items: readonly LaneItem[]): void {
    for (const item of items) if (isEventItem(item)) this.#take(item);
  }

  sent(seq: number, atMs: number): void {
    const own = this.#bySeq.get(seq);
    if (own && own.sentAtMs === null) own.sentAtMs = atMs;
  }

  byId(eventId: string): OwnEvent | null {
    return this.#byId.get(eventId) ?? null;
  }

  caseIds(): ReadonlySet<CaseId> {
    return new Set([...this.#byId.values()].map(({ event }) => event.envelope.caseId));
  }

  ofCase(caseId: CaseId): readonly OwnEvent[] {
    return [...this.#byId.values()]
      .filter(({ event }) => event.envelope.caseId === caseId)
      .sort((a, b) => a.seq - b.seq);
  }

  /** Items that were purged from the journal are not shown as own events any more. */
  dropGone(): void {
    const gone = new SeqSet(this.#journal.holdings('evt').gone);
    for (const [eventId, { seq }] of this.#byId) {
      if (!gone.has(seq)) continue;
      this.#byId.delete(eventId);
      this.#bySeq.delete(seq);
    }
  }

  #take(item: EventItem): void {
    const { seq, event, capturedAtMs, monotonicMs, bootId } = item;
    const own = { seq, event, capturedAtMs, monotonicMs, bootId, sentAtMs: null };
    this.#byId.set(event.envelope.eventId, own);
    this.#bySeq.set(seq, own);
  }
}
