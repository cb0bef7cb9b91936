import type {
  EventItem,
  GapItem,
  LaneItem,
  MediaItem,
  NumericsItem,
  PositionItem,
  WaveformItem,
} from '@pentad/protocol/lane-item';
import type { Lane, Road } from '@pentad/protocol/lane';
import type { ItemKey, UplinkRefusal } from '@pentad/protocol/uplink';

/** How one offered item ended. `stored` is only said after COMMIT; a transient failure is no end: it is tried again. */
export type ItemEnd =
  | { readonly kind: 'stored'; readonly key: ItemKey; readonly shed: readonly (readonly [Lane, number, number])[] }
  | { readonly kind: 'refused'; readonly key: ItemKey | null; readonly code: UplinkRefusal }
  /** The shard is no longer ours: whoever has it now gets the item again. */
  | { readonly kind: 'given-up' };

export interface UplinkEntry<Item extends LaneItem = LaneItem> {
  readonly item: Item;
  readonly road: Road;
  readonly shard: number;
  readonly receivedAtMs: number;
  readonly raw: Uint8Array;
  readonly end: (end: ItemEnd) => void;
}

export type NumericsEntry = UplinkEntry<NumericsItem>;
export type PositionEntry = UplinkEntry<PositionItem>;
export type TelemetryEntry = UplinkEntry<NumericsItem | PositionItem>;
export type WaveformEntry = UplinkEntry<WaveformItem>;
export type MediaEntry = UplinkEntry<MediaItem>;
/** What is stored by day. */
export type SeriesEntry = TelemetryEntry | WaveformEntry;
export type LogEntry = UplinkEntry<EventItem | GapItem>;

export const keyOf = (item: LaneItem): ItemKey => ({
  vehicle: item.vehicle,
  epoch: item.epoch,
  lane: item.lane,
  seq: item.seq,
});
export const isNumerics = (entry: SeriesEntry): entry is NumericsEntry => entry.item.lane === 'vit';
export const isPosition = (entry: SeriesEntry): entry is PositionEntry => entry.item.lane === 'pos';
export const isBackfill = (road: Road): boolean => road === 'bkv' || road === 'bkp' || road === 'bkw';
