import { streamConfig } from '@pentad/server/nats/streams';
import { streamPlans } from '@pentad/protocol/subjects';
import type { BrokerLink } from '@pentad/server/nats/broker-link';
import type { Path } from '../network/path.ts';
import type { Life } from '../world/life.ts';
import type { SimBroker } from './sim-broker.ts';
import { Deliveries } from './deliveries.ts';

interface Asked {
  readonly subject: string;
  readonly reply: string;
  readonly data: Uint8Array;
}
type OnAsked = (error: null, message: Asked) => void;

export interface ServerLinkOptions {
  readonly broker: SimBroker;
  readonly life: Life;
  readonly up: Path;
  readonly down: Path;
  readonly onAck: (data: Uint8Array) => void;
  readonly onPublish: (subject: string, data: Uint8Array) => void;
  readonly onReconnect: () => void;
}

const NOTICED_AFTER_MS = 10_000;
const encoder = new TextEncoder();
const bytesOf = (data: Uint8Array | string): Uint8Array => (typeof data === 'string' ? encoder.encode(data) : data);

/**
 * One instance's connection into the broker, as the parts of nats.js that the product's own code touches: publish and
 * subscribe, the stream and consumer managers, `consume`. It reconnects by itself.
 */
export class ServerLink {
  readonly #options: ServerLinkOptions;
  readonly #askers: OnAsked[] = [];
  readonly #open = new Set<Deliveries>();
  readonly #client = { cut: () => this.#lost() };
  #isConnected = false;

  constructor(options: ServerLinkOptions) {
    this.#options = options;
    options.life.onEnd(() => this.#leave());
    options.life.after(1, () => this.#connect());
  }

  /** What the product's code is given. Only the members it uses are there. */
  get link(): BrokerLink {
    const connection = {
      publish: (subject: string, data: Uint8Array | string) => this.#publish(subject, bytesOf(data)),
      subscribe: (_subject: string, { callback }: { callback: OnAsked }) => this.#subscribe(callback),
    };
    const link = {
      connection,
      jetstream: { consumers: { get: (stream: string, name: string) => this.#consumer(stream, name) } },
      manager: () => this.#manager(),
      isUp: () => this.#isConnected,
      stop: () => Promise.resolve(),
    };
    return link as unknown as BrokerLink;
  }

  get isConnected(): boolean {
    return this.#isConnected;
  }

  /** The path has been down for longer than the pings allow. */
  pathWentDown(): void {
    this.#options.life.after(NOTICED_AFTER_MS, () => {
      if (!this.#options.up.isUp && this.#isConnected) this.#lost();
    });
  }

  #connect(): void {
    const { broker, life, up } = this.#options;
    if (!life.isAlive) return;
    if (!broker.isUp || !up.isUp) {
      life.after(broker.world.rng.between(250, 500), () => this.#connect());
      return;
    }
    this.#isConnected = true;
    broker.clients.add(this.#client);
    for (const callback of this.#askers) this.#attach(callback);
    this.#options.onReconnect();
  }

  #subscribe(callback: OnAsked): { drain(): Promise<void> } {
    // Both subjects have one handler: the ask is told apart by its subject.
    if (this.#askers.length === 0) {
      this.#askers.push(callback);
      if (this.#isConnected) this.#attach(callback);
    }
    return { drain: () => Promise.resolve() };
  }

  #attach(callback: OnAsked): void {
    const { broker, life, down } = this.#options;
    broker.askHandlers.push({
      owner: this,
      handle: (subject, reply, data) => down.carry(() => life.deliver(() => callback(null, { subject, reply, data }))),
    });
  }

  #publish(subject: string, data: Uint8Array): void {
    this.#options.onPublish(subject, data);
    if (!this.#isConnected) return;
    this.#options.up.carry(() => this.#options.broker.publish(subject, data));
  }

  /** A request of the JetStream API: over, answered, and back. */
  #request<T>(answer: () => T): Promise<T> {
    const { life, up, down } = this.#options;
    return new Promise((resolve, reject) => {
      const timeout = life.after(5_000, () => reject(new Error('timeout')));
      if (!this.#isConnected) return;
      up.carry(() => {
        let settle: () => void;
        try {
          const value = answer();
          settle = () => resolve(value);
        } catch (error) {
          settle = () => reject(error instanceof Error ? error : new Error('api'));
        }
        down.carry(() =>
          life.deliver(() => {
            timeout();
            settle();
          }),
        );
      });
    });
  }

  #manager() {
    const { broker } = this.#options;
    const names = () => this.#request(() => [...broker.streams.keys()]);
    const list = () =>
      this.#request(() => [...broker.streams.values()].map(({ plan }) => ({ config: streamConfig(plan) })));
    const streams = {
      list: async function* () {
        yield* await list();
      },
      names: async function* () {
        yield* await names();
      },
      add: ({ name }: { name: string }) =>
        this.#request(() => {
          const plan = streamPlans.find((one) => one.name === name);
          if (plan && !broker.streams.has(name)) broker.addStream(plan);
        }),
    };
    const consumers = {
      add: (stream: string, { durable_name }: { durable_name: string }) =>
        this.#request(() => this.#stream(stream).ensureConsumer(shardOfName(durable_name))),
    };
    return Promise.resolve({ streams, consumers });
  }

  #stream(name: string) {
    const stream = this.#options.broker.streams.get(name);
    if (!stream) throw new Error('stream not found');
    return stream;
  }

  async #consumer(streamName: string, name: string) {
    await this.#request(() => this.#stream(streamName));
    return { consume: () => Promise.resolve(this.#consume(streamName, shardOfName(name))) };
  }

  /** The client's own act: the broker hears of it when the first pull arrives. */
  #consume(streamName: string, shard: number): Deliveries {
    const { broker, life, up, down, onAck } = this.#options;
    const deliveries: Deliveries = new Deliveries({
      life,
      up,
      down,
      onAck,
      onClosed: () => this.#open.delete(deliveries),
      stream: () => broker.streams.get(streamName) ?? null,
    });
    this.#open.add(deliveries);
    if (this.#isConnected) up.carry(() => deliveries.open(shard));
    else life.after(0, () => deliveries.fail());
    return deliveries;
  }

  #lost(): void {
    const { life, up, down, broker } = this.#options;
    this.#leave();
    up.reset();
    down.reset();
    for (const deliveries of this.#open) life.deliver(() => deliveries.fail());
    life.after(broker.world.rng.between(250, 500), () => this.#connect());
  }

  #leave(): void {
    this.#isConnected = false;
    const { broker } = this.#options;
    broker.clients.delete(this.#client);
    broker.forget(this);
    for (const deliveries of this.#open) deliveries.unsubscribe();
  }
}

const shardOfName = (durableName: string): number => Number(durableName.slice('shard-'.length));
