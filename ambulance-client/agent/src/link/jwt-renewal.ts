import { codeOf } from '../agent-error.ts';
import type { Cancel, Clock, Credentials, Log, Random, SecondPath, Timers } from '../ports.ts';
import { Backoff } from './backoff.ts';

const CHECK_EVERY_MS = 60_000;
const RENEW_AFTER = 2 / 3;

export interface RenewalPorts {
  readonly credentials: Credentials;
  readonly secondPath: SecondPath;
  readonly serverNowMs: () => number;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: Random;
  readonly log: Log;
}

/** Renews the vehicle's JWT over HTTPS once two thirds of its life have passed (faults.md E18). */
export class JwtRenewal {
  readonly #ports: RenewalPorts;
  readonly #backoff: Backoff;
  #cancel: Cancel | null = null;
  #isRunning = false;

  constructor(ports: RenewalPorts) {
    this.#ports = ports;
    this.#backoff = new Backoff(ports.random, { firstMs: 5_000, capMs: 600_000 });
  }

  start(): void {
    this.#isRunning = true;
    this.#check();
  }

  stop(): void {
    this.#isRunning = false;
    this.#cancel?.();
    this.#cancel = null;
  }

  isDue(): boolean {
    const { issuedAtMs, expiresAtMs } = this.#ports.credentials.jwtLife();
    return expiresAtMs !== null && this.#ports.serverNowMs() >= issuedAtMs + (expiresAtMs - issuedAtMs) * RENEW_AFTER;
  }

  #check(): void {
    if (!this.isDue()) return this.#later(CHECK_EVERY_MS);
    const { secondPath, credentials, log } = this.#ports;
    secondPath.renewJwt().then(
      ({ jwt }) => {
        credentials.replaceJwt(jwt);
        this.#backoff.reset();
        log.info('jwt.renewed');
        this.#later(CHECK_EVERY_MS);
      },
      (error: unknown) => {
        log.warn('jwt.renewal-failed', { code: codeOf(error) });
        this.#later(this.#backoff.nextMs());
      },
    );
    this.#later(CHECK_EVERY_MS);
  }

  #later(delayMs: number): void {
    this.#cancel?.();
    this.#cancel = null;
    if (this.#isRunning) this.#cancel = this.#ports.timers.after(delayMs, () => this.#check());
  }
}
