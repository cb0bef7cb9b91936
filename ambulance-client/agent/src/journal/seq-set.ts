import type { SeqRange } from '@pentad/protocol/seq-range';

/** A set of sequence numbers as sorted, disjoint, not touching ranges; small however many numbers it holds. */
export class SeqSet {
  #ranges: SeqRange[] = [];

  constructor(ranges: readonly SeqRange[] = []) {
    for (const range of ranges) this.add(range);
  }

  ranges(): readonly SeqRange[] {
    return this.#ranges.map(([from, to]) => [from, to]);
  }

  get count(): number {
    return this.#ranges.reduce((sum, [from, to]) => sum + to - from + 1, 0);
  }

  get isEmpty(): boolean {
    return this.#ranges.length === 0;
  }

  get lowest(): number | null {
    return this.#ranges[0]?.[0] ?? null;
  }

  get highest(): number | null {
    return this.#ranges.at(-1)?.[1] ?? null;
  }

  highestAtMost(seq: number): number | null {
    const index = this.#firstEndingAt(seq);
    const range = this.#ranges[index];
    return range && range[0] <= seq ? seq : (this.#ranges[index - 1]?.[1] ?? null);
  }

  has(seq: number): boolean {
    const range = this.#ranges[this.#firstEndingAt(seq)];
    return range !== undefined && range[0] <= seq;
  }

  add([from, to]: SeqRange): void {
    const start = this.#firstEndingAt(from - 1);
    let end = start;
    let low = from;
    let high = to;
    for (let range = this.#ranges[end]; range && range[0] <= to + 1; range = this.#ranges[end]) {
      low = Math.min(low, range[0]);
      high = Math.max(high, range[1]);
      end += 1;
    }
    this.#ranges.splice(start, end - start, [low, high]);
  }

  addSeq(seq: number): void {
    this.add([seq, seq]);
  }

  /** Removes what is there of the range and returns it. */
  take([from, to]: SeqRange): SeqRange[] {
    const start = this.#firstEndingAt(from);
    const taken: SeqRange[] = [];
    const left: SeqRange[] = [];
    let end = start;
    for (let range = this.#ranges[end]; range && range[0] <= to; range = this.#ranges[end]) {
      taken.push([Math.max(from, range[0]), Math.min(to, range[1])]);
      if (range[0] < from) left.push([range[0], from - 1]);
      if (range[1] > to) left.push([to + 1, range[1]]);
      end += 1;
    }
    if (taken.length > 0) this.#ranges.splice(start, end - start, ...left);
    return taken;
  }

  takeSeq(seq: number): boolean {
    return this.take([seq, seq]).length > 0;
  }

  without(other: SeqSet): SeqSet {
    const left = new SeqSet(this.#ranges);
    for (const range of other.#ranges) left.take(range);
    return left;
  }

  /** Index of the first range that ends at or after `seq`. */
  #firstEndingAt(seq: number): number {
    let low = 0;
    let high = this.#ranges.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const range = this.#ranges[middle];
      if (range && range[1] < seq) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** 1..highest; empty when nothing was given yet. */
export const upTo = (highest: number): SeqSet => new SeqSet(highest > 0 ? [[1, highest]] : []);

export const seqsOf = (set: SeqSet): number[] =>
  set.ranges().flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, index) => from + index));
