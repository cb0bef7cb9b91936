import * as v from 'valibot';
import data from '../../rule-sets/pentad-2-alert-estimates.json' with { type: 'json' };
import { Bilingual } from '../rules/rule-definition.ts';

const Percent = v.pipe(v.number(), v.minValue(0), v.maxValue(100));

const AlertEstimate = v.strictObject({
  /** Rules that were one when it was made; it is of all of them together. */
  rules: v.array(v.string()),
  leastPercent: Percent,
  mostPercent: Percent,
  /** Of whom. */
  of: Bilingual,
  basis: v.string(),
});
export type AlertEstimate = v.InferOutput<typeof AlertEstimate>;

/** How often rules were expected to fire, before anything was measured; where it stands, for a few rules only. */
export const alertEstimates = v.parse(v.strictObject({ source: v.string(), estimates: v.array(AlertEstimate) }), data);

/** What was expected of a rule; null: nothing was said. */
export const estimateOf = (ruleId: string): AlertEstimate | null =>
  alertEstimates.estimates.find(({ rules }) => rules.includes(ruleId)) ?? null;
