import type { Road } from '@pentad/protocol/lane';
import { askSubject, heartbeatSubject, type Ask } from '@pentad/protocol/subjects';
import type { BrokerLink, BrokerListener } from '@pentad/agent/ports';
import type { Path } from '../network/path.ts';
import type { Life } from '../world/life.ts';
import type { SimBroker } from './sim-broker.ts';

export interface VehicleLinkOptions {
  readonly vehicle: string;
  readonly broker: SimBroker;
  readonly life: Life;
  readonly up: Path;
  readonly down: Path;
  readonly pubAckTimeoutMs: number;
  /** Share of publishes the broker gets twice. */
  readonly twiceShare: () => number;
  /** After each message from the server was handled. */
  readonly onHeard: () => void;
}

const NOTICED_AFTER_MS = 25_000;
const RETRY_MS = [500, 8_000] as const;

/** The agent's one connection: up and down as the road allows, promising nothing. */
export class VehicleLink implements BrokerLink {
  readonly #options: VehicleLinkOptions;
  readonly #client = { cut: () => this.#lost() };
  readonly #inbox = { downlink: (subject: string, data: Uint8Array) => this.#hear(subject, data) };
  #listener: BrokerListener | null = null;
  #isConnected = false;

  constructor(options: VehicleLinkOptions) {
    this.#options = options;
    options.life.onEnd(() => this.#leave());
  }

  start(listener: BrokerListener): void {
    this.#listener = listener;
    this.#later(0);
  }

  isConnected(): boolean {
    return this.#isConnected;
  }

  publish(road: Road, bytes: Uint8Array): Promise<void> {
    const { broker, vehicle, up, down, twiceShare } = this.#options;
    return this.#within(this.#options.pubAckTimeoutMs, (resolve) => {
      up.carry(() => {
        if (!broker.store(vehicle, road, bytes)) return;
        if (broker.world.rng.isTrue(twiceShare())) broker.store(vehicle, road, bytes);
        down.carry(() => this.#options.life.deliver(() => resolve()));
      });
    });
  }

  ask(ask: Ask | 'hb', bytes: Uint8Array, timeoutMs: number): Promise<Uint8Array> {
    const { broker, vehicle, up, down, life, onHeard } = this.#options;
    const subject = ask === 'hb' ? heartbeatSubject(vehicle) : askSubject(vehicle, ask);
    return this.#within(timeoutMs, (resolve) => {
      up.carry(() =>
        broker.ask(subject, bytes, (answer) =>
          down.carry(() =>
            life.deliver(() => {
              resolve(answer);
              if (ask !== 'hb' && ask !== 'time') onHeard();
            }),
          ),
        ),
      );
    });
  }

  reconnect(): void {
    if (this.#isConnected) this.#lost();
  }

  stop(): Promise<void> {
    this.#leave();
    this.#listener = null;
    return Promise.resolve();
  }

  pathWentDown(): void {
    const { life, broker } = this.#options;
    life.after(broker.world.rng.between(5_000, NOTICED_AFTER_MS), () => {
      if (!this.#options.up.isUp && this.#isConnected) this.#lost();
    });
  }

  #within<T>(timeoutMs: number, act: (resolve: (value: T) => void) => void): Promise<T> {
    return new Promise((resolve, reject) => {
      if (!this.#isConnected) {
        reject(new Error('not connected'));
        return;
      }
      const withdraw = this.#options.life.after(timeoutMs, () => reject(new Error('timeout')));
      act((value) => {
        withdraw();
        resolve(value);
      });
    });
  }

  #later(delayMs: number): void {
    this.#options.life.after(delayMs, () => this.#connect());
  }

  #connect(): void {
    const { broker, up, vehicle } = this.#options;
    if (this.#listener === null || this.#isConnected) return;
    if (!broker.isUp || !up.isUp) return this.#later(broker.world.rng.between(...RETRY_MS));
    this.#isConnected = true;
    broker.clients.add(this.#client);
    const inboxes = broker.inboxes.get(vehicle) ?? new Set();
    broker.inboxes.set(vehicle, inboxes.add(this.#inbox));
    this.#listener.connected();
  }

  #hear(subject: string, data: Uint8Array): void {
    const { life, down, onHeard } = this.#options;
    down.carry(() =>
      life.deliver(() => {
        const isReceipt = subject.endsWith('.rcpt');
        this.#listener?.downlink(isReceipt ? 'rcpt' : 'case', data);
        // A receipt of telemetry changes nothing a crew is told about its events.
        if (!isReceipt || Buffer.from(data).includes('"lane":"evt"')) onHeard();
      }),
    );
  }

  #lost(): void {
    const { broker, life, up, down } = this.#options;
    this.#leave();
    up.reset();
    down.reset();
    life.deliver(() => this.#listener?.disconnected());
    this.#later(broker.world.rng.between(...RETRY_MS));
  }

  #leave(): void {
    const { broker, vehicle } = this.#options;
    this.#isConnected = false;
    broker.clients.delete(this.#client);
    broker.inboxes.get(vehicle)?.delete(this.#inbox);
  }
}
