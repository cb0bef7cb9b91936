import type { JobAnswer } from '@pentad/protocol/ask';
import type { RenewedJwt } from '@pentad/protocol/http-api';
import type { DownlinkPage } from '@pentad/protocol/downlink';
import type { CaseId, Epoch, VehicleId } from '@pentad/protocol/ids';
import { lanes, type Lane, type Road } from '@pentad/protocol/lane';
import type { LaneGap, LaneItem } from '@pentad/protocol/lane-item';
import type { Receipt } from '@pentad/protocol/receipt';
import type { SeqRange } from '@pentad/protocol/seq-range';
import type { Ask } from '@pentad/protocol/subjects';
import type * as v from 'valibot';

/** Wall clock of the vehicle (may be wrong or jump) and a clock that only moves forward within one boot. */
export interface Clock {
  nowMs(): number;
  monotonicMs(): number;
}

export type Cancel = () => void;
export interface Timers {
  after(delayMs: number, act: () => void): Cancel;
}

export type Random = (byteCount: number) => Uint8Array;

export type LogFields = Readonly<Record<string, string | number | boolean | null>>;
/** Codes and ids only, never patient data (house.md Logging). */
export interface Log {
  info(code: string, fields?: LogFields): void;
  warn(code: string, fields?: LogFields): void;
  error(code: string, fields?: LogFields): void;
}

export type DownlinkKind = 'rcpt' | 'case';
export interface BrokerListener {
  /** Again without `disconnected` before: another connection has taken the place of the one there was. */
  connected(): void;
  disconnected(): void;
  /** A message on `pentad.v1.dn.<vehicle>.<kind>`, unread. */
  downlink(kind: DownlinkKind, bytes: Uint8Array): void;
}

/** Direct to the broker, or as WebSocket through the server's one port. */
export type BrokerKind = 'tls' | 'wss';
/** The last measurement of one way out; nulls: none yet, or no answer. */
export interface Probed {
  readonly link: BrokerKind | 'https';
  readonly isGood: boolean | null;
  readonly roundTripMs: number | null;
  readonly ageMs: number | null;
}
export interface BrokerMeasure {
  /** null: not connected. */
  readonly kind: BrokerKind | null;
  readonly probes: readonly Probed[];
}

/** One connection that reconnects by itself until stopped. Nothing here promises that anything is stored. */
export interface BrokerLink {
  start(listener: BrokerListener): void;
  isConnected(): boolean;
  /** Resolves at the PubAck of the stream; rejects when there was none in time. */
  publish(road: Road, bytes: Uint8Array): Promise<void>;
  /** Request and reply on `pentad.v1.up.<vehicle>.ask.<ask>` or `.hb`; rejects on timeout. */
  ask(ask: Ask | 'hb', bytes: Uint8Array, timeoutMs: number): Promise<Uint8Array>;
  /** Absent: there is one direct way. */
  measured?(): BrokerMeasure;
  stop(): Promise<void>;
}

/** HTTPS to the server, used for events and the downlink while the broker is away (design decision 7). */
export interface SecondPath {
  /** GET /healthz */
  probe(): Promise<boolean>;
  /** POST /v1/uplink; each element is one encoded item of the evt lane. */
  uplink(items: readonly Uint8Array[]): Promise<readonly Receipt[]>;
  /** POST /v1/uplink/media; one encoded item of the med lane. */
  uplinkMedia(item: Uint8Array): Promise<readonly Receipt[]>;
  /** GET /v1/downlink?after=; a long poll that ends by itself within some seconds. */
  downlink(after: number): Promise<DownlinkPage>;
  /** GET /v1/job-card?caseId=; absent: job cards come over the broker alone. */
  jobCard(caseId: CaseId): Promise<v.InferOutput<typeof JobAnswer>>;
  /** POST /v1/vehicle-jwt */
  renewJwt(): Promise<v.InferOutput<typeof RenewedJwt>>;
  stop(): void;
}

export interface Credentials {
  readonly vehicle: VehicleId;
  readonly callSign: string;
  jwt(): string;
  /** Seconds of the epoch as the JWT states them; `expiresAtMs` null: it does not expire. */
  jwtLife(): { readonly issuedAtMs: number; readonly expiresAtMs: number | null };
  replaceJwt(jwt: string): void;
  /** base64url of the nkey signature over the nonce text. */
  sign(nonce: string): string;
}

export type JournalLane = Lane;
export const journalLanes = lanes;
export const perLane = <T>(of: (lane: JournalLane) => T): Record<JournalLane, T> => ({
  evt: of('evt'),
  vit: of('vit'),
  pos: of('pos'),
  wav: of('wav'),
  med: of('med'),
});

/** An item waiting for its place: `make` is called inside the transaction that gives the sequence number. */
export interface Draft {
  readonly lane: JournalLane;
  make(place: { readonly seq: number; readonly epoch: Epoch }): LaneItem;
}

export type Reading =
  | { readonly kind: 'item'; readonly bytes: Uint8Array }
  /** The record is there and failed authentication. */
  | { readonly kind: 'corrupt' }
  | { readonly kind: 'absent' };

export interface Refused {
  readonly seq: number;
  readonly code: string;
}

export interface LaneHoldings {
  /** Last sequence number given; 0 = none. */
  readonly highest: number;
  /** Covered by a receipt as stored, and not forgotten since. */
  readonly stored: readonly SeqRange[];
  readonly refused: readonly Refused[];
  /** Purged after a receipt, or declared shed or unreadable: nothing is held of these. */
  readonly gone: readonly SeqRange[];
  /** Rows that should be there and are not: to be declared as a gap. */
  readonly missing: readonly SeqRange[];
}

export type JournalFaultCode =
  | 'journal.corrupt'
  | 'journal.io'
  | 'journal.full'
  | 'journal.unreadable-head'
  | 'journal.rolled-back'
  | 'journal.closed';

/**
 * The durable journal of one epoch. Synchronous: when `append` returns, the items survive a power cut.
 * Throws JournalFault; any fault but `journal.full` means that this journal must not be used again.
 */
export interface Journal {
  readonly epoch: Epoch;
  /** Opening found that items once reported durable are lost and their number is not known: begin another epoch. */
  readonly isTailLost: boolean;
  /** One synced transaction: items get their seqs; the gaps' records are dropped and count as gone. */
  append(drafts: readonly Draft[], gaps?: readonly LaneGap[]): readonly LaneItem[];
  read(lane: JournalLane, seq: number): Reading;
  holdings(lane: JournalLane): LaneHoldings;
  /** Marks what a receipt covers. Durable at the next append or flush: losing a mark only means offering again. */
  settle(
    lane: JournalLane,
    covered: { readonly stored: readonly SeqRange[]; readonly refused: readonly Refused[] },
    nowMs: number,
  ): void;
  /** The database was restored: forgets every stored mark and keeps the new restore generation, in one transaction. */
  forgetReceipts(horizon: string): void;
  horizon(): string | null;
  flush(): void;
  /** Drops items whose receipt came before `beforeMs`. Returns how many. */
  purgeReceipted(beforeMs: number, atMost: number): number;
  usedBytes(): number;
  /** Small authenticated documents beside the items; null removes. One synced transaction. */
  keep(entries: readonly (readonly [key: string, value: Uint8Array | null])[]): void;
  kept(key: string): Reading;
  keptKeys(): readonly string[];
  close(): void;
}

/**
 * Opens the vehicle's journal, or a new one; setting aside keeps the bad file under another name. After `journal.rolled-back`
 * and when no head can be read the next journal has a new epoch; otherwise the epoch may go on with all that is readable.
 */
export interface JournalShelf {
  open(): Journal;
  setAside(reason: JournalFaultCode): void;
}
