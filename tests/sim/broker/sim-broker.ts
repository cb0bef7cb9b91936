import type { Road } from '@pentad/protocol/lane';
import { inSubject, streamName, type StreamPlan } from '@pentad/protocol/subjects';
import { shardOf } from '@pentad/server/shards/shard-of';
import type { World } from '../world/world.ts';
import { SimStream } from './sim-stream.ts';

/** A connection into the broker, as the broker sees it. */
export interface BrokerClient {
  /** The broker is gone, or this connection is. */
  cut(): void;
}
export interface AskHandler {
  readonly owner: object;
  /** `reply` is where the answer goes. */
  handle(subject: string, reply: string, data: Uint8Array): void;
}
export interface VehicleInbox {
  downlink(subject: string, data: Uint8Array): void;
}

/** JetStream and core NATS as the product uses them; everything it holds may be gone at any moment (faults.md N1-N6). */
export class SimBroker {
  readonly world: World;
  readonly streams = new Map<string, SimStream>();
  readonly clients = new Set<BrokerClient>();
  askHandlers: AskHandler[] = [];
  readonly inboxes = new Map<string, Set<VehicleInbox>>();
  readonly #replies = new Map<string, (data: Uint8Array) => void>();
  #isUp = true;
  #lastReply = 0;
  #askTurn = 0;

  constructor(world: World) {
    this.world = world;
  }

  get isUp(): boolean {
    return this.#isUp;
  }

  /** SIGKILL; `isWiped`: the store is gone too, with everything nobody had acknowledged. */
  crash(isWiped: boolean): void {
    this.#isUp = false;
    for (const client of this.clients) client.cut();
    this.clients.clear();
    this.askHandlers = [];
    this.inboxes.clear();
    this.#replies.clear();
    if (isWiped) this.streams.clear();
    else for (const stream of this.streams.values()) stream.loseConsumers();
  }

  restart(): void {
    this.#isUp = true;
  }

  addStream(plan: StreamPlan): void {
    this.streams.set(plan.name, new SimStream(this.world, plan));
  }

  forget(owner: object): void {
    this.askHandlers = this.askHandlers.filter((handler) => handler.owner !== owner);
  }

  /** false: no stream takes it, and no PubAck comes. */
  store(vehicle: string, road: Road, data: Uint8Array): boolean {
    const stream = this.streams.get(streamName(road, shardOf(vehicle)));
    if (!this.#isUp || !stream) return false;
    stream.store(inSubject(shardOf(vehicle), vehicle, road), data);
    return true;
  }

  /** One server of the group answers; none is there: nothing comes. */
  ask(subject: string, data: Uint8Array, answer: (data: Uint8Array) => void): void {
    if (!this.#isUp || this.askHandlers.length === 0) return;
    this.#askTurn += 1;
    this.#lastReply += 1;
    const reply = `_INBOX.${this.#lastReply}`;
    this.#replies.set(reply, answer);
    this.askHandlers[this.#askTurn % this.askHandlers.length]?.handle(subject, reply, data);
  }

  publish(subject: string, data: Uint8Array): void {
    if (!this.#isUp) return;
    const reply = this.#replies.get(subject);
    if (reply) {
      this.#replies.delete(subject);
      reply(data);
      return;
    }
    const vehicle = subject.split('.')[3] ?? '';
    for (const inbox of this.inboxes.get(vehicle) ?? []) inbox.downlink(subject, data);
  }
}
