import type { VehicleId } from '@pentad/protocol/ids';
import type { LaneItem, MediaItem } from '@pentad/protocol/lane-item';
import { rangesOf, type SeqRange } from '@pentad/protocol/seq-range';
import { decodeItem } from '@pentad/protocol/uplink';
import type { AgentLimits } from '../agent-types.ts';
import { codeOf } from '../agent-error.ts';
import { SeqSet } from '../journal/seq-set.ts';
import { Backoff, fraction } from '../link/backoff.ts';
import {
  journalLanes,
  perLane,
  type BrokerLink,
  type Cancel,
  type Clock,
  type Journal,
  type JournalLane,
  type Log,
  type Random,
  type Timers,
} from '../ports.ts';
import { BulkTraffic, pieceBytesOf, type Offer } from './bulk-traffic.ts';
import { LaneQueue } from './lane-queue.ts';
import { Throughput } from './throughput.ts';

/**
 * A question costs little and is asked at every timeout; the item itself goes again after a growing time, since it may
 * well wait in the broker behind a slow server.
 */
const OFFER_AGAIN_CAP_MS = 300_000;
/** A link that comes and goes like this is a bad link, not a dead spot. */
const FLICKER_MS = 60_000;
/** Of one request on the second path. */
const BATCH_BYTES = 200_000;

export interface UplinkPorts {
  readonly vehicle: VehicleId;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: Random;
  readonly log: Log;
  readonly journal: Journal;
  readonly broker: BrokerLink;
  readonly limits: AgentLimits;
  /** Records that cannot be read: to be declared as a gap. */
  readonly declareUnreadable: (lane: JournalLane, seqs: readonly number[]) => void;
  /** What the stream took (PubAck), for the chain the crew sees. */
  readonly published: (lane: JournalLane, seq: number) => void;
}

/** Offers every unreceipted item until a receipt covers it: events first, then what is live, then the past. */
export class UplinkEngine {
  readonly #ports: UplinkPorts;
  readonly #publishBackoff: Backoff;
  #queues: Record<JournalLane, LaneQueue>;
  /** Publishes of queues that were replaced since must not touch the new ones. */
  #generation = 0;
  #inFlight = 0;
  readonly #throughput = new Throughput();
  #bulk: BulkTraffic;
  #isUp = false;
  /** Since when it is there, but for breaks shorter than a minute; and since when it is not. */
  #upSinceMs: number | null = null;
  #downAtMs = Number.POSITIVE_INFINITY;
  #cancelPause: Cancel | null = null;

  constructor(ports: UplinkPorts) {
    this.#ports = ports;
    this.#publishBackoff = new Backoff(ports.random, { firstMs: 250, capMs: 5_000 });
    this.#queues = this.#readQueues();
    this.#bulk = this.#newBulk();
  }

  /** Takes up everything the journal still holds unreceipted: at the start, for another journal, after a restore of the database. */
  reload(): void {
    this.#generation += 1;
    this.#inFlight = 0;
    this.#queues = this.#readQueues();
    this.#bulk = this.#newBulk();
    this.pump();
  }

  linkUp(): void {
    this.#isUp = true;
    const nowMs = this.#ports.clock.monotonicMs();
    if (this.#upSinceMs === null || nowMs - this.#downAtMs > FLICKER_MS) this.#upSinceMs = nowMs;
    this.#downAtMs = Number.POSITIVE_INFINITY;
    for (const lane of journalLanes) this.#queues[lane].connectionBegins();
    this.#publishBackoff.reset();
    this.#resume();
  }

  linkDown(): void {
    this.#isUp = false;
    this.#downAtMs = Math.min(this.#downAtMs, this.#ports.clock.monotonicMs());
  }

  stop(): void {
    this.#isUp = false;
    this.#generation += 1;
    this.#cancelPause?.();
    this.#cancelPause = null;
  }

  appended(items: readonly LaneItem[]): void {
    const atMs = this.#ports.clock.monotonicMs();
    for (const item of items) {
      this.#queues[item.lane].appended(item.seq, atMs);
      this.#bulk.appended(item, atMs);
    }
    this.pump();
  }

  settled(lane: JournalLane, ranges: readonly SeqRange[]): void {
    this.#queues[lane].settled(ranges);
    this.#bulk.settled(lane);
    this.pump();
  }

  queue(lane: JournalLane): Pick<LaneQueue, 'waiting' | 'unoffered' | 'oldestWaiting' | 'highest'> {
    return this.#queues[lane];
  }

  /** Lanes with published items whose receipt is overdue. */
  overdueLanes(): readonly JournalLane[] {
    const nowMs = this.#ports.clock.monotonicMs();
    return journalLanes.filter((lane) => this.#queues[lane].mustAsk(nowMs));
  }

  /** Their receipt did not come though it was asked for: those that waited long enough are offered again. */
  offerOverdueAgain(lane: JournalLane): void {
    const queue = this.#queues[lane];
    const nowMs = this.#ports.clock.monotonicMs();
    const overdue = queue.overdue(nowMs);
    queue.asked(nowMs, nowMs + this.#ports.limits.receiptTimeoutMs);
    for (const seq of overdue) queue.offerAgain(seq);
    if (overdue.length > 0) this.#ports.log.info('uplink.offered-again', { lane, count: overdue.length });
    this.pump();
  }

  /** After a reconnect and the receipts of the hello: what is still open of the earlier connection goes again at once. */
  offerEarlierAgain(): void {
    for (const lane of journalLanes) {
      const queue = this.#queues[lane];
      for (const seq of queue.publishedBefore()) queue.offerAgain(seq);
    }
    this.pump();
  }

  /** Publishes as much as the window allows. Harmless to call at any time. */
  pump(): void {
    if (!this.#isUp || this.#cancelPause !== null) return;
    const unreadable = perLane((): number[] => []);
    while (this.#inFlight < this.#ports.limits.window) {
      const offer = this.#next();
      if (!offer) break;
      const { generation, bytes } = this.#read(offer);
      if (generation !== this.#generation) return;
      if (bytes) this.#publish(offer, bytes);
      else unreadable[offer.lane].push(offer.seq);
    }
    for (const lane of journalLanes) {
      const seqs = unreadable[lane];
      if (seqs.length === 0) continue;
      this.#queues[lane].settled(rangesOf(seqs));
      this.#ports.declareUnreadable(lane, seqs);
    }
  }

  #next(): Offer | null {
    const event = this.#queues.evt.takeLowest();
    if (event !== null) return { lane: 'evt', seq: event, road: 'evt', isBulk: false };
    const sinceMs = this.#ports.clock.monotonicMs() - this.#ports.limits.liveWithinMs;
    for (const lane of ['vit', 'pos'] as const) {
      const seq = this.#queues[lane].takeLive(sinceMs);
      if (seq !== null) return { lane, seq, road: lane, isBulk: false };
    }
    return this.#bulk.next(sinceMs);
  }

  /** Waveforms the link, being up, could not take in time: to be declared shed. */
  takeLateWaveforms(): readonly SeqRange[] {
    const isAway = this.#ports.clock.monotonicMs() - this.#downAtMs > FLICKER_MS;
    return this.#bulk.takeLate(isAway ? null : this.#upSinceMs);
  }

  pieceBytesOf(totalBytes: number): number {
    return pieceBytesOf(totalBytes, this.#throughput.oneSecond(this.#ports.clock.monotonicMs()));
  }

  /** Reading may replace a broken journal, and with it the queues. */
  #read({ lane, seq }: Offer): { generation: number; bytes: Uint8Array | null } {
    const generation = this.#generation;
    const reading = this.#ports.journal.read(lane, seq);
    return { generation, bytes: reading.kind === 'item' ? reading.bytes : null };
  }

  #publish(offer: Offer, bytes: Uint8Array): void {
    const { clock, broker, log } = this.#ports;
    const generation = this.#generation;
    const share = this.#bulk;
    const sentAtMs = clock.monotonicMs();
    this.#inFlight += 1;
    if (offer.isBulk) share.started(offer, bytes.length);
    const acknowledged = () => {
      this.#throughput.note(bytes.length, sentAtMs, clock.monotonicMs());
      if (offer.isBulk) share.acknowledged(offer, bytes.length, clock.monotonicMs() - sentAtMs);
      if (generation === this.#generation) this.#acknowledged(offer);
    };
    const failed = (error: unknown) => {
      if (offer.isBulk) share.failed(offer, bytes.length);
      if (generation === this.#generation) this.#failed(offer, error);
    };
    broker
      .publish(offer.road, bytes)
      .then(acknowledged, failed)
      .catch((error: unknown) => log.error('uplink.failed', { code: codeOf(error) }));
  }

  #acknowledged({ lane, seq }: Offer): void {
    const { clock, limits, random, published } = this.#ports;
    const queue = this.#queues[lane];
    const nowMs = clock.monotonicMs();
    const spread = 1 + fraction(random) / 2;
    const growth = 2 ** Math.min(8, queue.attemptsOf(seq));
    this.#inFlight -= 1;
    this.#publishBackoff.reset();
    queue.published(seq, {
      askAtMs: nowMs + limits.receiptTimeoutMs * spread,
      againAtMs: nowMs + Math.min(OFFER_AGAIN_CAP_MS, limits.receiptTimeoutMs * growth) * spread,
    });
    published(lane, seq);
    this.pump();
  }

  #failed({ lane, seq, isBulk }: Offer, error: unknown): void {
    this.#inFlight -= 1;
    this.#queues[lane].offerAgain(seq);
    // A stream that is full of waveforms must not stop events: what is big waits for the next item or second.
    if (!this.#isUp || this.#cancelPause !== null || isBulk) return;
    const delayMs = this.#publishBackoff.nextMs();
    this.#ports.log.warn('uplink.publish-failed', { lane, code: codeOf(error), delayMs });
    this.#cancelPause = this.#ports.timers.after(delayMs, () => this.#resume());
  }

  #resume(): void {
    this.#cancelPause?.();
    this.#cancelPause = null;
    this.pump();
  }

  #readQueues(): Record<JournalLane, LaneQueue> {
    const { journal } = this.#ports;
    const queueOf = (lane: JournalLane) => {
      const holdings = journal.holdings(lane);
      const queue = new LaneQueue(lane, holdings);
      queue.settled(holdings.missing);
      return queue;
    };
    return perLane(queueOf);
  }

  /** The piece of a picture that would go next, for the second path. */
  waitingMedia(): Uint8Array | null {
    const seq = this.#bulk.waitingPiece();
    const reading = seq === null ? null : this.#ports.journal.read('med', seq);
    return reading?.kind === 'item' ? reading.bytes : null;
  }

  /** With the pictures the journal still holds: which of them are small is not forgotten in a restart. */
  #newBulk(): BulkTraffic {
    const { journal, clock, vehicle } = this.#ports;
    const waiting: MediaItem[] = [];
    const { highest } = this.#queues.med;
    for (let seq = this.#queues.med.oldestWaiting ?? highest + 1; seq <= highest; seq += 1) {
      if (!this.#queues.med.isOpen(seq)) continue;
      const reading = journal.read('med', seq);
      const decoded = reading.kind === 'item' ? decodeItem(reading.bytes, vehicle, 'med') : null;
      if (decoded?.ok && decoded.item.lane === 'med') waiting.push(decoded.item);
    }
    return new BulkTraffic(this.#queues, clock, this.#throughput, waiting);
  }

  /** Events without a receipt, oldest first, for the second path. */
  waitingEvents(atMost: number): readonly { readonly seq: number; readonly bytes: Uint8Array }[] {
    const { journal } = this.#ports;
    const { highest, stored, refused, gone } = journal.holdings('evt');
    const settled = new SeqSet([...stored, ...gone, ...rangesOf(refused.map(({ seq }) => seq))]);
    const found: { seq: number; bytes: Uint8Array }[] = [];
    let size = 0;
    for (let seq = this.#queues.evt.oldestWaiting ?? highest + 1; seq <= highest && found.length < atMost; seq += 1) {
      if (settled.has(seq)) continue;
      const reading = journal.read('evt', seq);
      if (reading.kind !== 'item') continue;
      size += reading.bytes.length;
      if (found.length > 0 && size > BATCH_BYTES) break;
      found.push({ seq, bytes: reading.bytes });
    }
    return found;
  }
}
