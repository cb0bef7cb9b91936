import { jetstream, type JetStreamClient } from '@nats-io/jetstream';
import type { Ask } from '@pentad/protocol/subjects';
import { askSubject, heartbeatSubject, upSubject } from '@pentad/protocol/subjects';
import type { Road } from '@pentad/protocol/lane';
import type { VehicleId } from '@pentad/protocol/ids';
import { connect, jwtAuthenticator, type Authenticator, type NatsConnection } from '@nats-io/transport-node';
import { AgentError, codeOf } from '../agent-error.ts';
import type { BrokerLink, BrokerListener, Cancel, Clock, DownlinkKind, Log, Random, Timers } from '../ports.ts';
import { Backoff, RECONNECT, STABLE_AFTER_MS } from './backoff.ts';
import { keepErrorsHeard } from './socket-guard.ts';

const PING_INTERVAL_MS = 10_000;
const PINGS_OUT = 3;
const CONNECT_TIMEOUT_MS = 10_000;

export interface NatsLinkOptions {
  readonly vehicle: VehicleId;
  readonly servers: readonly string[];
  /** null: a broker without accounts, as in tests. */
  readonly authenticator: Authenticator | null;
  /** Path of the CA the broker's certificate must come from; null on loopback. */
  readonly caFile: string | null;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: Random;
  readonly log: Log;
  readonly pubAckTimeoutMs: number;
}

/** Reads the newest JWT at each connect: a renewed one is used without a new process (broker.md, Expiry). */
export const vehicleAuthenticator = (jwt: () => string, seed: () => Uint8Array): Authenticator =>
  jwtAuthenticator(jwt, () => seed());

const kindOf = (subject: string): DownlinkKind | null => {
  const kind = subject.split('.').at(-1);
  return kind === 'rcpt' || kind === 'case' ? kind : null;
};

/** The broker by NATS. Publishes by JetStream and asks by core NATS; a vehicle never names the JetStream API. */
export class NatsBrokerLink implements BrokerLink {
  readonly #options: NatsLinkOptions;
  readonly #backoff: Backoff;
  #listener: BrokerListener | null = null;
  #connection: NatsConnection | null = null;
  #stream: JetStreamClient | null = null;
  #isConnected = false;
  #isStopped = false;
  #cancelStable: Cancel | null = null;
  #cancelRetry: Cancel | null = null;

  constructor(options: NatsLinkOptions) {
    this.#options = options;
    this.#backoff = new Backoff(options.random, RECONNECT);
  }

  start(listener: BrokerListener): void {
    this.#listener = listener;
    void this.#connect();
  }

  isConnected(): boolean {
    return this.#isConnected;
  }

  async publish(road: Road, bytes: Uint8Array): Promise<void> {
    if (!this.#stream || !this.#isConnected) throw new AgentError('unavailable', 'link.down');
    await this.#stream.publish(upSubject(this.#options.vehicle, road), bytes, {
      timeout: this.#options.pubAckTimeoutMs,
      retries: 1,
    });
  }

  async ask(ask: Ask | 'hb', bytes: Uint8Array, timeoutMs: number): Promise<Uint8Array> {
    if (!this.#connection || !this.#isConnected) throw new AgentError('unavailable', 'link.down');
    const { vehicle } = this.#options;
    const subject = ask === 'hb' ? heartbeatSubject(vehicle) : askSubject(vehicle, ask);
    return (await this.#connection.request(subject, bytes, { timeout: timeoutMs })).data;
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancelStable?.();
    this.#cancelRetry?.();
    const connection = this.#connection;
    this.#isConnected = false;
    this.#connection = null;
    if (connection) await connection.close();
  }

  async #connect(): Promise<void> {
    const { vehicle, servers, authenticator, caFile, log, timers } = this.#options;
    try {
      const connection = await connect({
        servers: [...servers],
        name: vehicle,
        inboxPrefix: `_INBOX.${vehicle}`,
        ignoreAuthErrorAbort: true,
        ignoreClusterUpdates: true,
        maxReconnectAttempts: -1,
        // The delay is drawn once per attempt here; reconnectDelayHandler is asked again after each of its own waits.
        reconnectDelayHandler: () => 0,
        reconnectToServer: ([server], info) => (server && info ? { server, delay: this.#backoff.nextMs() } : null),
        pingInterval: PING_INTERVAL_MS,
        maxPingOut: PINGS_OUT,
        timeout: CONNECT_TIMEOUT_MS,
        noAsyncTraces: true,
        ...(authenticator ? { authenticator } : {}),
        ...(caFile ? { tls: { caFile } } : {}),
      });
      if (this.#isStopped) return await connection.close();
      this.#attach(connection);
    } catch (error) {
      if (this.#isStopped) return;
      log.warn('link.connect-failed', { code: codeOf(error) });
      this.#cancelRetry = timers.after(this.#backoff.nextMs(), () => void this.#connect());
    }
  }

  #attach(connection: NatsConnection): void {
    this.#connection = connection;
    this.#stream = jetstream(connection);
    connection.subscribe(`pentad.v1.dn.${this.#options.vehicle}.>`, {
      callback: (error, message) => {
        const kind = error ? null : kindOf(message.subject);
        if (kind) this.#listener?.downlink(kind, message.data);
      },
    });
    void this.#watch(connection);
    this.#up();
  }

  async #watch(connection: NatsConnection): Promise<void> {
    for await (const status of connection.status()) {
      if (status.type === 'disconnect') this.#down();
      else if (status.type === 'reconnect') this.#up();
      else if (status.type === 'error') this.#options.log.warn('link.error', { code: codeOf(status.error) });
    }
    // Closed for good, which only a stop should do: begin anew.
    this.#down();
    if (this.#isStopped || this.#connection !== connection) return;
    this.#connection = null;
    this.#stream = null;
    this.#options.log.error('link.closed');
    this.#cancelRetry = this.#options.timers.after(this.#backoff.nextMs(), () => void this.#connect());
  }

  #up(): void {
    // After refused attempts (an expired JWT) the client tells of one reconnect several times.
    if (this.#isStopped || this.#isConnected) return;
    this.#isConnected = true;
    if (this.#connection) keepErrorsHeard(this.#connection);
    this.#cancelStable?.();
    this.#cancelStable = this.#options.timers.after(STABLE_AFTER_MS, () => this.#backoff.reset());
    this.#listener?.connected();
  }

  #down(): void {
    if (!this.#isConnected) return;
    this.#isConnected = false;
    this.#cancelStable?.();
    this.#cancelStable = null;
    if (!this.#isStopped) this.#listener?.disconnected();
  }
}
