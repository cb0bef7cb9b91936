import type { Lane } from '@pentad/protocol/lane';
import { Receipt } from '@pentad/protocol/receipt';
import { mergeRanges, rangesOf, unbrokenThrough, type SeqRange } from '@pentad/protocol/seq-range';
import * as v from 'valibot';
import { noFailpoint, type Failpoint } from '../platform/failpoint.ts';
import type { Timers } from '../platform/ports.ts';
import type { HeldLane, ReceiptLink } from './ports.ts';
import type { ItemEnd } from './uplink-entry.ts';

interface Pending {
  readonly name: string;
  readonly vehicle: string;
  readonly epoch: string;
  readonly lane: Lane;
  readonly stored: number[];
  readonly refused: { seq: number; code: string }[];
  readonly shed: SeqRange[];
  /** The turn at which it is sent at the latest. */
  readonly dueAtTurn: number;
}

/** Telemetry is gathered for 20 turns, half a second; a vehicle at a time, so that no burst of receipts holds up a reading. */
const TURN_MS = 25;
const TELEMETRY_TURNS = 20;
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
 * Receipts of what was just committed: events at once with what waits of their vehicle, telemetry gathered for half a second. They say what these
 * commits hold; a lost receipt is made good by the agent's offering again or by ask:held, which reads the rows.
 */
export class Receipts {
  readonly #link: ReceiptLink;
  readonly #timers: Timers;
  readonly #horizon: () => string;
  readonly #failpoint: Failpoint;
  readonly #pending = new Map<string, Pending>();
  readonly #urgent = new Set<string>();
  #turn = 0;
  #isTurning = false;

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
        if (lane !== 'evt') this.#hurry(key.vehicle);
      }
    } else own.refused.push({ seq: key.seq, code: end.code });
    if (own.stored.length + own.refused.length >= MAX_SEQS) this.#send([own]);
    else if (key.lane === 'evt') this.#hurry(key.vehicle);
  }

  flush(): void {
    this.#send([...this.#pending.values()]);
  }

  #send(all: readonly Pending[]): void {
    if (all.length > 0) this.#failpoint('receipt.before-send');
    for (const { name, vehicle, epoch, lane, stored, refused, shed } of all) {
      this.#pending.delete(name);
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
    const made: Pending = {
      name,
      vehicle,
      epoch,
      lane,
      stored: [],
      refused: [],
      shed: [],
      dueAtTurn: this.#turn + TELEMETRY_TURNS,
    };
    this.#pending.set(name, made);
    this.#turnLater();
    return made;
  }

  /** Everything of one vehicle, once this turn of the loop is over. */
  #hurry(vehicle: string): void {
    this.#urgent.add(vehicle);
    queueMicrotask(() => {
      if (this.#urgent.size === 0) return;
      const own = [...this.#pending.values()].filter((pending) => this.#urgent.has(pending.vehicle));
      this.#urgent.clear();
      this.#send(own);
    });
  }

  #turnLater(): void {
    if (this.#isTurning) return;
    this.#isTurning = true;
    this.#timers.after(TURN_MS, () => {
      this.#isTurning = false;
      this.#turn += 1;
      this.#send([...this.#pending.values()].filter((pending) => pending.dueAtTurn <= this.#turn));
      if (this.#pending.size > 0) this.#turnLater();
    });
  }
}
