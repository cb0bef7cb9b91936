import { jetstream, type JetStreamClient } from '@nats-io/jetstream';
import { connect, jwtAuthenticator, type NatsConnection } from '@nats-io/transport-node';
import { DownlinkFrame } from '@pentad/protocol/downlink';
import { epochFromBytes, type CaseId } from '@pentad/protocol/ids';
import { Receipt } from '@pentad/protocol/receipt';
import { askSubject, caseSubject, receiptSubject, upSubject } from '@pentad/protocol/subjects';
import { parseBoundedJson } from '@pentad/protocol/uplink';
import { randomBytes } from 'node:crypto';
import * as v from 'valibot';
import { signVehicleJwt } from '../../server/src/nats/vehicle-credentials.ts';
import type { EnrolledVehicle } from './region-directory.ts';
import type { Region } from './region.ts';
import { failing, VehicleCapture, wellEnough } from './vehicle-capture.ts';
import { VehicleLedger, type LedgerEntry } from './vehicle-ledger.ts';
import { waitUntil } from './wait-until.ts';

const TICK_MS = 25;
const RECEIPT_WITHIN_MS = 2_000;
const RETRY_MS = 200;
const WINDOW = 64;
const JWT_SECONDS = 3_600;

/** A connection with a vehicle's scoped rights, and nothing else. */
export async function connectVehicle(region: Region, { vehicle, key }: EnrolledVehicle): Promise<NatsConnection> {
  const expiresAtSeconds = Math.floor(Date.now() / 1_000) + JWT_SECONDS;
  const userPublicKey = key.getPublicKey();
  const { chain, url } = region.broker;
  const jwt = await signVehicleJwt({ chain, vehicleId: vehicle, userPublicKey, expiresAtSeconds });
  return connect({
    servers: url,
    authenticator: jwtAuthenticator(jwt, key.getSeed()),
    inboxPrefix: `_INBOX.${vehicle}`,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 100,
    reconnectJitter: 100,
  });
}

/** Anything may come on a downlink subject: what is not of its schema is counted and nothing else (broker.md). */
function readAs<Schema extends v.GenericSchema>(schema: Schema, data: Uint8Array): v.InferOutput<Schema> | null {
  const parsed = parseBoundedJson(data);
  const read = parsed.ok ? v.safeParse(schema, parsed.value) : null;
  return read?.success ? read.output : null;
}

/**
 * The harness's own small vehicle, not the product's agent: it offers each captured item until a receipt covers it,
 * again 2 s after the broker's PubAck, which promises nothing.
 */
export class TestVehicle {
  readonly capture: VehicleCapture;
  readonly ledger: VehicleLedger;
  readonly connection: NatsConnection;
  /** Each offer goes out this often (faults.md E10). */
  copies = 1;
  /** No offers: the link is gone, as far as this vehicle is concerned. */
  isSilent = false;
  #inFlight = 0;
  readonly #jetstream: JetStreamClient;
  readonly #timer: NodeJS.Timeout;

  private constructor(ledger: VehicleLedger, connection: NatsConnection) {
    this.ledger = ledger;
    this.capture = new VehicleCapture(ledger);
    this.connection = connection;
    this.#jetstream = jetstream(connection);
    this.#timer = setInterval(() => this.#offerDue(), TICK_MS);
    const { vehicle } = ledger;
    connection.subscribe(receiptSubject(vehicle), {
      callback: (_error, { data }) => {
        const receipt = readAs(Receipt, data);
        if (receipt) ledger.hear(receipt);
        else ledger.unreadable += 1;
      },
    });
    connection.subscribe(caseSubject(vehicle), {
      callback: (_error, { data }) => {
        const frame = readAs(DownlinkFrame, data);
        if (frame?.vehicle === vehicle) ledger.downlinks.push(frame);
        else ledger.unreadable += 1;
      },
    });
  }

  static async connect(region: Region, enrolled: EnrolledVehicle): Promise<TestVehicle> {
    const ledger = new VehicleLedger(enrolled.vehicle, epochFromBytes(randomBytes(16)));
    return new TestVehicle(ledger, await connectVehicle(region, enrolled));
  }

  get vehicle() {
    return this.ledger.vehicle;
  }

  /** Numerics, and a position now and then, at `perSecond`, until the returned function ends it. */
  stream(caseId: CaseId, perSecond: number): () => void {
    let count = 0;
    const timer = setInterval(() => {
      count += 1;
      this.capture.numerics(caseId, wellEnough);
      if (count % 5 === 0) this.capture.position(caseId);
    }, 1_000 / perSecond);
    return () => clearInterval(timer);
  }

  /** Readings measured over the last half minute that make GEN-3 fire with the last of them. */
  sickenNow(caseId: CaseId): LedgerEntry {
    const nowMs = Date.now();
    this.capture.numerics(caseId, failing, nowMs - 32_000);
    return this.capture.numerics(caseId, failing, nowMs);
  }

  /** Asks for the horizon and the second-epoch check, as an agent does when it comes up. */
  async hello(): Promise<void> {
    const { vehicle, epoch } = this.ledger;
    const nonce = randomBytes(8).toString('hex');
    const hello = { vehicle, epoch, nonce, protocol: 1, bootId: 'boot-1', highest: {}, downlinkAfter: 0 };
    await this.connection.request(askSubject(vehicle, 'hello'), JSON.stringify(hello), { timeout: 5_000 });
  }

  /** Everything captured has its receipt (invariant I3). @returns ms it took */
  allReceipted(withinMs?: number): Promise<number> {
    return waitUntil(`${this.vehicle} has all receipts`, () => this.ledger.unreceipted.length === 0, withinMs).catch(
      (error: unknown) => {
        const owed = this.ledger.unreceipted.map(({ item, offers }) => `${item.lane} ${item.seq} (${offers})`);
        throw new Error(`owed: ${owed.slice(0, 10).join(', ')} of ${owed.length}`, { cause: error });
      },
    );
  }

  /** Offers again what has its receipt already: a replay of everything. */
  async offerAllAgain(): Promise<void> {
    await Promise.all(this.ledger.entries.map((entry) => this.#publish(entry)));
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.connection.close();
  }

  #offerDue(): void {
    if (this.isSilent || this.connection.isClosed()) return;
    const nowMs = Date.now();
    const owed = this.ledger.unreceipted;
    for (const entry of owed) {
      if (this.#inFlight >= WINDOW) return;
      if (!entry.isInFlight && entry.nextOfferAtMs <= nowMs) void this.#offer(entry);
    }
  }

  async #offer(entry: LedgerEntry): Promise<void> {
    entry.isInFlight = true;
    this.#inFlight += 1;
    try {
      for (let copy = 0; copy < this.copies; copy += 1) await this.#publish(entry);
      entry.nextOfferAtMs = Date.now() + RECEIPT_WITHIN_MS;
    } catch {
      entry.nextOfferAtMs = Date.now() + RETRY_MS;
    } finally {
      entry.isInFlight = false;
      this.#inFlight -= 1;
    }
  }

  async #publish(entry: LedgerEntry): Promise<void> {
    entry.offers += 1;
    await this.#jetstream.publish(upSubject(this.vehicle, entry.road), entry.bytes, { timeout: 2_000 });
  }
}
