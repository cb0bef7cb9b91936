import { RecordedEvent } from '@pentad/protocol/case-event';
import { foldCase } from '@pentad/protocol/case-fold';
import { emptyCase, type CaseState } from '@pentad/protocol/case-state';
import { isOver } from '@pentad/protocol/case-reading';
import { CaseId } from '@pentad/protocol/ids';
import * as v from 'valibot';
import type { Journal, Log } from '../ports.ts';

const CURSOR = 'downlink-cursor';
const CASE_PREFIX = 'case:';
const KEEP_OVER_MS = 96 * 3_600_000;

const StoredCase = v.object({ caseId: CaseId, touchedAtMs: v.number(), events: v.array(RecordedEvent) });
const StoredCursor = v.object({ n: v.pipe(v.number(), v.safeInteger(), v.minValue(0)) });

interface KnownCase {
  events: RecordedEvent[];
  /** Fold of the unbroken run of caseSeq from 1. */
  state: CaseState;
  eventIds: Set<string>;
  touchedAtMs: number;
}

/**
 * The server's log of each case as far as it came down, and the cursor in the vehicle's topic. Kept in the journal:
 * a restart shows the same cases. A document that cannot be read costs a resync, never a wrong case.
 */
export class CaseBook {
  readonly #journal: Journal;
  readonly #log: Log;
  readonly #cases = new Map<CaseId, KnownCase>();
  #cursor = 0;

  constructor(journal: Journal, log: Log) {
    this.#journal = journal;
    this.#log = log;
    this.reload();
  }

  get cursor(): number {
    return this.#cursor;
  }

  caseIds(): readonly CaseId[] {
    return [...this.#cases.keys()];
  }

  has(caseId: CaseId): boolean {
    return this.#cases.has(caseId);
  }

  prefix(caseId: CaseId): CaseState {
    return this.#cases.get(caseId)?.state ?? emptyCase(caseId);
  }

  holds(caseId: CaseId, eventId: string): boolean {
    return this.#cases.get(caseId)?.eventIds.has(eventId) ?? false;
  }

  /** Some event of a case came before one that should precede it. */
  hasHoles(): boolean {
    return [...this.#cases.values()].some(({ events, state }) => (events.at(-1)?.caseSeq ?? 0) > state.caseSeq);
  }

  hasOpenCases(): boolean {
    return [...this.#cases.values()].some(({ state }) => !isOver(state));
  }

  reload(): void {
    this.#cases.clear();
    this.#cursor = 0;
    let isWhole = true;
    for (const key of this.#journal.keptKeys()) {
      if (!key.startsWith(CASE_PREFIX)) continue;
      const stored = this.#readDocument(key, StoredCase);
      if (stored) this.#merge(stored.caseId, stored.events, stored.touchedAtMs);
      else isWhole = false;
    }
    const cursor = this.#readDocument(CURSOR, StoredCursor);
    if (cursor && isWhole) this.#cursor = cursor.n;
    else if (!isWhole) this.#log.warn('cases.document-unreadable');
  }

  /** Takes events of one case and the cursor they bring, durably. Events already known change nothing. */
  apply(
    parts: readonly { readonly caseId: CaseId; readonly events: readonly RecordedEvent[] }[],
    cursor: number,
    nowMs: number,
  ): void {
    const touched = new Set<CaseId>();
    for (const { caseId, events } of parts) if (this.#merge(caseId, events, nowMs)) touched.add(caseId);
    const entries: [string, Uint8Array | null][] = [...touched].map((caseId) => [
      CASE_PREFIX + caseId,
      this.#document(caseId),
    ]);
    if (cursor !== this.#cursor) entries.push([CURSOR, Buffer.from(JSON.stringify({ n: cursor }))]);
    this.#cursor = cursor;
    if (entries.length > 0) this.#journal.keep(entries);
  }

  /** The server's log was restored or begun anew: what came down before may not be in it any more. */
  clear(): void {
    const keys = [...this.#cases.keys()].map((caseId) => CASE_PREFIX + caseId);
    this.#journal.keep([...keys, CURSOR].map((key) => [key, null]));
    this.#cases.clear();
    this.#cursor = 0;
  }

  /** Cases over and untouched for longer than items are kept go from the vehicle (faults.md S30). */
  dropOld(nowMs: number): void {
    const old = [...this.#cases]
      .filter(([, { state, touchedAtMs }]) => isOver(state) && nowMs - touchedAtMs > KEEP_OVER_MS)
      .map(([caseId]) => caseId);
    for (const caseId of old) this.#cases.delete(caseId);
    if (old.length > 0) this.#journal.keep(old.map((caseId) => [CASE_PREFIX + caseId, null]));
  }

  #merge(caseId: CaseId, events: readonly RecordedEvent[], touchedAtMs: number): boolean {
    const known = this.#cases.get(caseId) ?? {
      events: [],
      state: emptyCase(caseId),
      eventIds: new Set<string>(),
      touchedAtMs,
    };
    const have = new Set(known.events.map(({ caseSeq }) => caseSeq));
    const added = events.filter((event) => event.envelope.caseId === caseId && !have.has(event.caseSeq));
    if (added.length === 0) return false;
    known.events = [...known.events, ...added].sort((a, b) => a.caseSeq - b.caseSeq);
    for (const event of known.events) {
      known.eventIds.add(event.envelope.eventId);
      if (event.caseSeq === known.state.caseSeq + 1) known.state = foldCase(known.state, event);
    }
    known.touchedAtMs = Math.max(known.touchedAtMs, touchedAtMs);
    this.#cases.set(caseId, known);
    return true;
  }

  #document(caseId: CaseId): Uint8Array {
    const known = this.#cases.get(caseId);
    return Buffer.from(JSON.stringify({ caseId, touchedAtMs: known?.touchedAtMs ?? 0, events: known?.events ?? [] }));
  }

  #readDocument<S extends v.GenericSchema>(key: string, schema: S): v.InferOutput<S> | null {
    const reading = this.#journal.kept(key);
    if (reading.kind !== 'item') return null;
    const read = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), Buffer.from(reading.bytes).toString('utf8'));
    return read.success ? read.output : null;
  }
}
