import { readFileSync, writeFileSync } from 'node:fs';
import { ruleSetPaper } from '@pentad/clinical/paper/rule-set-paper';
import { rulesAsked, RulesAskedError } from '../rule-sets/rules-asked.ts';

/** Writes the paper of a rule set to a file; gives back how many rules stand on it, or why it cannot. */
export function writePaper(
  rules: string | null,
  out: string,
): { readonly rules: number } | { readonly refusal: string } {
  try {
    const definition = rulesAsked(rules, (file) => readFileSync(file, 'utf8'));
    writeFileSync(out, ruleSetPaper(definition));
    return { rules: definition.rules.length };
  } catch (error) {
    if (error instanceof RulesAskedError) return { refusal: `--rules ${error.message}` };
    throw error;
  }
}
