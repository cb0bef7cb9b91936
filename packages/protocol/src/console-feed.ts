import * as v from 'valibot';
import { CaseView } from './case-view.ts';
import { CaseId, DeskId, HospitalId, PreAlertId, TargetId, VehicleId } from './ids.ts';
import { InstantMs } from './quantities.ts';
import { Position } from './position.ts';
import { Vitals, VitalTimes } from './vitals.ts';

/** `desk:<id>` `center:<hospital>.<specialty>` `vehicle:<id>` `case:<id>` `region` `shard:<n>`: numbered without gaps, each by itself. */
export const Topic = v.pipe(
  v.string(),
  v.regex(/^(region|(desk|center|vehicle|case|shard):[a-z0-9][a-z0-9.-]{0,79})$/),
);
const Cursor = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

export const topicOf = {
  desk: (deskId: string) => `desk:${deskId}`,
  center: (hospitalId: string, specialty: string) => `center:${hospitalId}.${specialty}`,
  vehicle: (vehicle: string) => `vehicle:${vehicle}`,
  case: (caseId: string) => `case:${caseId}`,
  shard: (shard: number) => `shard:${shard}`,
  region: 'region',
} as const;

/** NaN for a topic of another kind. */
export const shardOfTopic = (topic: string): number => Number(/^shard:(\d+)$/.exec(topic)?.[1]);

/** One row of a topic. `case` replaces what the reader has of that case when its caseSeq is higher: applying it twice is harmless. */
export const FeedFrame = v.variant('kind', [
  v.object({ kind: v.literal('case'), case: CaseView }),
  /** A ladder step fired: the target rings again, whatever the page was doing. */
  v.object({
    kind: v.literal('ring'),
    caseId: CaseId,
    preAlertId: PreAlertId,
    targetId: TargetId,
    step: v.string(),
    round: v.number(),
  }),
]);
export type FeedFrame = v.InferOutput<typeof FeedFrame>;

export const NumericsView = v.object({
  caseId: CaseId,
  vehicle: VehicleId,
  measuredAtMs: InstantMs,
  receivedAtMs: InstantMs,
  vitals: Vitals,
  times: VitalTimes,
  /** Came by a backlog road: drawn hatched, never sounded as live. */
  isBackfill: v.boolean(),
});
export type NumericsView = v.InferOutput<typeof NumericsView>;

/**
 * When the unit will be at the destination of its case, seen from where it was at `computedAtMs`; the band is part of
 * it. null or absent: unknown. It says nothing of any other hospital than `hospitalId`.
 */
const UnitEta = v.object({
  hospitalId: HospitalId,
  atMs: InstantMs,
  fromMs: InstantMs,
  toMs: InstantMs,
  computedAtMs: InstantMs,
  /** Great circle: no road map was asked, or none answered. */
  source: v.picklist(['great-circle', 'osrm', 'valhalla']),
  /** Of the way by road. */
  distanceM: v.pipe(v.number(), v.finite(), v.minValue(0)),
});

export const UnitView = v.object({
  vehicle: VehicleId,
  position: v.nullable(Position),
  measuredAtMs: v.nullable(InstantMs),
  lastHeardAtMs: v.nullable(InstantMs),
  caseId: v.nullable(CaseId),
  eta: v.optional(v.nullable(UnitEta)),
});
export type UnitView = v.InferOutput<typeof UnitView>;

export const ServerMessage = v.variant('type', [
  v.object({ type: v.literal('welcome'), serverNowMs: InstantMs, instance: v.string() }),
  /** Once a second: the page's clock, and the proof that the link lives. */
  v.object({ type: v.literal('tick'), serverNowMs: InstantMs }),
  /** All that is open under a topic, as of cursor n; replaces what the reader had. */
  v.object({ type: v.literal('snapshot'), topic: Topic, n: Cursor, cases: v.array(CaseView) }),
  v.object({ type: v.literal('frame'), topic: Topic, n: Cursor, frame: FeedFrame }),
  v.object({ type: v.literal('numerics'), items: v.array(NumericsView) }),
  v.object({ type: v.literal('units'), units: v.array(UnitView) }),
  v.object({ type: v.literal('refused'), code: v.string(), topic: v.nullable(Topic) }),
]);
export type ServerMessage = v.InferOutput<typeof ServerMessage>;

export const ClientMessage = v.variant('type', [
  /** `after` null: begin with a snapshot. A cursor older than the trimmed feed gets one too. */
  v.strictObject({ type: v.literal('subscribe'), topic: Topic, after: v.nullable(Cursor) }),
  v.strictObject({ type: v.literal('unsubscribe'), topic: Topic }),
  /** Numerics are sent only while someone looks. */
  v.strictObject({ type: v.literal('watch-numerics'), caseIds: v.pipe(v.array(CaseId), v.maxLength(64)) }),
  v.strictObject({ type: v.literal('watch-units'), isWatching: v.boolean() }),
  /** Every 5 s from a worker: a hidden, muted or frozen page is not a staffed desk (faults.md L6). */
  v.strictObject({ type: v.literal('presence'), deskId: DeskId, isVisible: v.boolean(), canSound: v.boolean() }),
  /** delivered: the page holds the frame. displayed: drawn on a visible page that can sound. */
  v.strictObject({
    type: v.literal('confirm'),
    deskId: DeskId,
    caseId: CaseId,
    preAlertId: PreAlertId,
    targetId: TargetId,
    stage: v.picklist(['delivered', 'displayed']),
  }),
]);
export type ClientMessage = v.InferOutput<typeof ClientMessage>;
