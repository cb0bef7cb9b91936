import { SeqRange } from '@pentad/protocol/seq-range';
import * as v from 'valibot';
import { journalLanes, perLane, type JournalLane, type LaneHoldings, type Refused } from '../ports.ts';
import { SeqSet, upTo } from './seq-set.ts';

const HOUR_MS = 3_600_000;
const Count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const LaneHead = v.object({
  highest: Count,
  gone: v.array(SeqRange),
  refused: v.array(v.object({ seq: Count, code: v.string() })),
});
const emptyLane = (): v.InferOutput<typeof LaneHead> => ({ highest: 0, gone: [], refused: [] });
export const JournalHead = v.object({
  counter: Count,
  horizon: v.nullable(v.string()),
  // Waveforms and media came later: a journal of before has none of them.
  lanes: v.object({
    evt: LaneHead,
    vit: LaneHead,
    pos: LaneHead,
    wav: v.optional(LaneHead, emptyLane),
    med: v.optional(LaneHead, emptyLane),
  }),
});
export type JournalHead = v.InferOutput<typeof JournalHead>;
export const StoredHour = v.array(SeqRange);

export const emptyHead = (): JournalHead => ({
  counter: 0,
  horizon: null,
  lanes: perLane(emptyLane),
});

export interface StoredInHour {
  readonly lane: JournalLane;
  readonly hour: number;
}

/** Receipted ranges by the hour of their receipt, so that each is kept its 72 h; and rows found missing at opening. */
class LaneMarks {
  readonly stored = new SeqSet();
  readonly byHour = new Map<number, SeqSet>();
  readonly unwritten = new Set<number>();
  missing = new SeqSet();
}

/** The journal's bookkeeping, the same for every kind of store: what was given, receipted, refused, dropped. */
export class JournalLedger {
  head: JournalHead;
  readonly #marks = perLane(() => new LaneMarks());

  constructor(head: JournalHead) {
    this.head = head;
  }

  /** The head after some items were given and some ranges dropped; adopted once it is durable. */
  nextHead(
    given: Readonly<Record<JournalLane, number>>,
    dropped: readonly { lane: JournalLane; ranges: readonly SeqRange[] }[],
  ): JournalHead {
    const lane = (name: JournalLane) => {
      const { highest, gone, refused } = this.head.lanes[name];
      const allGone = new SeqSet(gone);
      for (const part of dropped) if (part.lane === name) for (const range of part.ranges) allGone.add(range);
      return {
        highest: highest + given[name],
        gone: allGone.ranges().map(([from, to]): SeqRange => [from, to]),
        refused: refused.filter(({ seq }) => !allGone.has(seq)),
      };
    };
    return {
      ...this.head,
      counter: this.head.counter + 1,
      lanes: perLane(lane),
    };
  }

  adopt(head: JournalHead): void {
    this.head = head;
    for (const lane of journalLanes) {
      const marks = this.#marks[lane];
      for (const range of head.lanes[lane].gone) {
        marks.missing.take(range);
        marks.stored.take(range);
      }
    }
  }

  holdings(lane: JournalLane): LaneHoldings {
    const { highest, gone, refused } = this.head.lanes[lane];
    const marks = this.#marks[lane];
    return { highest, gone, refused, stored: marks.stored.ranges(), missing: marks.missing.ranges() };
  }

  /** Not receipted in any way and not gone: what must still be held. */
  unsettled(lane: JournalLane): SeqSet {
    const { highest, gone, refused } = this.head.lanes[lane];
    const settled = new SeqSet(gone);
    for (const range of this.#marks[lane].stored.ranges()) settled.add(range);
    for (const { seq } of refused) settled.addSeq(seq);
    return upTo(highest).without(settled);
  }

  noteMissing(lane: JournalLane, missing: SeqSet): void {
    this.#marks[lane].missing = missing;
  }

  settle(
    lane: JournalLane,
    covered: { readonly stored: readonly SeqRange[]; readonly refused: readonly Refused[] },
    nowMs: number,
  ): void {
    const { highest, gone, refused } = this.head.lanes[lane];
    const marks = this.#marks[lane];
    const open = upTo(highest).without(new SeqSet(gone)).without(marks.stored);
    const hour = Math.floor(nowMs / HOUR_MS);
    for (const range of covered.stored) {
      for (const fresh of open.take(range)) {
        marks.stored.add(fresh);
        const inHour = marks.byHour.get(hour) ?? new SeqSet();
        inHour.add(fresh);
        marks.byHour.set(hour, inHour);
        marks.unwritten.add(hour);
      }
    }
    const known = new Set(refused.map(({ seq }) => seq));
    const added = covered.refused.filter(({ seq }) => seq <= highest && !known.has(seq) && !marks.stored.has(seq));
    const nowStored = refused.filter(({ seq }) => !marks.stored.has(seq));
    if (added.length > 0 || nowStored.length < refused.length) {
      const lanes = { ...this.head.lanes, [lane]: { ...this.head.lanes[lane], refused: [...nowStored, ...added] } };
      this.head = { ...this.head, lanes };
    }
  }

  restoreHour({ lane, hour }: StoredInHour, ranges: readonly SeqRange[]): void {
    const marks = this.#marks[lane];
    const gone = new SeqSet(this.head.lanes[lane].gone);
    const kept = new SeqSet(ranges).without(gone);
    marks.byHour.set(hour, kept);
    for (const range of kept.ranges()) marks.stored.add(range);
  }

  /** Hours whose ranges are not yet on disk. */
  unwrittenHours(): readonly (StoredInHour & { readonly ranges: readonly SeqRange[] })[] {
    return journalLanes.flatMap((lane) =>
      [...this.#marks[lane].unwritten].map((hour) => ({
        lane,
        hour,
        ranges: this.#marks[lane].byHour.get(hour)?.ranges() ?? [],
      })),
    );
  }

  hoursWritten(): void {
    for (const lane of journalLanes) this.#marks[lane].unwritten.clear();
  }

  /** Receipted items, oldest receipt first, whose receipt came before `beforeMs`; at most so many. */
  purgeable(beforeMs: number, atMost: number): readonly { lane: JournalLane; hour: number; range: SeqRange }[] {
    const found: { lane: JournalLane; hour: number; range: SeqRange }[] = [];
    let left = atMost;
    const hours = journalLanes.flatMap((lane) => [...this.#marks[lane].byHour.keys()].map((hour) => ({ lane, hour })));
    for (const { lane, hour } of hours.sort((a, b) => a.hour - b.hour)) {
      if ((hour + 1) * HOUR_MS > beforeMs) break;
      const inHour = this.#marks[lane].byHour.get(hour)?.without(new SeqSet(this.head.lanes[lane].gone));
      for (const [from, to] of inHour?.ranges() ?? []) {
        if (left <= 0) return found;
        const last = Math.min(to, from + left - 1);
        found.push({ lane, hour, range: [from, last] });
        left -= last - from + 1;
      }
    }
    return found;
  }

  /** Hours that hold nothing any more; their rows may go. */
  emptyHours(head: JournalHead): readonly StoredInHour[] {
    return journalLanes.flatMap((lane) =>
      [...this.#marks[lane].byHour]
        .filter(([, set]) => set.without(new SeqSet(head.lanes[lane].gone)).isEmpty)
        .map(([hour]) => ({ lane, hour })),
    );
  }

  dropHours(hours: readonly StoredInHour[]): void {
    for (const { lane, hour } of hours) {
      this.#marks[lane].byHour.delete(hour);
      this.#marks[lane].unwritten.delete(hour);
    }
  }

  /** Everything still held counts as not receipted again, refusals too: the other database may take them. */
  forget(horizon: string): JournalHead {
    const lane = (name: JournalLane) => ({ ...this.head.lanes[name], refused: [] });
    return {
      ...this.head,
      counter: this.head.counter + 1,
      horizon,
      lanes: perLane(lane),
    };
  }

  forgotten(head: JournalHead): void {
    for (const lane of journalLanes) this.#marks[lane] = new LaneMarks();
    this.head = head;
  }
}
