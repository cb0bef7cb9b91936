import { CaseWatch, type Evaluation } from '@pentad/clinical/case-watch';
import type { RuleSet } from '@pentad/clinical/rule';
import { ruleSet } from '@pentad/clinical/rule-sets/pentad-2';
import { InstantMs } from '@pentad/protocol/quantities';
import * as v from 'valibot';
import { foldEvents } from './read-events.ts';
import { readSamples } from './read-samples.ts';
import { Refusals } from './refusals.ts';

/** Rule sets by the name `--rules` takes. */
export const ruleSets: ReadonlyMap<string, RuleSet> = new Map([[ruleSet.version, ruleSet]]);

/** What is wrong with the input as a whole; its parts are refused one by one. */
export class EvaluateError extends Error {}

const Input = v.looseObject({
  nowMs: InstantMs,
  events: v.array(v.unknown()),
  samples: v.optional(v.array(v.unknown()), []),
});

export function rulesNamed(name: string | null): { readonly name: string; readonly rules: RuleSet } {
  const [[first] = ['']] = ruleSets;
  const asked = name ?? first;
  const rules = ruleSets.get(asked);
  if (!rules)
    throw new EvaluateError(
      `--rules ${asked}: rules are code with a version, there is no loader of rule files; built in: ${[...ruleSets.keys()].join(', ')}`,
    );
  return { name: asked, rules };
}

/**
 * A case in the shapes of the protocol, folded and judged as of `nowMs`, by the same fold and rules as server and vehicle.
 * Pure. Throws EvaluateError for an input that is no case at all.
 */
export function evaluateCase(input: unknown, ruleSetName: string | null) {
  const { name, rules } = rulesNamed(ruleSetName);
  const read = v.safeParse(Input, input);
  if (!read.success) {
    const key = read.issues[0].path?.[0]?.key;
    throw new EvaluateError(`not { nowMs, events, samples }: ${typeof key === 'string' ? key : 'no object'}`);
  }
  const { nowMs, events, samples } = read.output;
  const refusals = new Refusals();
  const state = foldEvents(events, nowMs, refusals);
  if (state === null) {
    samples.forEach((_, at) => refusals.refuse('sample.no-case', `samples[${at}]`));
    return {
      ruleSet: name,
      nowMs,
      state: null,
      findings: [],
      scores: {} as Evaluation['scores'],
      prompts: [],
      refused: refusals.all,
    };
  }
  const watch = new CaseWatch(rules);
  for (const sample of readSamples(samples, state, nowMs, refusals)) watch.observe(sample);
  const { firing, prompts, scores } = watch.evaluate(state, nowMs);
  return {
    ruleSet: name,
    nowMs,
    state,
    findings: firing,
    scores,
    prompts,
    refused: refusals.all,
  };
}
