import type { FeedEntry } from '@pentad/server/events/feed-store';
import type { SimStore } from '../store/sim-store.ts';

const READ_WITHIN_MS = 5_000;

/** Every reader sees every number of its topic, in order; what a case's topic tells covers its whole log. */
export class FeedChecks {
  readonly #store: SimStore;
  readonly #seen = new Map<string, number>();
  /** Where a reader said it begins (again), and has not read from yet. */
  readonly #begins = new Map<string, Set<number>>();

  constructor(store: SimStore) {
    this.#store = store;
  }

  /** A reader begins at a cursor it took from the tables; from there on nothing is left out. */
  begins(reader: string, topic: string, cursor: number): void {
    const key = `${reader} ${topic}`;
    this.#begins.set(key, (this.#begins.get(key) ?? new Set()).add(cursor));
  }

  read(reader: string, topic: string, entries: readonly FeedEntry[]): void {
    const key = `${reader} ${topic}`;
    const fromN = entries[0]?.n ?? 0;
    const toN = fromN + entries.length - 1;
    if (entries.some(({ n }, at) => n !== fromN + at))
      this.#store.world.broken('feed', `${key} was given a gap after ${fromN}`);
    const last = this.#seen.get(key);
    this.#store.world.note('feed', `${key} ${fromN}-${toN}`);
    if (last === undefined || fromN !== last + 1) {
      if (this.#begins.get(key)?.has(fromN - 1)) this.#begins.delete(key);
      else this.#store.world.broken('feed', `${key} saw ${fromN} after ${last ?? 'nothing'}`);
    }
    this.#seen.set(key, toN);
  }

  atRest(pages: readonly { readonly topic: string; readonly cursor: number }[]): void {
    const { tables, world } = this.#store;
    for (const { topic, cursor } of pages) {
      const n = (tables.feed.get(topic) ?? []).filter(
        (entry) => (tables.feedAtMs.get(entry) ?? 0) < world.nowMs - READ_WITHIN_MS,
      ).length;
      if (cursor < n) world.broken('feed', `the reader of ${topic} stands at ${cursor} of ${n}`);
    }
    for (const [caseId, { state }] of tables.cases) {
      let covered = 0;
      for (const { pointer } of tables.feed.get(`case:${caseId}`) ?? []) {
        // Told anew from the beginning when the vehicle became known: readers merge by caseSeq.
        if (pointer.fromSeq !== covered + 1 && pointer.fromSeq !== 1)
          world.broken('feed', `case ${caseId} told ${pointer.fromSeq} after ${covered}`);
        covered = Math.max(covered, pointer.toSeq);
      }
      if (covered !== state.caseSeq) world.broken('feed', `case ${caseId} told ${covered} of ${state.caseSeq}`);
    }
  }
}
