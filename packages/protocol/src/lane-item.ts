import * as v from 'valibot';
import { CaseEvent } from './case-event.ts';
import { CaseId, Epoch, VehicleId } from './ids.ts';
import { Lane } from './lane.ts';
import { MediaChunk } from './media.ts';
import { Position } from './position.ts';
import { Day, DurationMs, InstantMs, MonotonicMs, SequenceNumber } from './quantities.ts';
import { SeqRange } from './seq-range.ts';
import { PROTOCOL_VERSION } from './version.ts';
import { Vitals, VitalTimes } from './vitals.ts';
import { Waveform } from './waveform.ts';

/** Largest message the broker takes (broker.md); a chunk is never over half of it. */
export const MAX_MESSAGE_BYTES = 262_144;

/** The agent's clock against the server's, as last measured by ask:time; null before the first answer. */
export const ClockReading = v.looseObject({ offsetMs: v.pipe(v.number(), v.finite()), errorMs: DurationMs });

const headerEntries = {
  protocol: v.pipe(
    v.number(),
    v.safeInteger(),
    v.minValue(Math.max(1, PROTOCOL_VERSION - 1)),
    v.maxValue(PROTOCOL_VERSION),
  ),
  vehicle: VehicleId,
  epoch: Epoch,
  seq: SequenceNumber,
  day: Day,
  measuredAtMs: InstantMs,
  capturedAtMs: InstantMs,
  monotonicMs: MonotonicMs,
  bootId: v.pipe(v.string(), v.regex(/^[a-z0-9-]{4,40}$/)),
  clock: v.nullable(ClockReading),
};

const telemetryEntries = {
  ...headerEntries,
  patientSlot: v.nullable(v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(8))),
  caseId: v.nullable(CaseId),
};

/**
 * What the agent says it will never send: records that failed authentication (their seqs become a gap,
 * never a value) and items shed because storage was full. `lane` is the lane the gap is in.
 */
export const LaneGap = v.looseObject({
  lane: Lane,
  ranges: v.pipe(v.array(SeqRange), v.minLength(1), v.maxLength(256)),
  cause: v.picklist(['journal-corrupt', 'storage-full', 'link-slow']),
});
export type LaneGap = v.InferOutput<typeof LaneGap>;

export const EventItem = v.looseObject({ ...headerEntries, lane: v.literal('evt'), event: CaseEvent });
export const GapItem = v.looseObject({ ...headerEntries, lane: v.literal('evt'), gap: LaneGap });
export const NumericsItem = v.looseObject({
  ...telemetryEntries,
  lane: v.literal('vit'),
  vitals: v.looseObject(Vitals.entries),
  times: v.looseObject(VitalTimes.entries),
});
export const PositionItem = v.looseObject({
  ...telemetryEntries,
  lane: v.literal('pos'),
  position: v.looseObject(Position.entries),
});

/** CBOR on the wire, like media. */
export const WaveformItem = v.looseObject({ ...telemetryEntries, lane: v.literal('wav'), waveform: Waveform });
export const MediaItem = v.looseObject({
  ...telemetryEntries,
  lane: v.literal('med'),
  caseId: CaseId,
  media: MediaChunk,
});

export type EventItem = v.InferOutput<typeof EventItem>;
export type GapItem = v.InferOutput<typeof GapItem>;
export type NumericsItem = v.InferOutput<typeof NumericsItem>;
export type PositionItem = v.InferOutput<typeof PositionItem>;
export type WaveformItem = v.InferOutput<typeof WaveformItem>;
export type MediaItem = v.InferOutput<typeof MediaItem>;
export type LaneItem = EventItem | GapItem | NumericsItem | PositionItem | WaveformItem | MediaItem;
export type TelemetryItem = NumericsItem | PositionItem;

export const isEventItem = (item: LaneItem): item is EventItem => item.lane === 'evt' && 'event' in item;
export const isGapItem = (item: LaneItem): item is GapItem => item.lane === 'evt' && 'gap' in item;
