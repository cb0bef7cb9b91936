import { readIngestSubject, type StreamPlan } from '@pentad/protocol/subjects';
import type { World } from '../world/world.ts';

export interface StoredMessage {
  readonly id: number;
  readonly subject: string;
  readonly data: Uint8Array;
}
export interface Subscriber {
  take(message: StoredMessage): void;
  /** The consumer is gone. */
  cut(): void;
}

const ACK_WAIT_MS = 30_000;

/** A durable consumer of one shard: hands out in order, again after a nak or when no ack came in time. */
class ShardQueue {
  readonly subscribers: Subscriber[] = [];
  readonly #world: World;
  readonly #waiting: StoredMessage[];
  readonly #handedOut = new Map<number, () => void>();
  #turn = 0;

  constructor(world: World, messages: readonly StoredMessage[]) {
    this.#world = world;
    this.#waiting = [...messages];
  }

  add(message: StoredMessage): void {
    this.#waiting.push(message);
    this.handOut();
  }

  handOut(): void {
    for (let message = this.#waiting[0]; message && this.subscribers.length > 0; message = this.#waiting[0]) {
      this.#waiting.shift();
      const again = message;
      this.#handedOut.set(
        message.id,
        this.#world.after(ACK_WAIT_MS, () => this.again(again)),
      );
      this.#turn += 1;
      this.subscribers[this.#turn % this.subscribers.length]?.take(message);
    }
  }

  again(message: StoredMessage): void {
    if (!this.#handedOut.has(message.id)) return;
    this.settled(message.id);
    this.#world.note('redelivered', `${message.subject} ${message.id}`);
    this.#waiting.push(message);
    this.handOut();
  }

  settled(id: number): void {
    this.#handedOut.get(id)?.();
    this.#handedOut.delete(id);
  }
}

/** A workqueue stream: a message stays until it is acknowledged or terminated. */
export class SimStream {
  readonly plan: StreamPlan;
  readonly #world: World;
  readonly #messages = new Map<number, StoredMessage>();
  readonly #queues = new Map<number, ShardQueue>();
  #lastId = 0;

  constructor(world: World, plan: StreamPlan) {
    this.#world = world;
    this.plan = plan;
  }

  get size(): number {
    return this.#messages.size;
  }

  store(subject: string, data: Uint8Array): void {
    const message = { id: (this.#lastId += 1), subject, data };
    this.#messages.set(message.id, message);
    this.#queues.get(shardOfSubject(subject))?.add(message);
  }

  ensureConsumer(shard: number): void {
    if (this.#queues.has(shard)) return;
    const own = [...this.#messages.values()].filter((message) => shardOfSubject(message.subject) === shard);
    this.#queues.set(shard, new ShardQueue(this.#world, own));
  }

  /** N6: the consumer's state is lost; whoever adds it again gets everything not acknowledged. */
  loseConsumers(): void {
    const cut = [...this.#queues.values()].flatMap((queue) => queue.subscribers);
    this.#queues.clear();
    for (const subscriber of cut) subscriber.cut();
  }

  /** null: there is no such consumer. */
  subscribe(shard: number, subscriber: Subscriber): (() => void) | null {
    const queue = this.#queues.get(shard);
    if (!queue) return null;
    queue.subscribers.push(subscriber);
    queue.handOut();
    return () => {
      const place = queue.subscribers.indexOf(subscriber);
      if (place >= 0) queue.subscribers.splice(place, 1);
    };
  }

  done(message: StoredMessage): void {
    this.#messages.delete(message.id);
    this.#queues.get(shardOfSubject(message.subject))?.settled(message.id);
  }

  nak(message: StoredMessage, delayMs: number): void {
    this.#world.after(delayMs, () => this.#queues.get(shardOfSubject(message.subject))?.again(message));
  }
}

const shardOfSubject = (subject: string): number => readIngestSubject(subject)?.shard ?? -1;
