import type { Lane } from '@pentad/protocol/lane';
import { Receipt } from '@pentad/protocol/receipt';
import { mergeRanges, rangesOf, unbrokenThrough, type SeqRange } from '@pentad/protocol/seq-range';
import * as v from 'valibot';
import { noFailpoint, type Failpoint } from '../platform/failpoint.ts';
import type { Timers } from '../platform/ports.ts';
import type { HeldLane, ReceiptLink } from './ports.ts';
import type { ItemEnd } from './uplink-entry.ts';

interface Pending {
  readonly vehicle: string;
  readonly epoch: string;
  readonly lane: Lane;
  readonly stored: number[];
  readonly refused: { seq: number; code: string }[];
  readonly shed: SeqRange[];
}

const TELEMETRY_EVERY_MS = 500;
/** Under the receipt schema's bound, with room for the shed ranges beside. */
const MAX_SEQS = 1_500;

export function heldReceipt(vehicle: string, epoch: string, lane: Lane, held: HeldLane, horizon: string): Receipt {
  const merged = mergeRanges(held.stored);
  return v.parse(Receipt, {
    vehicle,
    epoch,
    lane,
    through: unbrokenThrough(merged),
    ranges: merged.slice(0, 2_000),
    refused: held.refused,
    shed: held.shed.slice(0, 2_000),
    horizon,
  });
}

/**
 * Receipts of what was just committed: events at once, telemetry gathered for half a second. They say what these
 * commits hold; a lost receipt is made good by the agent's offering again or by ask:held, which reads the rows.
 */
export class Receipts {
  readonly #link: ReceiptLink;
  readonly #timers: Timers;
  readonly #horizon: () => string;
  readonly #failpoint: Failpoint;
  readonly #pending = new Map<string, Pending>();
  #isScheduled = false;

  constructor(options: { link: ReceiptLink; timers: Timers; failpoint?: Failpoint; horizon: () => string }) {
    this.#failpoint = options.failpoint ?? noFailpoint;
    this.#link = options.link;
    this.#timers = options.timers;
    this.#horizon = options.horizon;
  }

  note(end: ItemEnd): void {
    if (end.kind === 'given-up' || end.key === null) return;
    const { key } = end;
    const own = this.#of(key.vehicle, key.epoch, key.lane);
    if (end.kind === 'stored') {
      own.stored.push(key.seq);
      for (const [lane, from, to] of end.shed) {
        this.#of(key.vehicle, key.epoch, lane).shed.push([from, to]);
        if (lane !== 'evt') this.#schedule(0);
      }
    } else own.refused.push({ seq: key.seq, code: end.code });
    if (own.stored.length + own.refused.length >= MAX_SEQS) this.flush();
    else this.#schedule(key.lane === 'evt' ? 0 : TELEMETRY_EVERY_MS);
  }

  flush(): void {
    const all = [...this.#pending.values()];
    this.#pending.clear();
    if (all.length > 0) this.#failpoint('receipt.before-send');
    for (const { vehicle, epoch, lane, stored, refused, shed } of all) {
      const receipt = {
        vehicle,
        epoch,
        lane,
        through: 0,
        ranges: rangesOf(stored),
        refused,
        shed: mergeRanges(shed),
        horizon: this.#horizon(),
      };
      this.#link.send(vehicle, new TextEncoder().encode(JSON.stringify(receipt)));
    }
  }

  #of(vehicle: string, epoch: string, lane: Lane): Pending {
    const name = `${vehicle}/${epoch}/${lane}`;
    const known = this.#pending.get(name);
    if (known) return known;
    const made: Pending = { vehicle, epoch, lane, stored: [], refused: [], shed: [] };
    this.#pending.set(name, made);
    return made;
  }

  #schedule(delayMs: number): void {
    if (delayMs === 0) {
      queueMicrotask(() => this.flush());
      return;
    }
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    this.#timers.after(delayMs, () => {
      this.#isScheduled = false;
      this.flush();
    });
  }
}
