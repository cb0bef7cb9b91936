import { AckPolicy, DeliverPolicy, type ConsumerMessages, type JsMsg } from '@nats-io/jetstream';
import { readIngestSubject, type StreamPlan } from '@pentad/protocol/subjects';
import { errorFields, type Logger } from '../platform/logger.ts';
import type { Clock, Timers } from '../platform/ports.ts';
import type { Receiver } from '../uplink/receive-item.ts';
import type { ItemEnd } from '../uplink/uplink-entry.ts';
import type { BrokerLink } from './broker-link.ts';

const NANOSECONDS_PER_MS = 1_000_000;
const ACK_WAIT_MS = 30_000;
const RETRY_MS = 500;

export interface ShardConsumerOptions {
  readonly link: BrokerLink;
  readonly plan: StreamPlan;
  readonly receiver: Receiver;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: Logger;
  readonly onEnd: (end: ItemEnd, tookMs: number) => void;
}

/**
 * The stream of one shard and road: one durable pull consumer, made and remade from code. A message is acknowledged when its
 * item has ended; what is given up is handed out again.
 */
export class ShardConsumer {
  readonly #options: ShardConsumerOptions;
  #messages: ConsumerMessages | null = null;
  #isStopped = false;
  #running: Promise<void> | null = null;

  constructor(options: ShardConsumerOptions) {
    this.#options = options;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#messages?.close().catch(() => undefined);
    await this.#running;
  }

  async #run(): Promise<void> {
    const { log, plan, timers } = this.#options;
    while (!this.#isStopped) {
      try {
        await this.#consume();
      } catch (error) {
        if (!this.#isStopped) log.warn('consumer.restarted', { ...errorFields(error), stream: plan.name });
      }
      if (!this.#isStopped) await new Promise<void>((resolve) => void timers.after(RETRY_MS, resolve));
    }
  }

  async #consume(): Promise<void> {
    const { link, plan } = this.#options;
    const name = `shard-${plan.shard}`;
    const manager = await link.manager();
    await manager.consumers.add(plan.name, {
      durable_name: name,
      ack_policy: AckPolicy.Explicit,
      deliver_policy: DeliverPolicy.All,
      ack_wait: ACK_WAIT_MS * NANOSECONDS_PER_MS,
      max_deliver: -1,
      max_ack_pending: 4_000,
    });
    if (this.#isStopped) return;
    const consumer = await link.jetstream.consumers.get(plan.name, name);
    const messages = await consumer.consume({
      max_messages: 1_000,
      expires: 10_000,
      idle_heartbeat: 5_000,
      abort_on_missing_resource: true,
    });
    this.#messages = messages;
    if (this.#isStopped) return void (await messages.close());
    for await (const message of messages) this.#receive(message);
  }

  #receive(message: JsMsg): void {
    const subject = readIngestSubject(message.subject);
    if (!subject) {
      message.term();
      return;
    }
    const { receiver, clock, onEnd } = this.#options;
    const offeredAtMs = clock.nowMs();
    receiver.receive({
      vehicle: subject.vehicle,
      road: subject.road,
      shard: subject.shard,
      bytes: message.data,
      end: (end) => {
        if (end.kind === 'stored') message.ack();
        else if (end.kind === 'refused') message.term();
        else message.nak(RETRY_MS);
        onEnd(end, clock.nowMs() - offeredAtMs);
      },
    });
  }
}
