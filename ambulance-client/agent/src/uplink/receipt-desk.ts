import type { Epoch, VehicleId } from '@pentad/protocol/ids';
import type { Receipt } from '@pentad/protocol/receipt';
import type { SeqRange } from '@pentad/protocol/seq-range';
import { SeqSet } from '../journal/seq-set.ts';
import { journalLanes, type Journal, type JournalLane, type Log, type Refused } from '../ports.ts';

export interface ReceiptPorts {
  readonly vehicle: VehicleId;
  readonly journal: Journal;
  readonly log: Log;
  readonly serverNowMs: () => number;
  /** These need no offering any more. */
  readonly settled: (lane: JournalLane, ranges: readonly SeqRange[]) => void;
  /** The database was restored to an earlier point: all that is held is offered again. */
  readonly horizonChanged: () => void;
  /** The server holds items of this epoch that this journal never wrote. */
  readonly journalIsBehind: () => void;
}

export type ReceiptOutcome = 'applied' | 'wrong-vehicle' | 'wrong-epoch' | 'lane-not-kept' | 'beyond-the-journal';

/** What the server says is committed. Only a receipt settles an item; a receipt that is not ours changes nothing. */
export class ReceiptDesk {
  readonly #ports: ReceiptPorts;
  #refused = 0;

  constructor(ports: ReceiptPorts) {
    this.#ports = ports;
  }

  get refusedCount(): number {
    return this.#refused;
  }

  /** An unreadable receipt, counted with those that are not ours. */
  unreadable(): void {
    this.#refuse('unreadable');
  }

  apply(receipt: Receipt): ReceiptOutcome {
    const { vehicle, journal, settled, serverNowMs } = this.#ports;
    const lane = journalLanes.find((name) => name === receipt.lane);
    if (receipt.vehicle !== vehicle) return this.#refuse('wrong-vehicle');
    if (receipt.epoch !== this.#epoch()) return this.#refuse('wrong-epoch');
    if (!lane) return this.#refuse('lane-not-kept');
    const { highest, refused: knownRefused } = journal.holdings(lane);
    const { stored, refused, top } = covered(receipt, knownRefused);
    if (top > highest) {
      this.#refuse('beyond-the-journal');
      this.#ports.journalIsBehind();
      return 'beyond-the-journal';
    }
    this.noteHorizon(receipt.horizon);
    journal.settle(lane, { stored, refused }, serverNowMs());
    settled(lane, [...stored, ...refused.map(({ seq }): SeqRange => [seq, seq])]);
    if (refused.length > 0) this.#ports.log.warn('receipt.refused-items', { lane, count: refused.length });
    return 'applied';
  }

  noteHorizon(horizon: string): void {
    const { journal, horizonChanged, log } = this.#ports;
    const known = journal.horizon();
    if (known === horizon) return;
    journal.forgetReceipts(horizon);
    if (known === null) return;
    log.warn('receipt.horizon-changed', { horizon });
    horizonChanged();
  }

  #epoch(): Epoch {
    return this.#ports.journal.epoch;
  }

  #refuse<T extends string>(reason: T): T {
    this.#refused += 1;
    this.#ports.log.warn('receipt.refused', { reason });
    return reason;
  }
}

/** `through` runs over seqs that ended refused or shed as well: those are not stored by it. */
function covered(receipt: Receipt, knownRefused: readonly Refused[]) {
  const { through, ranges, shed } = receipt;
  const refused = receipt.refused.map(({ seq, code }) => ({ seq, code }));
  const stored = new SeqSet(through > 0 ? [[1, through]] : []);
  for (const { seq } of knownRefused) stored.takeSeq(seq);
  for (const range of ranges) stored.add(range);
  for (const range of shed) stored.take(range);
  for (const { seq } of refused) stored.takeSeq(seq);
  const top = Math.max(0, stored.highest ?? 0, ...refused.map(({ seq }) => seq));
  return { stored: stored.ranges(), refused, top };
}
