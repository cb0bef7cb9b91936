import { laneOf, type Road } from '@pentad/protocol/lane';
import { decodeItem, type ItemKey, type UplinkRefusal } from '@pentad/protocol/uplink';
import type { Clock } from '../platform/ports.ts';
import type { KnownVehicles } from '../vehicles/known-vehicles.ts';
import { withServerTimes } from './correct-times.ts';
import type { EventLane } from './event-lane.ts';
import type { UplinkStore } from './ports.ts';
import type { ItemEnd, MediaEntry, TelemetryEntry, WaveformEntry } from './uplink-entry.ts';

export interface Offered {
  readonly vehicle: string;
  readonly road: Road;
  readonly shard: number;
  readonly bytes: Uint8Array;
  readonly end: (end: ItemEnd) => void;
}

/** Takes entries over and ends each of them. */
export interface Taker<Entry> {
  add(entry: Entry): void;
}

export interface ReceiverOptions {
  readonly store: UplinkStore;
  readonly telemetry: Taker<TelemetryEntry>;
  readonly waveforms: Taker<WaveformEntry>;
  readonly media: Taker<MediaEntry>;
  readonly vehicles: KnownVehicles;
  readonly clock: Clock;
  eventLane(shard: number): EventLane;
  onRefused(code: UplinkRefusal): void;
}

/** Decode and handle are separate steps with separate ends: unreadable → quarantine row, then refused; read → its lane. */
export class Receiver {
  readonly #options: ReceiverOptions;

  constructor(options: ReceiverOptions) {
    this.#options = options;
  }

  receive(offered: Offered): void {
    const { vehicles, clock, telemetry, waveforms, media } = this.#options;
    const standing = vehicles.standing(offered.vehicle);
    if (standing !== 'known') {
      void this.#refuse(offered, standing === 'revoked' ? 'uplink.vehicle-revoked' : 'uplink.vehicle-unknown', null);
      return;
    }
    const decoded = decodeItem(offered.bytes, offered.vehicle, laneOf(offered.road));
    if (!decoded.ok) {
      void this.#refuse(offered, decoded.code, decoded.key);
      return;
    }
    const { road, shard, bytes: raw } = offered;
    const { item } = decoded;
    const frame = { road, shard, raw, receivedAtMs: clock.nowMs(), end: offered.end };
    switch (item.lane) {
      case 'evt':
        return this.#options.eventLane(shard).add({ ...frame, item });
      case 'vit':
      case 'pos':
        return telemetry.add({ ...frame, item: withServerTimes(item) });
      case 'wav':
        return waveforms.add({ ...frame, item: withServerTimes(item) });
      case 'med':
        return media.add({ ...frame, item });
    }
  }

  async #refuse(offered: Offered, code: UplinkRefusal, key: ItemKey | null): Promise<void> {
    this.#options.onRefused(code);
    const receivedAtMs = this.#options.clock.nowMs();
    const entry = {
      vehicle: offered.vehicle,
      lane: key?.lane ?? laneOf(offered.road),
      key,
      code,
      raw: offered.bytes,
      receivedAtMs,
    };
    await this.#options.store.quarantine(entry).then(
      () => offered.end({ kind: 'refused', key, code }),
      () => offered.end({ kind: 'given-up' }),
    );
  }
}
