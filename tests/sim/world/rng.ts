/** xoshiro128** seeded by splitmix32: one seed, one sequence. */
export class Rng {
  readonly #s = new Uint32Array(4);

  constructor(seed: number) {
    let state = seed >>> 0;
    for (let at = 0; at < 4; at += 1) {
      state = (state + 0x9e3779b9) >>> 0;
      let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
      mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
      this.#s[at] = (mixed ^ (mixed >>> 15)) >>> 0;
    }
  }

  next(): number {
    const s = this.#s;
    const scrambled = Math.imul(rotated(Math.imul(s[1]!, 5), 7), 9) >>> 0;
    const shifted = s[1]! << 9;
    s[2]! ^= s[0]!;
    s[3]! ^= s[1]!;
    s[1]! ^= s[2]!;
    s[0]! ^= s[3]!;
    s[2]! ^= shifted;
    s[3] = rotated(s[3]!, 11);
    return scrambled;
  }

  /** In [0, 1). */
  fraction(): number {
    return this.next() / 4_294_967_296;
  }

  /** An integer in [from, to]. */
  between(from: number, to: number): number {
    return from + Math.floor(this.fraction() * (to - from + 1));
  }

  /** Mostly near `usual`, seldom up to twenty times it: how long things take in the world. */
  latencyMs(usual: number): number {
    const draw = this.fraction();
    return Math.max(1, Math.round(usual * (draw < 0.9 ? 0.5 + draw : 20 * (draw - 0.9) ** 0.5 * this.fraction() + 1)));
  }

  isTrue(probability: number): boolean {
    return this.fraction() < probability;
  }

  pick<T>(from: readonly T[]): T {
    const picked = from[this.between(0, from.length - 1)];
    if (picked === undefined) throw new RangeError('nothing to pick from');
    return picked;
  }

  bytes(count: number): Uint8Array {
    return Uint8Array.from({ length: count }, () => this.next() & 0xff);
  }

  /** An own sequence for one part of the world, so that one part's draws do not move another's. */
  fork(): Rng {
    return new Rng(this.next());
  }
}

const rotated = (value: number, by: number): number => ((value << by) | (value >>> (32 - by))) >>> 0;
