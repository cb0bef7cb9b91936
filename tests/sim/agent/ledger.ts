import type { LaneItem } from '@pentad/protocol/lane-item';
import type { Journal, JournalShelf } from '@pentad/agent/ports';
import { MemoryShelf, type MemoryJournal } from '@pentad/agent/journal/memory-journal';
import { laneKey } from '../store/tables.ts';
import type { Rng } from '../world/rng.ts';

export interface Captured {
  readonly item: LaneItem;
  readonly atMs: number;
}

/** The truth outside the system: all that was captured, by lane and seq, at the moment it was durable on the vehicle. */
export class Ledger {
  readonly captured = new Map<string, Map<number, Captured>>();
  /** Records a bit flip made unreadable: they may become a gap. */
  readonly flipped = new Set<string>();
  readonly #nowMs: () => number;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  note(items: readonly LaneItem[]): void {
    for (const item of items) {
      const key = laneKey(item.vehicle, item.epoch, item.lane);
      const lane = this.captured.get(key) ?? new Map<number, Captured>();
      this.captured.set(key, lane);
      lane.set(item.seq, { item, atMs: this.#nowMs() });
    }
  }
}

/** The vehicle's disk: a journal that survives the agent, watched by the ledger. */
export class WatchedShelf implements JournalShelf {
  readonly #shelf: MemoryShelf;
  readonly #ledger: Ledger;
  readonly #watched = new WeakSet<MemoryJournal>();

  constructor(rng: Rng, ledger: Ledger) {
    this.#shelf = new MemoryShelf((count) => rng.bytes(count));
    this.#ledger = ledger;
  }

  get journal(): MemoryJournal | null {
    return this.#shelf.journal;
  }

  open(): Journal {
    const journal = this.#shelf.open();
    if (this.#watched.has(journal)) return journal;
    this.#watched.add(journal);
    const append = journal.append.bind(journal);
    journal.append = (drafts, gaps) => {
      const items = append(drafts, gaps);
      this.#ledger.note(items);
      return items;
    };
    return journal;
  }

  setAside(reason: Parameters<JournalShelf['setAside']>[0]): void {
    this.#shelf.setAside(reason);
  }
}
