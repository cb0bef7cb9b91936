import * as v from 'valibot';
import { clinicalByType } from './case-event-types.ts';
import { CaseId, EventId } from './ids.ts';
import { InstantMs } from './quantities.ts';

/**
 * Who did it. `assurance`: online = a live session, pin = verified on the vehicle while offline,
 * vehicle = only the vehicle is known. `name` is a staff member's display name, never a patient's.
 */
export const Actor = v.looseObject({
  kind: v.picklist(['crew', 'staff', 'dispatch', 'server']),
  id: v.pipe(v.string(), v.maxLength(64)),
  name: v.nullable(v.pipe(v.string(), v.maxLength(64))),
  assurance: v.picklist(['online', 'pin', 'vehicle']),
});
export type Actor = v.InferOutput<typeof Actor>;

/**
 * Device times are data, never order. `basedOnCaseSeq` is the last server event the writer had seen.
 */
export const Envelope = v.looseObject({
  eventId: EventId,
  caseId: CaseId,
  type: v.pipe(v.string(), v.regex(/^[a-z][a-z-]*\.[a-z][a-z-]*$/), v.maxLength(64)),
  occurredAtMs: InstantMs,
  actor: Actor,
  basedOnCaseSeq: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
});
export type Envelope = v.InferOutput<typeof Envelope>;

/** Names, identifiers, addresses, phones, free text: one flat object of short strings; the fold never looks inside. */
export const Sealed = v.record(
  v.pipe(v.string(), v.regex(/^[a-z][A-Za-z0-9]{0,39}$/)),
  v.nullable(v.pipe(v.string(), v.maxLength(4_000))),
);
export type Sealed = v.InferOutput<typeof Sealed>;

const ClinicalObject = v.record(v.string(), v.unknown());

/** The outer shape every event has, whatever its type. */
export const CaseEvent = v.looseObject({
  envelope: Envelope,
  clinical: ClinicalObject,
  sealed: v.optional(Sealed),
});
export type CaseEvent = v.InferOutput<typeof CaseEvent>;

/** An event as committed: the server gave it its place. Sealed content is only said to exist. */
export const RecordedEvent = v.looseObject({
  caseSeq: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  recordedAtMs: InstantMs,
  hasSealed: v.boolean(),
  envelope: Envelope,
  clinical: ClinicalObject,
});
export type RecordedEvent = v.InferOutput<typeof RecordedEvent>;

export type ClinicalByType = { [K in keyof typeof clinicalByType]: v.InferOutput<(typeof clinicalByType)[K]> };
export type CaseEventType = keyof ClinicalByType;

/** A known event, narrowed by `type`. */
export type KnownEvent = {
  [K in CaseEventType]: { type: K; clinical: ClinicalByType[K] };
}[CaseEventType];

const isKnownType = (type: string): type is CaseEventType => Object.hasOwn(clinicalByType, type);

/**
 * Narrows an event to a known one. `unknown-type`: a newer writer's event, kept and skipped alike everywhere.
 * `invalid`: a known type whose clinical part does not fit its schema.
 */
export function readClinical(type: string, clinical: unknown): KnownEvent | 'unknown-type' | 'invalid' {
  if (!isKnownType(type)) return 'unknown-type';
  const parsed = v.safeParse(clinicalByType[type], clinical);
  return parsed.success ? ({ type, clinical: parsed.output } as KnownEvent) : 'invalid';
}
