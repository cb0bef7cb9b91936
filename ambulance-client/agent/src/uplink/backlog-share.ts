const FIRST = 4;
const MOST = 32;
const SLOW_MS = 1_000;

/**
 * How many backlog publishes may be in flight. Grows by one with each quick PubAck, halves with a slow or missing one,
 * so that on a narrow link what is live never queues behind the past (faults.md E9, E12).
 */
export class BacklogShare {
  #allowed = FIRST;
  #inFlight = 0;

  get hasRoom(): boolean {
    return this.#inFlight < Math.floor(this.#allowed);
  }

  started(): void {
    this.#inFlight += 1;
  }

  acknowledged(tookMs: number): void {
    this.#inFlight -= 1;
    if (tookMs > SLOW_MS) this.#halve();
    else this.#allowed = Math.min(MOST, this.#allowed + 1 / this.#allowed);
  }

  failed(): void {
    this.#inFlight -= 1;
    this.#halve();
  }

  #halve(): void {
    this.#allowed = Math.max(1, this.#allowed / 2);
  }
}
