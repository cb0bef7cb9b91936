import type { DownlinkFrame } from '@pentad/protocol/downlink';
import type { Epoch, VehicleId } from '@pentad/protocol/ids';
import type { Lane, Road } from '@pentad/protocol/lane';
import type { LaneItem } from '@pentad/protocol/lane-item';
import type { Receipt } from '@pentad/protocol/receipt';

export interface LedgerEntry {
  readonly item: LaneItem;
  readonly road: Road;
  /** What is put on the wire; other bytes than the item's where the run wants a damaged one. */
  readonly bytes: Uint8Array;
  /** The refusal this entry must end with; null = it must be stored. */
  readonly expectedRefusal: string | null;
  offers: number;
  isInFlight: boolean;
  nextOfferAtMs: number;
  receiptedAs: 'stored' | 'refused' | null;
  refusedCode: string | null;
}

/** What this vehicle really captured and was told: the ground truth the tables are held against. Append-only. */
export class VehicleLedger {
  readonly vehicle: VehicleId;
  readonly epoch: Epoch;
  readonly entries: LedgerEntry[] = [];
  readonly downlinks: DownlinkFrame[] = [];
  /** Everything the server said that the vehicle's own record contradicts. */
  readonly untruths: string[] = [];
  /** Messages on its downlink subjects that are neither a receipt nor a frame of its own. */
  unreadable = 0;
  readonly #byKey = new Map<string, LedgerEntry>();
  readonly #highest = new Map<Lane, number>();

  constructor(vehicle: VehicleId, epoch: Epoch) {
    this.vehicle = vehicle;
    this.epoch = epoch;
  }

  nextSeq(lane: Lane): number {
    const seq = (this.#highest.get(lane) ?? 0) + 1;
    this.#highest.set(lane, seq);
    return seq;
  }

  add(entry: LedgerEntry): void {
    this.entries.push(entry);
    this.#byKey.set(`${entry.item.lane}/${entry.item.seq}`, entry);
  }

  hear(receipt: Receipt): void {
    const { vehicle, epoch, lane, through, ranges, refused } = receipt;
    if (vehicle !== this.vehicle || epoch !== this.epoch) {
      this.untruths.push(`a receipt of ${vehicle}/${epoch} came to ${this.vehicle}`);
      return;
    }
    const stored = through > 0 ? [[1, through] as const, ...ranges] : ranges;
    for (const [from, to] of stored) for (let seq = from; seq <= to; seq += 1) this.#settle(lane, seq, 'stored', null);
    for (const { seq, code } of refused) this.#settle(lane, seq, 'refused', code);
  }

  get unreceipted(): LedgerEntry[] {
    return this.entries.filter((entry) => entry.receiptedAs === null);
  }

  #settle(lane: Lane, seq: number, as: 'stored' | 'refused', code: string | null): void {
    const entry = this.#byKey.get(`${lane}/${seq}`);
    if (!entry) this.untruths.push(`a receipt names ${lane} ${seq}, which was never captured`);
    else if (entry.receiptedAs !== null && entry.receiptedAs !== as) {
      this.untruths.push(`${lane} ${seq} is receipted as ${entry.receiptedAs} and as ${as}`);
    } else {
      entry.receiptedAs = as;
      entry.refusedCode = code;
    }
  }
}
