import { Specialty } from '@pentad/protocol/center';
import { MilestoneCode } from '@pentad/protocol/milestone';
import type { Tier } from '@pentad/protocol/pre-alert';
import * as v from 'valibot';
import given from '../../data/clock-targets.json' with { type: 'json' };
import { Bilingual, RuleStatus } from '../rules/rule-definition.ts';

const Seconds = v.nullable(v.pipe(v.number(), v.finite(), v.minValue(0)));

/** 官方: of a national or certification document that names it; 推荐: everything else. */
export const TargetKind = v.picklist(['official', 'recommended']);

/** What the log lacks to answer. */
export const NotYetMeasured = v.strictObject({ field: v.pipe(v.string(), v.minLength(1)), ...Bilingual.entries });

const ClockTarget = v.pipe(
  v.strictObject({
    id: v.pipe(v.string(), v.regex(/^[A-Z][A-Z0-9-]{2,31}$/)),
    /** `any`: whatever the specialty. */
    specialty: v.union([Specialty, v.literal('any')]),
    name: Bilingual,
    /** The first of these that is stamped starts the clock. */
    from: v.array(MilestoneCode),
    /** The earliest of these that is stamped ends it. */
    to: v.array(MilestoneCode),
    /** Both inclusive unless `isStrict`; null: no limit on that side. */
    atLeastS: Seconds,
    atMostS: Seconds,
    /** The limit itself no longer meets the target (second reading C41). */
    isStrict: v.boolean(),
    /** must: what alarms; goal: what is striven for; record: no limit at all. */
    strength: v.picklist(['must', 'goal', 'record']),
    kind: TargetKind,
    /** Share of cases that shall meet it. */
    goalPercent: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(100))),
    tier: v.optional(v.picklist(['level-1', 'level-2'])),
    arrival: v.optional(v.picklist(['direct', 'transferred'])),
    /** An end before the start is an answer here, not a mistake: a team ready after the patient came. */
    isEitherOrder: v.optional(v.literal(true)),
    /** For whom, where the log does not say it: shown beside the target. */
    appliesTo: v.optional(Bilingual),
    notYetMeasured: v.optional(NotYetMeasured),
    source: v.pipe(v.string(), v.minLength(1), v.maxLength(300)),
    status: RuleStatus,
  }),
  v.check(
    ({ from, to, notYetMeasured }) => (from.length > 0 && to.length > 0) !== (notYetMeasured !== undefined),
    'both ends, or what is not yet measured',
  ),
  v.check(
    ({ strength, atLeastS, atMostS, notYetMeasured }) =>
      notYetMeasured !== undefined || (strength === 'record') === (atLeastS === null && atMostS === null),
    'a limit unless it is for the record',
  ),
);
export type ClockTarget = v.InferOutput<typeof ClockTarget>;

const ClockTargets = v.strictObject({
  version: v.pipe(v.string(), v.maxLength(32)),
  targets: v.pipe(
    v.array(ClockTarget),
    v.check((all) => new Set(all.map(({ id }) => id)).size === all.length, 'an id is given twice'),
  ),
});

/** Throws ValiError naming the place. */
export const clockTargetsOf = (data: unknown): readonly ClockTarget[] => v.parse(ClockTargets, data).targets;

/** Every interval of clinical.md B1.3 to B5.4, unless a site says otherwise. */
export const clockTargets: readonly ClockTarget[] = clockTargetsOf(given);

/** The clocks of a case; `arrival` null: not known, then those for one way of arriving are left out. */
export const clockTargetsFor = (
  specialty: Specialty,
  tier: Tier,
  arrival: 'direct' | 'transferred' | null,
  all: readonly ClockTarget[] = clockTargets,
): readonly ClockTarget[] =>
  all.filter(
    (one) =>
      (one.specialty === 'any' || one.specialty === specialty) &&
      (one.tier === undefined || one.tier === tier) &&
      (one.arrival === undefined || one.arrival === arrival),
  );
