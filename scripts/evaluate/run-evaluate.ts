import { readFileSync } from 'node:fs';
import { loadRuleSet } from '@pentad/clinical/rules/load-rule-set';
import { rulesAsked, RulesAskedError } from '../rule-sets/rules-asked.ts';
import { evaluateCase, EvaluateError } from './evaluate-case.ts';

/** What `npm run evaluate` prints for this input; `rules` as it was typed. A sentence where it cannot be done. */
export function evaluated(
  input: unknown,
  rules: string | null,
): { readonly json: string } | { readonly refusal: string } {
  try {
    const definition = rulesAsked(rules, (file) => readFileSync(file, 'utf8'));
    return { json: JSON.stringify(evaluateCase(input, loadRuleSet(definition)), null, 2) };
  } catch (error) {
    if (error instanceof RulesAskedError) return { refusal: `--rules ${error.message}` };
    if (error instanceof EvaluateError) return { refusal: error.message };
    throw error;
  }
}
