import { AskDownlink, AskHeld, AskHello, AskJob, AskTime, Heartbeat } from '@pentad/protocol/ask';
import type { RecordedEvent } from '@pentad/protocol/case-event';
import type { JobCardText } from '@pentad/protocol/dispatch-job';
import type { DownlinkFrame, DownlinkPage } from '@pentad/protocol/downlink';
import { EventId, uuidV7, VehicleId, type CaseId, type Epoch } from '@pentad/protocol/ids';
import { laneOf, type Lane, type Road } from '@pentad/protocol/lane';
import { isEventItem, type LaneItem } from '@pentad/protocol/lane-item';
import { rangesOf, unbrokenThrough } from '@pentad/protocol/seq-range';
import type { Receipt } from '@pentad/protocol/receipt';
import { decodeItem } from '@pentad/protocol/uplink';
import * as v from 'valibot';
import { AgentError } from './agent-error.ts';
import type { BrokerLink, BrokerListener, Credentials, Random, SecondPath } from './ports.ts';
import type { VirtualTime } from './platform/virtual-time.fixture.ts';

const bytesOf = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));
const read = <S extends v.GenericSchema>(schema: S, bytes: Uint8Array): v.InferOutput<S> =>
  v.parse(v.pipe(v.string(), v.parseJson(), schema), Buffer.from(bytes).toString('utf8'));
const away = () => new AgentError('unavailable', 'away');

/** A server and a broker in memory, with switches for what may fail. One vehicle. */
export class FakeRegion {
  readonly rows = new Map<string, LaneItem>();
  readonly published: { readonly road: Road; readonly seq: number; readonly atMs: number }[] = [];
  readonly hellos: v.InferOutput<typeof AskHello>[] = [];
  readonly asked: string[] = [];
  readonly topic: DownlinkFrame[] = [];
  /** The sealed part of jobs, by case. */
  readonly cards = new Map<CaseId, JobCardText>();
  readonly #cases = new Map<CaseId, RecordedEvent[]>();
  readonly #time: VirtualTime;
  readonly #random: Random;
  #listener: BrokerListener | null = null;
  #isConnected = false;
  /** The server's clock against the vehicle's. */
  clockAheadMs = 0;
  horizon = 'gen-1';
  isSecondEpoch = false;
  /** The stream takes messages; false: no PubAck comes. */
  isStreamUp = true;
  /** The server reads the stream; false: PubAck, but nothing is stored. */
  isIngestUp = true;
  /** Receipts reach the vehicle. */
  sendsReceipts = true;
  isAnswering = true;
  isHttpUp = true;
  jwtRenewals = 0;
  readonly vehicle: VehicleId;

  constructor(time: VirtualTime, random: Random, vehicle: VehicleId) {
    this.#time = time;
    this.#random = random;
    this.vehicle = vehicle;
  }

  readonly broker: BrokerLink = {
    start: (listener) => {
      this.#listener = listener;
    },
    isConnected: () => this.#isConnected,
    publish: (road, bytes) => this.#publish(road, bytes),
    ask: (ask, bytes) => {
      this.asked.push(ask);
      return this.#isConnected && this.isAnswering ? Promise.resolve(this.#answer(ask, bytes)) : Promise.reject(away());
    },
    stop: () => Promise.resolve(),
  };

  readonly secondPath: SecondPath = {
    probe: () => Promise.resolve(this.isHttpUp),
    uplink: (items) => {
      if (!this.isHttpUp) return Promise.reject(away());
      const stored = items.map((bytes) => this.#store(bytes, 'evt'));
      return Promise.resolve([...new Set(stored.map(({ epoch }) => epoch))].map((epoch) => this.receipt('evt', epoch)));
    },
    uplinkMedia: (item) => {
      if (!this.isHttpUp) return Promise.reject(away());
      return Promise.resolve([this.receipt('med', this.#store(item, 'med').epoch)]);
    },
    downlink: (after) =>
      this.isHttpUp
        ? new Promise((resolve) => this.#time.after(1_000, () => resolve(this.page(after))))
        : Promise.reject(away()),
    renewJwt: () => {
      if (!this.isHttpUp) return Promise.reject(away());
      this.jwtRenewals += 1;
      return Promise.resolve({ jwt: `renewed-${this.jwtRenewals}`, expiresAtMs: this.nowMs() + 7 * 86_400_000 });
    },
    jobCard: (caseId) =>
      this.isHttpUp
        ? Promise.resolve({ vehicle: this.vehicle, caseId, card: this.cards.get(caseId) ?? null })
        : Promise.reject(away()),
    stop: () => undefined,
  };

  nowMs(): number {
    return Math.round(this.#time.nowMs() + this.clockAheadMs);
  }

  connect(): void {
    this.#isConnected = true;
    this.#listener?.connected();
  }
  disconnect(): void {
    this.#isConnected = false;
    this.#listener?.disconnected();
  }
  push(kind: 'rcpt' | 'case', value: unknown): void {
    this.pushBytes(kind, bytesOf(value));
  }
  pushBytes(kind: 'rcpt' | 'case', bytes: Uint8Array): void {
    if (this.#isConnected) this.#listener?.downlink(kind, bytes);
  }

  /** The database goes back to an empty backup, and says so by another generation. */
  restore(): void {
    this.rows.clear();
    this.topic.length = 0;
    this.#cases.clear();
    this.horizon = 'gen-2';
  }

  stored(lane: Lane): readonly LaneItem[] {
    return [...this.rows.values()].filter((item) => item.lane === lane).sort((a, b) => a.seq - b.seq);
  }

  receipt(lane: Lane, epoch: Epoch): Receipt {
    const ranges = rangesOf(
      [...this.rows.values()].filter((item) => item.lane === lane && item.epoch === epoch).map(({ seq }) => seq),
    );
    return {
      vehicle: this.vehicle,
      epoch,
      lane,
      through: unbrokenThrough(ranges),
      ranges,
      refused: [],
      shed: [],
      horizon: this.horizon,
    };
  }

  page(after: number): DownlinkPage {
    const frames = this.topic.filter(({ n }) => n > after);
    return {
      vehicle: this.vehicle,
      n: this.topic.length,
      frames,
      isSnapshot: false,
      cases: [],
      serverNowMs: this.nowMs(),
    };
  }

  /** An event somebody at the hospital, or the server, wrote. `isPushed` false: the frame is lost on the way down. */
  record(
    caseId: CaseId,
    type: string,
    clinical: Record<string, unknown>,
    options: { name?: string; isPushed?: boolean } = {},
  ): void {
    const eventId = v.parse(EventId, uuidV7(this.nowMs(), this.#random(10)));
    const actor = { kind: 'staff' as const, id: 'staff-1', name: options.name ?? null, assurance: 'online' as const };
    this.#append(
      { eventId, caseId, type, occurredAtMs: this.nowMs(), actor, basedOnCaseSeq: 0 },
      clinical,
      options.isPushed ?? true,
    );
  }

  #append(envelope: RecordedEvent['envelope'], clinical: Record<string, unknown>, isPushed: boolean): void {
    const log = this.#cases.get(envelope.caseId) ?? [];
    this.#cases.set(envelope.caseId, log);
    if (log.some((event) => event.envelope.eventId === envelope.eventId)) return;
    const event = { caseSeq: log.length + 1, recordedAtMs: this.nowMs(), hasSealed: false, envelope, clinical };
    log.push(event);
    const frame = {
      vehicle: this.vehicle,
      epoch: null,
      n: this.topic.length + 1,
      caseId: envelope.caseId,
      events: [event],
    };
    this.topic.push(frame);
    if (isPushed) this.push('case', frame);
  }

  #publish(road: Road, bytes: Uint8Array): Promise<void> {
    if (!this.#isConnected) return Promise.reject(away());
    const lane = laneOf(road);
    const decoded = decodeItem(bytes, this.vehicle, lane);
    if (decoded.ok) this.published.push({ road, seq: decoded.item.seq, atMs: this.#time.monotonicMs() });
    if (!this.isStreamUp) return new Promise((_, reject) => this.#time.after(5_000, () => reject(away())));
    if (this.isIngestUp) {
      const { epoch } = this.#store(bytes, lane);
      if (this.sendsReceipts) this.push('rcpt', this.receipt(lane, epoch));
    }
    return Promise.resolve();
  }

  #store(bytes: Uint8Array, lane: Lane): LaneItem {
    const decoded = decodeItem(bytes, this.vehicle, lane);
    if (!decoded.ok) throw new Error(decoded.code);
    const { item } = decoded;
    const key = `${item.epoch} ${item.lane} ${item.seq}`;
    const isNew = !this.rows.has(key);
    if (isNew) this.rows.set(key, item);
    if (isNew && isEventItem(item)) this.#append(item.event.envelope, item.event.clinical, true);
    return item;
  }

  #answer(ask: string, bytes: Uint8Array): Uint8Array {
    const { vehicle } = this;
    if (ask === 'hb') return bytesOf({ vehicle, sentAtMs: read(Heartbeat, bytes).sentAtMs, serverNowMs: this.nowMs() });
    if (ask === 'time')
      return bytesOf({ vehicle, t0Ms: read(AskTime, bytes).t0Ms, t1Ms: this.nowMs(), t2Ms: this.nowMs() });
    if (ask === 'job') {
      const { caseId } = read(AskJob, bytes);
      return bytesOf({ vehicle, caseId, card: this.cards.get(caseId) ?? null });
    }
    if (ask === 'downlink') return bytesOf(this.page(read(AskDownlink, bytes).after));
    if (ask === 'held') {
      const held = read(AskHeld, bytes);
      return bytesOf({ receipt: this.receipt(held.lane, held.epoch) });
    }
    const hello = read(AskHello, bytes);
    this.hellos.push(hello);
    const receipts = (['evt', 'vit', 'pos'] as const).map((lane) => this.receipt(lane, hello.epoch));
    const { nonce, protocol } = hello;
    return bytesOf({
      vehicle,
      nonce,
      protocol,
      horizon: this.horizon,
      isSecondEpoch: this.isSecondEpoch,
      downlinkN: this.topic.length,
      receipts,
      serverNowMs: this.nowMs(),
    });
  }
}

/** Credentials whose JWT lives for a week from time 0 of the test. */
export function fakeCredentials(time: VirtualTime, vehicle: VehicleId): Credentials & { readonly jwts: string[] } {
  let issuedAtMs = time.nowMs();
  const jwts = ['first'];
  return {
    vehicle,
    callSign: '急救01',
    jwts,
    jwt: () => jwts.at(-1) ?? '',
    jwtLife: () => ({ issuedAtMs, expiresAtMs: issuedAtMs + 7 * 86_400_000 }),
    replaceJwt: (jwt) => {
      jwts.push(jwt);
      issuedAtMs = time.nowMs();
    },
    sign: () => 'signature',
  };
}
