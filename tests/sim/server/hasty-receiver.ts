import { decodeItem } from '@pentad/protocol/uplink';
import { laneOf } from '@pentad/protocol/lane';
import { Receiver, type Offered, type ReceiverOptions } from '@pentad/server/uplink/receive-item';
import { keyOf, type ItemEnd } from '@pentad/server/uplink/uplink-entry';

/** Planted bug: says "stored" as soon as an item has come. */
export class HastyReceiver extends Receiver {
  readonly #note: (end: ItemEnd) => void;

  constructor(options: ReceiverOptions, note: (end: ItemEnd) => void) {
    super(options);
    this.#note = note;
  }

  override receive(offered: Offered): void {
    const decoded = decodeItem(offered.bytes, offered.vehicle, laneOf(offered.road));
    if (decoded.ok) this.#note({ kind: 'stored', key: keyOf(decoded.item), shed: [] });
    super.receive(offered);
  }
}
