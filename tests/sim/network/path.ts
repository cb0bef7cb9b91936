import type { World } from '../world/world.ts';

/**
 * One way between two places, in order like TCP. While it is down nothing arrives: what was sent waits and comes late,
 * or is gone when the connection is given up meanwhile.
 */
export class Path {
  readonly name: string;
  readonly #world: World;
  readonly #held: (() => void)[] = [];
  #isUp = true;
  #lastArrivalMs = 0;
  #generation = 0;
  usualMs: number;
  /** Share of messages that vanish on a living connection: a slow consumer, a dropped reply. */
  lossShare = 0;

  constructor(world: World, name: string, usualMs: number) {
    this.#world = world;
    this.name = name;
    this.usualMs = usualMs;
  }

  get isUp(): boolean {
    return this.#isUp;
  }

  carry(arrive: () => void): void {
    const { rng, nowMs } = this.#world;
    if (this.lossShare > 0 && rng.isTrue(this.lossShare)) return;
    const generation = this.#generation;
    const atMs = Math.max(this.#lastArrivalMs, nowMs + rng.latencyMs(this.usualMs));
    this.#lastArrivalMs = atMs;
    this.#world.after(atMs - nowMs, () => {
      if (generation !== this.#generation) return;
      if (this.#isUp) arrive();
      else this.#held.push(arrive);
    });
  }

  goDown(): void {
    this.#isUp = false;
  }

  comeUp(): void {
    this.#isUp = true;
    for (const arrive of this.#held.splice(0)) this.carry(arrive);
  }

  /** The connection over it was given up: what was under way never arrives. */
  reset(): void {
    this.#generation += 1;
    this.#held.length = 0;
    this.#lastArrivalMs = 0;
  }
}
