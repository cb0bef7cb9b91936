import type { NatsConnection, Subscription } from '@nats-io/transport-node';
import { NumericsView, UnitView } from '@pentad/protocol/console-feed';
import * as v from 'valibot';
import type { Clock } from '../platform/ports.ts';
import type { LiveListener } from '../telemetry/live-numerics.ts';

const DATA = 'pentad.v1.live.data';
const WANT = 'pentad.v1.live.want';
const WANTED_FOR_MS = 12_000;

const Data = v.object({ from: v.string(), numerics: v.array(NumericsView), units: v.array(UnitView) });
const Want = v.object({ from: v.string() });

export interface LiveBusPorts {
  readonly connection: NatsConnection;
  readonly instanceId: string;
  readonly clock: Clock;
  /** This instance's own pages. */
  readonly local: LiveListener;
  /** Does anybody look at this instance's pages now? */
  readonly hasReaders: () => boolean;
}

/**
 * Committed telemetry between instances, on core NATS and only while somebody looks: an instance with readers says so
 * every few seconds, the others send what they commit. Nothing here is kept; a page that misses some sees the next.
 */
export class LiveBus implements LiveListener {
  readonly #ports: LiveBusPorts;
  #subscriptions: Subscription[] = [];
  #wantedUntilMs = 0;

  constructor(ports: LiveBusPorts) {
    this.#ports = ports;
  }

  start(): void {
    const { connection } = this.#ports;
    this.#subscriptions = [
      connection.subscribe(DATA, { callback: (error, message) => void (error ?? this.#receive(message.json())) }),
      connection.subscribe(WANT, { callback: (error, message) => void (error ?? this.#wanted(message.json())) }),
    ];
  }

  stop(): void {
    for (const subscription of this.#subscriptions.splice(0)) subscription.unsubscribe();
  }

  /** Called every few seconds. */
  sayWanted(): void {
    if (this.#ports.hasReaders())
      this.#ports.connection.publish(WANT, JSON.stringify({ from: this.#ports.instanceId }));
  }

  get isWanted(): boolean {
    return this.#ports.clock.nowMs() < this.#wantedUntilMs;
  }

  onNumerics(numerics: readonly NumericsView[]): void {
    this.#ports.local.onNumerics(numerics);
    if (this.isWanted && numerics.length > 0) this.#send(numerics, []);
  }

  onUnits(units: readonly UnitView[]): void {
    this.#ports.local.onUnits(units);
    if (this.isWanted && units.length > 0) this.#send([], units);
  }

  #send(numerics: readonly NumericsView[], units: readonly UnitView[]): void {
    this.#ports.connection.publish(DATA, JSON.stringify({ from: this.#ports.instanceId, numerics, units }));
  }

  #wanted(raw: unknown): void {
    const want = v.safeParse(Want, raw);
    if (want.success && want.output.from !== this.#ports.instanceId)
      this.#wantedUntilMs = this.#ports.clock.nowMs() + WANTED_FOR_MS;
  }

  #receive(raw: unknown): void {
    const data = v.safeParse(Data, raw);
    if (!data.success || data.output.from === this.#ports.instanceId) return;
    this.#ports.local.onNumerics(data.output.numerics);
    this.#ports.local.onUnits(data.output.units);
  }
}
