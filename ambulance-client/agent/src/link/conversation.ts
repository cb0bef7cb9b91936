import { HeartbeatAnswer, HelloAnswer, HeldAnswer, TimeAnswer } from '@pentad/protocol/ask';
import { DownlinkPage } from '@pentad/protocol/downlink';
import type { Epoch, VehicleId } from '@pentad/protocol/ids';
import type { Receipt } from '@pentad/protocol/receipt';
import type { Ask } from '@pentad/protocol/subjects';
import { parseBoundedJson } from '@pentad/protocol/uplink';
import { PROTOCOL_VERSION } from '@pentad/protocol/version';
import * as v from 'valibot';
import { AgentError, codeOf } from '../agent-error.ts';
import type { BrokerLink, Cancel, Clock, JournalLane, Log, Random, Timers } from '../ports.ts';
import { Backoff } from './backoff.ts';
import type { LinkState } from './link-state.ts';
import type { ServerClock } from './server-clock.ts';

const HEARTBEAT_EVERY_MS = 5_000;
const TIME_EVERY_MS = 30_000;
const ASK_TIMEOUT_MS = 4_500;

export interface ConversationPorts {
  readonly vehicle: VehicleId;
  readonly epoch: () => Epoch;
  readonly bootId: string;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: Random;
  readonly log: Log;
  readonly broker: BrokerLink;
  readonly link: LinkState;
  readonly serverClock: ServerClock;
  readonly waiting: () => Readonly<Record<JournalLane, number>>;
  readonly highest: () => Readonly<Record<JournalLane, number>>;
  readonly downlinkAfter: () => number;
  readonly hello: (answer: HelloAnswer) => void;
}

/** What the agent asks of the server over the broker: heartbeat, time, hello, held, downlink. */
export class Conversation {
  readonly #ports: ConversationPorts;
  readonly #helloBackoff: Backoff;
  readonly #timers = new Map<'hb' | 'time' | 'hello', Cancel>();
  #isUp = false;

  constructor(ports: ConversationPorts) {
    this.#ports = ports;
    this.#helloBackoff = new Backoff(ports.random, { firstMs: 1_000, capMs: 15_000 });
  }

  linkUp(): void {
    this.linkDown();
    this.#isUp = true;
    this.#helloBackoff.reset();
    this.sayHello();
    this.#askTime();
    this.#beat();
  }

  linkDown(): void {
    this.#isUp = false;
    for (const cancel of this.#timers.values()) cancel();
    this.#timers.clear();
  }

  /** At every connect, and when a receipt does not fit what is held here. Repeats until it is answered. */
  sayHello(): void {
    if (!this.#isUp) return;
    const { random, downlinkAfter, bootId, highest } = this.#ports;
    const nonce = Buffer.from(random(16)).toString('hex');
    const body = {
      ...this.#who(),
      nonce,
      protocol: PROTOCOL_VERSION,
      bootId,
      highest: highest(),
      downlinkAfter: downlinkAfter(),
    };
    this.#later('hello', ASK_TIMEOUT_MS + this.#helloBackoff.nextMs(), () => this.sayHello());
    this.#hear('hello', this.#ask('hello', body, HelloAnswer), (answer) => {
      if (answer.vehicle !== this.#ports.vehicle || answer.nonce !== nonce) return this.#ports.log.warn('ask.not-ours');
      this.#later('hello', null);
      this.#ports.hello(answer);
    });
  }

  /** What the server holds of a lane, from rows; `from` is the oldest seq without a receipt. */
  async askHeld(lane: JournalLane, from: number): Promise<Receipt> {
    return (await this.#ask('held', { ...this.#who(), lane, from }, HeldAnswer)).receipt;
  }

  async askDownlink(after: number): Promise<DownlinkPage> {
    return await this.#ask('downlink', { ...this.#who(), after }, DownlinkPage);
  }

  #beat(): void {
    this.#later('hb', HEARTBEAT_EVERY_MS, () => this.#beat());
    const { clock, waiting, link, vehicle } = this.#ports;
    const body = { ...this.#who(), sentAtMs: wallInstant(clock), waiting: waiting() };
    this.#hear('hb', this.#ask('hb', body, HeartbeatAnswer), (answer) => {
      if (answer.vehicle === vehicle) link.heartbeatAnswered();
    });
  }

  #askTime(): void {
    this.#later('time', TIME_EVERY_MS, () => this.#askTime());
    const { clock, serverClock, vehicle } = this.#ports;
    const t0Ms = wallInstant(clock);
    const askedAtMs = clock.monotonicMs();
    this.#hear('time', this.#ask('time', { ...this.#who(), t0Ms }, TimeAnswer), (answer) => {
      if (answer.vehicle === vehicle && answer.t0Ms === t0Ms) serverClock.note(answer, askedAtMs);
    });
  }

  /** An answer that comes after the link went down is not heard. */
  #hear<T>(ask: Ask | 'hb', answer: Promise<T>, act: (answer: T) => void): void {
    answer
      .then((heard) => {
        if (this.#isUp) act(heard);
      })
      .catch((error: unknown) => this.#ports.log.warn('ask.failed', { ask, code: codeOf(error) }));
  }

  #who() {
    return { vehicle: this.#ports.vehicle, epoch: this.#ports.epoch() };
  }

  async #ask<S extends v.GenericSchema>(ask: Ask | 'hb', body: object, schema: S): Promise<v.InferOutput<S>> {
    const bytes = await this.#ports.broker.ask(ask, Buffer.from(JSON.stringify(body)), ASK_TIMEOUT_MS);
    const parsed = parseBoundedJson(bytes);
    const read = parsed.ok ? v.safeParse(schema, parsed.value) : null;
    if (!read?.success) throw new AgentError('invalid', `ask.${ask}-unreadable`);
    return read.output;
  }

  #later(name: 'hb' | 'time' | 'hello', delayMs: number | null, act: () => void = () => undefined): void {
    this.#timers.get(name)?.();
    this.#timers.delete(name);
    if (delayMs !== null) this.#timers.set(name, this.#ports.timers.after(delayMs, act));
  }
}

const wallInstant = (clock: Clock): number => Math.max(0, Math.round(clock.nowMs()));
