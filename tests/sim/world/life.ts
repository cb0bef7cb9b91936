import type { World } from './world.ts';

/**
 * One run of a process. All that reaches it from outside comes through here: after its end nothing does, and while
 * it is held up (a long collection, SIGSTOP; faults.md P15) everything waits.
 */
export class Life {
  readonly name: string;
  readonly #world: World;
  readonly #ends = new Set<() => void>();
  readonly #heldUp: (() => void)[] = [];
  #isAlive = true;
  #isHeldUp = false;

  constructor(world: World, name: string) {
    this.#world = world;
    this.name = name;
  }

  get isAlive(): boolean {
    return this.#isAlive;
  }

  get isHeldUp(): boolean {
    return this.#isHeldUp;
  }

  deliver(run: () => void): void {
    if (!this.#isAlive) return;
    if (this.#isHeldUp) this.#heldUp.push(run);
    else run();
  }

  after(delayMs: number, run: () => void): () => void {
    return this.#world.after(delayMs, () => this.deliver(run));
  }

  /** Resolves when the process can go on, or has ended. */
  turn(): Promise<void> {
    if (!this.#isAlive || !this.#isHeldUp) return Promise.resolve();
    return new Promise((resolve) => {
      this.onEnd(resolve);
      this.#heldUp.push(resolve);
    });
  }

  holdUp(forMs: number): void {
    if (this.#isHeldUp) return;
    this.#isHeldUp = true;
    this.#world.after(forMs, () => this.#goOn());
  }

  /** The returned function forgets the listener. */
  onEnd(listener: () => void): () => void {
    this.#ends.add(listener);
    return () => this.#ends.delete(listener);
  }

  end(): void {
    if (!this.#isAlive) return;
    this.#isAlive = false;
    this.#heldUp.length = 0;
    for (const listener of this.#ends) listener();
    this.#ends.clear();
  }

  #goOn(): void {
    const run = this.#heldUp.shift();
    if (!this.#isAlive) return;
    if (!run) {
      this.#isHeldUp = false;
      return;
    }
    run();
    this.#world.after(0, () => this.#goOn());
  }
}
