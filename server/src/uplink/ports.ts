import type { GapItem } from '@pentad/protocol/lane-item';
import type { Lane } from '@pentad/protocol/lane';
import type { ItemKey, UplinkRefusal } from '@pentad/protocol/uplink';
import type { SeqRange } from '@pentad/protocol/seq-range';
import type { FailureClass } from '../platform/failure-class.ts';
import type { MediaEntry, TelemetryEntry, WaveformEntry } from './uplink-entry.ts';

export interface QuarantineEntry {
  readonly vehicle: string;
  readonly lane: Lane;
  readonly key: ItemKey | null;
  readonly code: UplinkRefusal;
  readonly raw: Uint8Array;
  readonly receivedAtMs: number;
}

/** What the rows of one lane say, from a seq on. */
export interface HeldLane {
  readonly stored: SeqRange[];
  readonly refused: { readonly seq: number; readonly code: string }[];
  readonly shed: SeqRange[];
}

/** Where offered items are kept. PostgreSQL in the product, memory in the simulator. Every call is one transaction. */
export interface UplinkStore {
  insertTelemetry(entries: readonly TelemetryEntry[]): Promise<void>;
  insertWaveforms(entries: readonly WaveformEntry[]): Promise<void>;
  /** @returns those of another vehicle's case: not stored */
  insertMedia(entries: readonly MediaEntry[]): Promise<readonly MediaEntry[]>;
  insertGap(item: GapItem, receivedAtMs: number): Promise<void>;
  quarantine(entry: QuarantineEntry): Promise<void>;
  held(vehicle: string, epoch: string, lane: Lane, from: number): Promise<HeldLane>;
  horizon(): Promise<string>;
  /** Notes that a journal was heard; true when another one of the vehicle was heard in the last ten minutes. */
  hearEpoch(vehicle: string, epoch: string): Promise<boolean>;
  classify(error: unknown): FailureClass;
}

export interface ReceiptLink {
  send(vehicle: string, receipt: Uint8Array): void;
}
