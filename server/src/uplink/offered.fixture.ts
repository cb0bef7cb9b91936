import type { CaseEvent } from '@pentad/protocol/case-event';
import type { LaneItem } from '@pentad/protocol/lane-item';
import type { Road } from '@pentad/protocol/lane';
import { eventItem, gapItem, numericsItem, positionItem } from '@pentad/protocol/testing/builders';
import { encodeItem } from '@pentad/protocol/uplink';
import type { FailureClass } from '../platform/failure-class.ts';
import type { QuarantineEntry, UplinkStore } from './ports.ts';
import type {
  ItemEnd,
  LogEntry,
  NumericsEntry,
  PositionEntry,
  MediaEntry,
  TelemetryEntry,
  WaveformEntry,
  UplinkEntry,
} from './uplink-entry.ts';

export class StoreError extends Error {
  readonly failure: FailureClass;
  constructor(failure: FailureClass) {
    super(`store: ${failure}`);
    this.failure = failure;
  }
}

/** Commits at once and remembers what, in order; `refuse` says which call fails and how. */
export class MemoryUplinkStore implements UplinkStore {
  readonly batches: (readonly TelemetryEntry[])[] = [];
  readonly attempts: number[] = [];
  readonly gaps: number[] = [];
  readonly quarantined: QuarantineEntry[] = [];
  refuse: (entries: readonly TelemetryEntry[]) => FailureClass | null = () => null;
  /** Thrown by the next writes outside telemetry, first in, first out. */
  readonly failures: Error[] = [];
  /** Awaited inside every batch before it commits. */
  hold: () => Promise<void> = () => Promise.resolve();

  async insertTelemetry(entries: readonly TelemetryEntry[]): Promise<void> {
    this.attempts.push(entries.length);
    await this.hold();
    const failure = this.refuse(entries);
    if (failure) throw new StoreError(failure);
    this.batches.push(entries);
  }

  readonly waveforms: (readonly WaveformEntry[])[] = [];
  readonly media: (readonly MediaEntry[])[] = [];
  insertWaveforms = (entries: readonly WaveformEntry[]) => this.#write(() => void this.waveforms.push(entries));
  insertMedia = (entries: readonly MediaEntry[]) => this.#write(() => void this.media.push(entries)).then(() => []);

  insertGap(item: { seq: number }): Promise<void> {
    return this.#write(() => void this.gaps.push(item.seq));
  }

  quarantine(entry: QuarantineEntry): Promise<void> {
    return this.#write(() => void this.quarantined.push(entry));
  }

  held = () => Promise.resolve({ stored: [], refused: [], shed: [] });
  horizon = () => Promise.resolve('horizon-1');
  hearEpoch = () => Promise.resolve(false);
  classify = (error: unknown): FailureClass => (error instanceof StoreError ? error.failure : 'bug');

  get storedSeqs(): number[] {
    return this.batches.flat().map((entry) => entry.item.seq);
  }

  #write(act: () => void): Promise<void> {
    const failure = this.failures.shift();
    if (failure) return Promise.reject(failure);
    act();
    return Promise.resolve();
  }
}

/** Collects how items end; `of(seq)` are the ends of one seq: one, always. */
export class Ends {
  readonly all: { readonly seq: number; readonly end: ItemEnd }[] = [];
  readonly note =
    (seq: number) =>
    (end: ItemEnd): void =>
      void this.all.push({ seq, end });
  of = (seq: number): string[] =>
    this.all.filter((noted) => noted.seq === seq).map(({ end }) => (end.kind === 'refused' ? end.code : end.kind));
  seqs = (kind: ItemEnd['kind']): number[] => this.all.filter(({ end }) => end.kind === kind).map(({ seq }) => seq);
}

interface EntryOptions {
  readonly ends?: Ends;
  readonly road?: Road;
  readonly shard?: number;
  readonly receivedAtMs?: number;
}

function entryOf<Item extends LaneItem>(item: Item, some: EntryOptions): UplinkEntry<Item> {
  return {
    item,
    road: some.road ?? item.lane,
    shard: some.shard ?? 0,
    receivedAtMs: some.receivedAtMs ?? item.measuredAtMs,
    raw: encodeItem(item),
    end: (some.ends ?? new Ends()).note(item.seq),
  };
}

export const numericsEntry = (
  seq: number,
  some: EntryOptions & { vitals?: Parameters<typeof numericsItem>[1]; item?: Parameters<typeof numericsItem>[2] } = {},
): NumericsEntry => entryOf(numericsItem(seq, some.vitals, some.item), some);

export const positionEntry = (
  seq: number,
  some: EntryOptions & {
    position?: Parameters<typeof positionItem>[1];
    item?: Parameters<typeof positionItem>[2];
  } = {},
): PositionEntry => entryOf(positionItem(seq, some.position, some.item), some);

export const eventEntry = (
  seq: number,
  event: CaseEvent,
  some: EntryOptions & { item?: Parameters<typeof eventItem>[2] } = {},
): LogEntry => entryOf(eventItem(seq, event, some.item), some);

export const gapEntry = (seq: number, some: EntryOptions & { gap?: Parameters<typeof gapItem>[1] } = {}): LogEntry =>
  entryOf(gapItem(seq, some.gap), some);
