import { Specialty } from '@pentad/protocol/center';
import { Tier } from '@pentad/protocol/pre-alert';
import * as v from 'valibot';

/** found: seen in a source; from-knowledge: the source is named, not opened; design-needs-sign-off: ours. */
export const RuleStatus = v.picklist(['found', 'from-knowledge', 'design-needs-sign-off']);
export type RuleStatus = v.InferOutput<typeof RuleStatus>;

const Text = v.pipe(v.string(), v.minLength(1), v.maxLength(600));
const Expression = v.pipe(v.string(), v.minLength(1), v.maxLength(4000));
const Name = v.pipe(v.string(), v.regex(/^[a-z][A-Za-z0-9]{0,47}$/));
/** Not a 31 February: such a text is read as a day of March. */
function isOfCalendar(day: string): boolean {
  const atMs = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(atMs) && new Date(atMs).toISOString().startsWith(day);
}
export const Bilingual = v.strictObject({ zh: Text, en: Text });

/** A named statement several rules share. It may use terms that stand before it. */
const TermDefinition = v.strictObject({
  name: Name,
  meaning: Bilingual,
  when: Expression,
  source: Text,
  status: RuleStatus,
});
export type TermDefinition = v.InferOutput<typeof TermDefinition>;

/** One trigger, as a clinician signs it off. */
const RuleDefinition = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^[A-Z0-9][A-Za-z0-9-]{0,31}$/)),
  version: v.pipe(v.string(), v.maxLength(32)),
  /** `selected`: the center the crew chose, the emergency department without one. */
  specialty: v.union([Specialty, v.literal('selected')]),
  tier: Tier,
  name: Bilingual,
  meaning: Bilingual,
  when: Expression,
  /** TRUE: clearly over. Left out: when `when` is FALSE. */
  over: v.optional(Expression),
  /** While this is TRUE the crew is asked for what an UNKNOWN rule lacks. Left out: never asked. */
  asksWhile: v.optional(Expression),
  /** How long streamed values must have held, s; 30 unless the rule says more (clinical.md 0.4). At most 180. */
  sustainedS: v.optional(v.pipe(v.number(), v.integer(), v.minValue(30), v.maxValue(180))),
  /** Cuff, thermometer and the crew's own numbers must hold on two sets taken this far apart, s. */
  setsApartS: v.optional(v.pipe(v.number(), v.integer(), v.minValue(10), v.maxValue(1800))),
  /** A score the finding quotes. */
  score: v.optional(v.pipe(v.string(), v.maxLength(48))),
  source: Text,
  status: RuleStatus,
});
export type RuleDefinition = v.InferOutput<typeof RuleDefinition>;

/** A remark that travels with every finding of its specialty while it holds: `thrombolysis-hold`. */
const FlagDefinition = v.strictObject({
  code: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]{0,47}$/)),
  specialties: v.array(Specialty),
  name: Bilingual,
  when: Expression,
  source: Text,
  status: RuleStatus,
});
export type FlagDefinition = v.InferOutput<typeof FlagDefinition>;

/** The rules of one specialty, one file. */
export const RuleChapter = v.strictObject({
  terms: v.array(TermDefinition),
  rules: v.array(RuleDefinition),
  flags: v.array(FlagDefinition),
});
export type RuleChapter = v.InferOutput<typeof RuleChapter>;

/** What a site made of one rule, and who answers for it. Left out: as it was; `isOff`: not judged at all. */
export const RuleChange = v.strictObject({
  ruleId: RuleDefinition.entries.id,
  /** The person's name. */
  by: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(80)),
  reason: Text,
  /** Day, YYYY-MM-DD. */
  on: v.pipe(v.string(), v.isoDate(), v.check(isOfCalendar, 'no day of the calendar')),
  isOff: v.optional(v.literal(true)),
  tier: v.optional(Tier),
  when: v.optional(Expression),
  over: RuleDefinition.entries.over,
  sustainedS: RuleDefinition.entries.sustainedS,
  setsApartS: RuleDefinition.entries.setsApartS,
});
export type RuleChange = v.InferOutput<typeof RuleChange>;

export const RuleSetDefinition = v.strictObject({
  /** A finding quotes `<set>/<rule>` in 32 characters. */
  version: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9.+-]*$/), v.maxLength(24)),
  ...RuleChapter.entries,
  /** Of a set with a site's overlay: every rule it changed, as shown to those who read the rules. */
  siteChanges: v.optional(v.array(RuleChange)),
});
export type RuleSetDefinition = v.InferOutput<typeof RuleSetDefinition>;
