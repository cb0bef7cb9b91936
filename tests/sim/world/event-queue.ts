interface Planned {
  readonly atMs: number;
  readonly order: number;
  run: (() => void) | null;
}

const isBefore = (a: Planned, b: Planned): boolean => a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);

/** What is to happen, earliest first; at one instant in the order it was planned. */
export class EventQueue {
  readonly #heap: Planned[] = [];
  #order = 0;

  plan(atMs: number, run: () => void): () => void {
    const planned: Planned = { atMs, order: (this.#order += 1), run };
    this.#heap.push(planned);
    this.#rise(this.#heap.length - 1);
    return () => {
      planned.run = null;
    };
  }

  /** The next one not withdrawn and not after `untilMs`, taken out; null where there is none. */
  take(untilMs: number): { readonly atMs: number; readonly run: () => void } | null {
    for (let first = this.#heap[0]; first && first.atMs <= untilMs; first = this.#heap[0]) {
      this.#removeFirst();
      const { atMs, run } = first;
      first.run = null;
      if (run) return { atMs, run };
    }
    return null;
  }

  #rise(from: number): void {
    const heap = this.#heap;
    for (let at = from; at > 0;) {
      const parent = (at - 1) >> 1;
      if (!isBefore(heap[at]!, heap[parent]!)) return;
      [heap[at], heap[parent]] = [heap[parent]!, heap[at]!];
      at = parent;
    }
  }

  #removeFirst(): void {
    const heap = this.#heap;
    const last = heap.pop()!;
    if (heap.length === 0) return;
    heap[0] = last;
    for (let at = 0; ;) {
      let least = at;
      for (const child of [2 * at + 1, 2 * at + 2])
        if (child < heap.length && isBefore(heap[child]!, heap[least]!)) least = child;
      if (least === at) return;
      [heap[at], heap[least]] = [heap[least]!, heap[at]!];
      at = least;
    }
  }
}
