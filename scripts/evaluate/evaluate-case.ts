import { CaseWatch, type Shown } from '@pentad/clinical/case-watch';
import type { RuleSet } from '@pentad/clinical/rule';
import { InstantMs } from '@pentad/protocol/quantities';
import * as v from 'valibot';
import { foldEvents } from './read-events.ts';
import { readSamples } from './read-samples.ts';
import { Refusals } from './refusals.ts';

/** What is wrong with the input as a whole; its parts are refused one by one. */
export class EvaluateError extends Error {}

const Input = v.looseObject({
  nowMs: InstantMs,
  events: v.array(v.unknown()),
  samples: v.optional(v.array(v.unknown()), []),
});

/**
 * A case in the shapes of the protocol, folded and judged as of `nowMs`, by the same fold and rules as server and vehicle.
 * Pure. Throws EvaluateError for an input that is no case at all.
 */
export function evaluateCase(input: unknown, rules: RuleSet) {
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
      ruleSet: rules.version,
      nowMs,
      state: null,
      findings: [],
      scores: {} as Shown['scores'],
      prompts: [],
      refused: refusals.all,
    };
  }
  const watch = new CaseWatch(rules);
  for (const sample of readSamples(samples, state, nowMs, refusals)) watch.observe(sample);
  const { firing } = watch.evaluate(state, nowMs);
  const { prompts, scores } = watch.shown(nowMs);
  return {
    ruleSet: rules.version,
    nowMs,
    state,
    findings: firing,
    scores,
    prompts,
    refused: refusals.all,
  };
}
