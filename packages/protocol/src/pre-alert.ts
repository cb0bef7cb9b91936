import * as v from 'valibot';
import { Specialty } from './center.ts';
import { DeskId, FindingId, HospitalId, PreAlertId, TargetId } from './ids.ts';
import { Code, InstantMs } from './quantities.ts';

/** 一级 / 二级 / 请会诊 (advice: no siren). */
export const Tier = v.picklist(['level-1', 'level-2', 'advice']);
export type Tier = v.InferOutput<typeof Tier>;

const urgency: Record<Tier, number> = { 'level-1': 3, 'level-2': 2, advice: 1 };
export const isMoreUrgent = (a: Tier, b: Tier): boolean => urgency[a] > urgency[b];
export const moreUrgent = (a: Tier, b: Tier): Tier => (isMoreUrgent(a, b) ? a : b);

/** 接收 · N分钟后可接 · 建议改送 · 请会诊. The first two make the owner and stop sound and ladder. */
export const Answer = v.picklist(['accept', 'accept-in-minutes', 'suggest-divert', 'ask-consult']);
export type Answer = v.InferOutput<typeof Answer>;
export const makesOwner = (answer: Answer): boolean => answer === 'accept' || answer === 'accept-in-minutes';

/** One input of a rule as it was read: value, unit and age are kept together. */
export const FindingInput = v.object({
  name: v.pipe(v.string(), v.maxLength(64)),
  value: v.nullable(v.union([v.number(), v.string(), v.boolean()])),
  unit: v.nullable(v.string()),
  measuredAtMs: v.nullable(InstantMs),
  /** A single or doubtful reading that fires on the dangerous side until somebody confirms or clears it. */
  isProvisional: v.optional(v.literal(true)),
});
export type FindingInput = v.InferOutput<typeof FindingInput>;

/** More than any specialty has: no finding is refused for the remarks that go with it. */
export const FLAGS_AT_MOST = 64;

export const Finding = v.object({
  ruleId: v.pipe(v.string(), v.regex(/^[A-Z0-9][A-Za-z0-9-]{0,31}$/)),
  ruleVersion: v.pipe(v.string(), v.maxLength(32)),
  specialty: Specialty,
  tier: Tier,
  inputs: v.array(FindingInput),
  missing: v.array(v.string()),
  score: v.nullable(v.object({ name: v.string(), minimum: v.number(), maximum: v.number() })),
  /** Remarks that travel with the alert: `thrombolysis-hold`, `mtp`. Left out when none holds. */
  flags: v.optional(v.pipe(v.array(Code), v.maxLength(FLAGS_AT_MOST))),
});
export type Finding = v.InferOutput<typeof Finding>;

const Target = v.looseObject({ targetId: TargetId, hospitalId: HospitalId, deskId: DeskId });

const Cause = v.variant('kind', [
  v.object({ kind: v.literal('rule'), findingId: FindingId }),
  v.object({ kind: v.literal('crew'), requestId: v.string() }),
]);
export type PreAlertCause = v.InferOutput<typeof Cause>;

const onTarget = { preAlertId: PreAlertId, targetId: TargetId };

/** Events of the pre-alert's life. `requested` is the crew's; the others are written by the server alone. */
export const preAlertEvents = {
  'pre-alert.requested': v.looseObject({
    requestId: v.pipe(v.string(), v.regex(/^[A-Za-z0-9-]{1,64}$/)),
    specialty: v.nullable(Specialty),
    tier: Tier,
    hospitalId: v.nullable(HospitalId),
    agentFindings: v.pipe(v.array(Finding), v.maxLength(16)),
  }),
  'finding.raised': v.looseObject({
    findingId: FindingId,
    episode: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
    finding: Finding,
  }),
  'finding.ended': v.looseObject({ findingId: FindingId }),
  'pre-alert.raised': v.looseObject({
    preAlertId: PreAlertId,
    specialty: Specialty,
    tier: Tier,
    cause: Cause,
    targets: v.pipe(v.array(Target), v.minLength(1)),
  }),
  'pre-alert.tier-raised': v.looseObject({ preAlertId: PreAlertId, tier: Tier, cause: Cause }),
  /** Another reason for an alert that is already open and as urgent: recorded, not sounded. */
  'pre-alert.cause-added': v.looseObject({ preAlertId: PreAlertId, cause: Cause }),
  'pre-alert.tier-lowered': v.looseObject({ preAlertId: PreAlertId, tier: Tier, reason: Code }),
  'pre-alert.target-added': v.looseObject({
    preAlertId: PreAlertId,
    target: Target,
    reason: v.picklist(['redirect', 'ladder', 'manual', 'destination']),
    fromTargetId: v.nullable(TargetId),
  }),
  'pre-alert.target-released': v.looseObject({ ...onTarget, reason: Code }),
  'pre-alert.delivered': v.looseObject(onTarget),
  'pre-alert.displayed': v.looseObject(onTarget),
  'pre-alert.seen': v.looseObject(onTarget),
  'pre-alert.answered': v.looseObject({
    ...onTarget,
    answer: Answer,
    minutes: v.nullable(v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(120))),
    reason: v.nullable(Code),
  }),
  'pre-alert.escalated': v.looseObject({
    ...onTarget,
    step: Code,
    round: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
    dueAtMs: InstantMs,
    notifies: v.array(Code),
  }),
  'pre-alert.cancelled': v.looseObject({ preAlertId: PreAlertId, reason: Code }),
  'team.activated': v.looseObject({ preAlertId: PreAlertId }),
  'team.ready': v.looseObject({ preAlertId: PreAlertId }),
  'team.stood-down': v.looseObject({
    preAlertId: PreAlertId,
    kind: v.picklist(['stand-down', 'false-activation']),
    reason: Code,
  }),
} as const;
