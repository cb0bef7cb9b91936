import type { LinkKind, Rung } from '../agent-types.ts';
import type { BrokerMeasure, Clock, Probed } from '../ports.ts';

/** A reply older than this is shown as link loss (faults.md N5, E13). */
export const HEARTBEAT_TERM_MS = 10_000;
const SECOND_PATH_TERM_MS = 10_000;

/** Which way the vehicle can reach the server, judged by answers alone and never by an open socket. */
export class LinkState {
  readonly #clock: Clock;
  #isConnected = false;
  #answeredAtMs: number | null = null;
  #secondPathAtMs: number | null = null;
  #probed: { readonly roundTripMs: number | null; readonly atMs: number } | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get isConnected(): boolean {
    return this.#isConnected;
  }

  connected(): void {
    this.#isConnected = true;
  }
  disconnected(): void {
    this.#isConnected = false;
  }
  heartbeatAnswered(): void {
    this.#answeredAtMs = this.#clock.monotonicMs();
  }
  secondPathAnswered(): void {
    this.#secondPathAtMs = this.#clock.monotonicMs();
  }
  secondPathFailed(): void {
    this.#secondPathAtMs = null;
  }

  /** null: the probe had no answer. */
  secondPathProbed(roundTripMs: number | null): void {
    this.#probed = { roundTripMs, atMs: this.#clock.monotonicMs() };
    if (roundTripMs === null) this.secondPathFailed();
    else this.secondPathAnswered();
  }

  lastHeartbeatAgeMs(): number | null {
    return this.#answeredAtMs === null ? null : this.#clock.monotonicMs() - this.#answeredAtMs;
  }

  isBrokerLive(): boolean {
    const age = this.lastHeartbeatAgeMs();
    return this.#isConnected && age !== null && age <= HEARTBEAT_TERM_MS;
  }

  rung(): Rung {
    if (this.isBrokerLive()) return 'broker';
    const at = this.#secondPathAtMs;
    return at !== null && this.#clock.monotonicMs() - at <= SECOND_PATH_TERM_MS ? 'second-path' : 'none';
  }

  /** Which of the three ways is in use, and what each measured last. */
  ways(broker: BrokerMeasure): { readonly link: LinkKind; readonly probes: readonly Probed[] } {
    const rung = this.rung();
    const probed = this.#probed;
    return {
      link: rung === 'broker' ? (broker.kind ?? 'none') : rung === 'second-path' ? 'https' : 'none',
      probes: [
        ...broker.probes,
        {
          link: 'https',
          isGood: probed && probed.roundTripMs !== null,
          roundTripMs: probed && probed.roundTripMs,
          ageMs: probed && this.#clock.monotonicMs() - probed.atMs,
        },
      ],
    };
  }
}
