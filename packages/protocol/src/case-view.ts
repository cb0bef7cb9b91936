import * as v from 'valibot';
import { CaseOrigin, Specialty } from './center.ts';
import { CaseId, DeskId, HospitalId, PreAlertId, TargetId, VehicleId } from './ids.ts';
import { MilestoneCode, MilestoneSource } from './milestone.ts';
import { Answer, Finding, Tier } from './pre-alert.ts';
import { InstantMs } from './quantities.ts';

/**
 * What a reader of a case may see. full: name as recorded. masked: 张*. none: no name, no exact age, for walls
 * and idle desk sessions. Frames are built once per class (design decision 9).
 */
export const Visibility = v.picklist(['full', 'masked', 'none']);
export type Visibility = v.InferOutput<typeof Visibility>;

const Stamp = v.object({ atMs: InstantMs, byName: v.nullable(v.string()) });

export const TargetView = v.object({
  targetId: TargetId,
  hospitalId: HospitalId,
  deskId: DeskId,
  addedAtMs: InstantMs,
  deliveredAtMs: v.nullable(InstantMs),
  displayedAtMs: v.nullable(InstantMs),
  seen: v.nullable(Stamp),
  answers: v.array(
    v.object({ ...Stamp.entries, answer: Answer, minutes: v.nullable(v.number()), reason: v.nullable(v.string()) }),
  ),
  isReleased: v.boolean(),
  isRinging: v.boolean(),
  /** The whole ladder of this target: fired steps with their instant, later ones with when they are due. */
  ladder: v.array(
    v.object({ step: v.string(), round: v.number(), dueAtMs: InstantMs, firedAtMs: v.nullable(InstantMs) }),
  ),
});
export type TargetView = v.InferOutput<typeof TargetView>;

export const PreAlertView = v.object({
  preAlertId: PreAlertId,
  specialty: Specialty,
  tier: Tier,
  raisedAtMs: InstantMs,
  /** When the crew pressed, on the vehicle's clock; null when a rule raised it. */
  pressedAtMs: v.nullable(InstantMs),
  isOpen: v.boolean(),
  ownerTargetId: v.nullable(TargetId),
  targets: v.array(TargetView),
});
export type PreAlertView = v.InferOutput<typeof PreAlertView>;

export const TimelineEntryView = v.object({
  caseSeq: v.number(),
  type: v.string(),
  occurredAtMs: InstantMs,
  recordedAtMs: InstantMs,
  actorKind: v.string(),
  actorName: v.nullable(v.string()),
});

export const CaseView = v.object({
  visibility: Visibility,
  caseId: CaseId,
  caseSeq: v.number(),
  origin: v.nullable(CaseOrigin),
  status: v.string(),
  isOver: v.boolean(),
  openedAtMs: v.nullable(InstantMs),
  vehicle: v.nullable(VehicleId),
  specialty: v.nullable(Specialty),
  patientName: v.nullable(v.string()),
  patient: v.object({
    /** Rounded down to the decade where visibility is none. */
    ageYears: v.nullable(v.number()),
    ageDays: v.nullable(v.number()),
    sex: v.nullable(v.picklist(['male', 'female'])),
    gestationDays: v.nullable(v.number()),
    isPregnant: v.nullable(v.boolean()),
  }),
  complaintCodes: v.array(v.string()),
  destination: v.nullable(v.object({ hospitalId: HospitalId, reason: v.string() })),
  preAlerts: v.array(PreAlertView),
  findings: v.array(v.object({ findingId: v.string(), raisedAtMs: InstantMs, isEnded: v.boolean(), finding: Finding })),
  milestones: v.array(v.object({ code: MilestoneCode, atMs: InstantMs, source: MilestoneSource })),
  conflicts: v.array(v.object({ key: v.string(), kind: v.string(), field: v.string() })),
  /** Whole on the case's own topic, empty elsewhere. */
  timeline: v.array(TimelineEntryView),
});
export type CaseView = v.InferOutput<typeof CaseView>;
