import type { Lane } from '@pentad/protocol/lane';
import { isEventItem, type LaneItem } from '@pentad/protocol/lane-item';
import { Receipt } from '@pentad/protocol/receipt';
import * as v from 'valibot';
import type { SimStore } from '../store/sim-store.ts';
import { isPoisonItem } from '../store/sim-uplink-store.ts';
import { laneKey, type Tables } from '../store/tables.ts';
import type { Ledger } from '../agent/ledger.ts';

const decoder = new TextDecoder();

/** Committed under this key, as a row or, for an event carried to a new epoch, under its event id. */
export function isStored(
  tables: Tables,
  ledger: Ledger,
  vehicle: string,
  epoch: string,
  lane: Lane,
  seq: number,
): boolean {
  const key = laneKey(vehicle, epoch, lane);
  if (lane !== 'evt') return tables.telemetry.get(key)?.has(seq) ?? false;
  if (tables.events.get(key)?.has(seq) || tables.gaps.get(key)?.has(seq)) return true;
  const captured = ledger.captured.get(key)?.get(seq)?.item;
  return captured !== undefined && isEventItem(captured) && tables.eventIds.has(captured.event.envelope.eventId);
}

export const isShed = (tables: Tables, vehicle: string, epoch: string, lane: Lane, seq: number): boolean =>
  [...(tables.gaps.get(laneKey(vehicle, epoch, 'evt'))?.values() ?? [])].some(
    ({ gap }) => gap.lane === lane && gap.ranges.some(([from, to]) => from <= seq && seq <= to),
  );

/** I1: what a receipt says is committed at the moment the receipt is said; what is acknowledged to the broker is too. */
export class ReceiptChecks {
  readonly #store: SimStore;
  readonly #ledger: Ledger;

  constructor(store: SimStore, ledger: Ledger) {
    this.#store = store;
    this.#ledger = ledger;
  }

  receiptBytes(data: Uint8Array): void {
    const read = v.safeParse(v.pipe(v.string(), v.parseJson(), Receipt), decoder.decode(data));
    if (read.success) this.receipt(read.output);
    else this.#store.world.broken('I1', 'a receipt that does not fit its schema');
  }

  receipt(receipt: Receipt): void {
    const { tables, world } = this.#store;
    const { vehicle, epoch, lane } = receipt;
    world.note(
      'receipt',
      `${vehicle} ${lane} ${receipt.through} ${receipt.ranges.map(([from, to]) => `${from}-${to}`).join(' ')}`,
    );
    const ranges = receipt.through > 0 ? [...receipt.ranges, [1, receipt.through] as const] : receipt.ranges;
    for (const [from, to] of ranges) {
      for (let seq = from; seq <= to; seq += 1) {
        if (!isStored(tables, this.#ledger, vehicle, epoch, lane, seq))
          world.broken('I1', `receipt for ${vehicle} ${lane} ${seq}, which is not committed`);
      }
    }
    for (const { seq } of receipt.refused) {
      if (!tables.quarantine.get(laneKey(vehicle, epoch, lane))?.has(seq))
        world.broken('I1', `receipt refuses ${vehicle} ${lane} ${seq}, which is not in quarantine`);
      const captured = this.#ledger.captured.get(laneKey(vehicle, epoch, lane))?.get(seq);
      if (captured && !isPoison(captured.item))
        world.broken('I3', `${vehicle} ${lane} ${seq} is sound and was refused`);
    }
    for (const [from, to] of receipt.shed) {
      if (!isShed(tables, vehicle, epoch, lane, from) || !isShed(tables, vehicle, epoch, lane, to))
        world.broken('I1', `receipt sheds ${vehicle} ${lane} ${from}-${to} undeclared`);
    }
  }

  acknowledged(data: Uint8Array): void {
    const { vehicle, epoch, lane, seq } = JSON.parse(decoder.decode(data)) as LaneItem;
    if (!isStored(this.#store.tables, this.#ledger, vehicle, epoch, lane, seq)) {
      this.#store.world.broken('I1', `${vehicle} ${lane} ${seq} acknowledged to the broker and not committed`);
    }
  }
}

const isPoison = (item: LaneItem): boolean => (item.lane === 'vit' || item.lane === 'pos') && isPoisonItem(item);
