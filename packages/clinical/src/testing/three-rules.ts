import type { CaseState } from '@pentad/protocol/case-state';
import { CaseWatch, type Evaluation, type Shown } from '../case-watch.ts';
import { pentad2Definition } from '../rule-sets/pentad-2.ts';
import { loadRuleSet } from '../rules/load-rule-set.ts';
import type { Sample } from '../stream-history.ts';
import { at } from './case-builder.ts';

const ids: readonly unknown[] = ['GEN-3', 'TR-SI', 'GEN-SI'];
const isOne = (rule: unknown): boolean =>
  typeof rule === 'object' && rule !== null && 'id' in rule && ids.includes(rule.id);

/** A score, and a ratio of a streamed rate and a cuff: enough to try the engine on, and the same whatever rules are added. */
export const threeRules = loadRuleSet({
  ...pentad2Definition,
  rules: pentad2Definition.rules.filter(isOne),
  flags: [],
});

/** Observes all, evaluates once. */
export const evaluated = (state: CaseState, samples: readonly Sample[], nowSeconds: number): Evaluation & Shown => {
  const watch = new CaseWatch(threeRules);
  for (const sample of samples) watch.observe(sample);
  return { ...watch.evaluate(state, at(nowSeconds)), ...watch.shown(at(nowSeconds)) };
};
