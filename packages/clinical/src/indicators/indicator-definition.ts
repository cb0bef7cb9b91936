import { Specialty } from '@pentad/protocol/center';
import { MilestoneCode } from '@pentad/protocol/milestone';
import * as v from 'valibot';
import given from '../../data/indicators.json' with { type: 'json' };
import {
  clockTargets,
  NotYetMeasured,
  TargetKind,
  type ClockTarget,
} from '../clock-targets/clock-target-definition.ts';
import type { StatementNode } from '../expression/node.ts';
import { parseExpression } from '../expression/parse.ts';
import { readNames } from '../expression/read-names.ts';
import { factKinds, type FactKind } from '../facts/fact-names.ts';
import { Bilingual, RuleStatus } from '../rules/rule-definition.ts';

const Name = v.pipe(v.string(), v.regex(/^[a-z][A-Za-z0-9]{0,47}$/));
const Expression = v.pipe(v.string(), v.minLength(1), v.maxLength(400));
const Percent = v.pipe(v.number(), v.minValue(0), v.maxValue(100));
const Seconds = v.pipe(v.number(), v.minValue(0));

/** What is counted over the cases `among` holds for; one of whom it is not known counts as missing. */
const Measure = v.variant('kind', [
  /** Compliance with a clock target, its median and mean; `report` is the one the indicator is named for. */
  v.strictObject({
    kind: v.literal('interval'),
    targetId: v.string(),
    among: Expression,
    report: v.picklist(['compliance', 'median', 'mean']),
  }),
  v.strictObject({ kind: v.literal('share'), of: Expression, among: Expression }),
]);

const Indicator = v.pipe(
  v.strictObject({
    id: v.pipe(v.string(), v.regex(/^(CP|ST|TR|NB|OB)-QC-[A-Z0-9-]{2,31}$/)),
    specialty: Specialty,
    name: Bilingual,
    numerator: Bilingual,
    denominator: Bilingual,
    /** Shown wherever the log counts something near what the words ask for. */
    countedAs: v.optional(Bilingual),
    kind: TargetKind,
    goal: v.optional(
      v.strictObject({
        atLeastPercent: v.optional(Percent),
        atMostPercent: v.optional(Percent),
        meanBelowS: v.optional(Seconds),
        meanAtMostS: v.optional(Seconds),
      }),
    ),
    measure: v.optional(Measure),
    notYetMeasured: v.optional(NotYetMeasured),
    source: v.pipe(v.string(), v.minLength(1), v.maxLength(300)),
    status: RuleStatus,
  }),
  v.check(
    ({ measure, notYetMeasured }) => (measure === undefined) !== (notYetMeasured === undefined),
    'a measure, or what is not yet measured',
  ),
  v.check(
    ({ kind, specialty }) => kind === 'recommended' || (specialty !== 'trauma' && specialty !== 'neonate'),
    'no list of trauma or neonate is official',
  ),
);
type IndicatorData = v.InferOutput<typeof Indicator>;

const IndicatorTable = v.strictObject({
  version: v.pipe(v.string(), v.maxLength(32)),
  /** TRUE when the milestone is stamped, FALSE when not: what is not stamped was not done, as far as the log knows. */
  stampFlags: v.array(v.strictObject({ name: Name, milestone: MilestoneCode })),
  /** Seconds between two milestones, below 0 in the other order; not known while one is missing. */
  spans: v.array(v.strictObject({ name: Name, from: v.array(MilestoneCode), to: v.array(MilestoneCode) })),
  indicators: v.array(Indicator),
});
type IndicatorTable = v.InferOutput<typeof IndicatorTable>;

/** What can be counted, with its conditions read; null: not yet. */
export type Counted =
  | { readonly kind: 'interval'; readonly target: ClockTarget; readonly among: StatementNode }
  | { readonly kind: 'share'; readonly of: StatementNode; readonly among: StatementNode };

export interface IndicatorDefinition extends IndicatorData {
  readonly counted: Counted | null;
  readonly stampFlags: ReadonlyMap<string, MilestoneCode>;
  readonly spans: ReadonlyMap<string, Pick<ClockTarget, 'from' | 'to'>>;
}

/** An indicator that cannot be used: which, and why. */
export class IndicatorError extends Error {}

const caseNames: ReadonlyMap<string, FactKind> = new Map([
  ['specialty', 'code'],
  ['origin', 'code'],
  ['isPreAlerted', 'flag'],
  ['isLevel1', 'flag'],
]);

/** Throws ValiError or IndicatorError naming the place. */
export function indicatorsOf(
  data: unknown,
  targets: readonly ClockTarget[] = clockTargets,
): readonly IndicatorDefinition[] {
  const table: IndicatorTable = v.parse(IndicatorTable, data);
  const stampFlags = new Map(table.stampFlags.map(({ name, milestone }) => [name, milestone]));
  const spans = new Map(table.spans.map(({ name, from, to }) => [name, { from, to }]));
  const kindOf = (name: string): FactKind | undefined =>
    stampFlags.has(name) ? 'flag' : spans.has(name) ? 'number' : (caseNames.get(name) ?? factKinds.get(name));
  const statement = (id: string, text: string): StatementNode => {
    let node: StatementNode;
    try {
      node = parseExpression(text);
    } catch (error) {
      throw new IndicatorError(`${id}: ${(error as Error).message}`, { cause: error });
    }
    for (const { name, kind } of readNames(node))
      if (kindOf(name) !== kind) throw new IndicatorError(`${id}: "${name}" is no ${kind}`);
    return node;
  };
  const countedOf = ({ id, measure }: IndicatorData): Counted | null => {
    if (!measure) return null;
    const among = statement(id, measure.among);
    if (measure.kind === 'share') return { kind: 'share', of: statement(id, measure.of), among };
    const target = targets.find((one) => one.id === measure.targetId);
    if (!target || target.notYetMeasured)
      throw new IndicatorError(`${id}: "${measure.targetId}" is no clock that runs`);
    return { kind: 'interval', target, among };
  };
  const ids = new Set(table.indicators.map(({ id }) => id));
  if (ids.size !== table.indicators.length) throw new IndicatorError('an id is given twice');
  return table.indicators.map((one) => ({ ...one, counted: countedOf(one), stampFlags, spans }));
}

/** Every indicator of clinical.md B1.4 to B5.5, unless a site says otherwise. */
export const indicators: readonly IndicatorDefinition[] = indicatorsOf(given);
