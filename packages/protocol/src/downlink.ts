import * as v from 'valibot';
import { RecordedEvent } from './case-event.ts';
import { CaseId, Epoch, VehicleId } from './ids.ts';
import { InstantMs } from './quantities.ts';

const Cursor = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/**
 * One row of the vehicle's gapless topic: committed events of one case, in caseSeq order.
 * The agent refuses a frame whose vehicle or epoch is not its own, and asks again from its cursor on a gap.
 */
export const DownlinkFrame = v.looseObject({
  vehicle: VehicleId,
  epoch: v.nullable(Epoch),
  n: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  caseId: CaseId,
  events: v.pipe(v.array(RecordedEvent), v.maxLength(512)),
});
export type DownlinkFrame = v.InferOutput<typeof DownlinkFrame>;

/** Answer to ask:downlink and to GET /v1/downlink. `isSnapshot`: the cursor was too old; `cases` hold whole logs. */
export const DownlinkPage = v.looseObject({
  vehicle: VehicleId,
  n: Cursor,
  frames: v.array(DownlinkFrame),
  isSnapshot: v.boolean(),
  cases: v.array(v.looseObject({ caseId: CaseId, events: v.array(RecordedEvent) })),
  serverNowMs: InstantMs,
});
export type DownlinkPage = v.InferOutput<typeof DownlinkPage>;
