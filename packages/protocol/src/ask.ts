import * as v from 'valibot';
import { JobCardText } from './dispatch-job.ts';
import { CaseId, Epoch, VehicleId } from './ids.ts';
import { Lane } from './lane.ts';
import { InstantMs, SequenceNumber } from './quantities.ts';
import { Receipt } from './receipt.ts';

const who = { vehicle: VehicleId, epoch: Epoch };
const Count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** Four-timestamp clock question (RFC 5905 on-wire offset): t0 agent, t1 and t2 server, t3 agent at the answer. */
export const AskTime = v.looseObject({ ...who, t0Ms: InstantMs });
export const TimeAnswer = v.looseObject({ vehicle: VehicleId, t0Ms: InstantMs, t1Ms: InstantMs, t2Ms: InstantMs });

export const AskHello = v.looseObject({
  ...who,
  nonce: v.pipe(v.string(), v.regex(/^[0-9a-f]{16,64}$/)),
  protocol: v.pipe(v.number(), v.safeInteger()),
  bootId: v.string(),
  highest: v.record(Lane, Count),
  downlinkAfter: Count,
});
/** `isSecondEpoch`: another journal of this vehicle was heard within 10 minutes (cloned disk, faults.md E16). */
export const HelloAnswer = v.looseObject({
  vehicle: VehicleId,
  nonce: v.string(),
  protocol: v.pipe(v.number(), v.safeInteger()),
  horizon: v.string(),
  isSecondEpoch: v.boolean(),
  downlinkN: Count,
  receipts: v.array(Receipt),
  serverNowMs: InstantMs,
});

/** What do you hold of this lane from `from` on (the oldest the agent has no receipt for)? Answered by a receipt from rows. */
export const AskHeld = v.looseObject({ ...who, lane: Lane, from: SequenceNumber });
export const HeldAnswer = v.looseObject({ receipt: Receipt });

export const AskDownlink = v.looseObject({ ...who, after: Count });

/** The sealed part of the dispatch job of a case of this vehicle: names and addresses never travel in an event frame. */
export const AskJob = v.looseObject({ ...who, caseId: CaseId });
export const JobAnswer = v.looseObject({ vehicle: VehicleId, caseId: CaseId, card: v.nullable(JobCardText) });

/** Every 5 s, never stored; a reply older than 10 s is shown as link loss. */
export const Heartbeat = v.looseObject({ ...who, sentAtMs: InstantMs, waiting: v.record(Lane, Count) });
export const HeartbeatAnswer = v.looseObject({ vehicle: VehicleId, sentAtMs: InstantMs, serverNowMs: InstantMs });

export type AskTime = v.InferOutput<typeof AskTime>;
export type TimeAnswer = v.InferOutput<typeof TimeAnswer>;
export type AskHello = v.InferOutput<typeof AskHello>;
export type HelloAnswer = v.InferOutput<typeof HelloAnswer>;
export type AskHeld = v.InferOutput<typeof AskHeld>;
export type AskDownlink = v.InferOutput<typeof AskDownlink>;
export type AskJob = v.InferOutput<typeof AskJob>;
export type JobAnswer = v.InferOutput<typeof JobAnswer>;
export type Heartbeat = v.InferOutput<typeof Heartbeat>;
export type HeartbeatAnswer = v.InferOutput<typeof HeartbeatAnswer>;

/** offset = server minus agent; the error is half the round trip, since the two ways may differ by all of it. */
export function clockFromAnswer(answer: TimeAnswer, t3Ms: number): { offsetMs: number; errorMs: number } {
  const roundTripMs = Math.max(0, t3Ms - answer.t0Ms - (answer.t2Ms - answer.t1Ms));
  const offsetMs = (answer.t1Ms - answer.t0Ms + (answer.t2Ms - t3Ms)) / 2;
  return { offsetMs, errorMs: Math.ceil(roundTripMs / 2) };
}
