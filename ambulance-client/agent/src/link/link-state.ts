import type { Rung } from '../agent-types.ts';
import type { Clock } from '../ports.ts';

/** A reply older than this is shown as link loss (faults.md N5, E13). */
export const HEARTBEAT_TERM_MS = 10_000;
const SECOND_PATH_TERM_MS = 10_000;

/** Which way the vehicle can reach the server, judged by answers alone and never by an open socket. */
export class LinkState {
  readonly #clock: Clock;
  #isConnected = false;
  #answeredAtMs: number | null = null;
  #secondPathAtMs: number | null = null;

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
}
