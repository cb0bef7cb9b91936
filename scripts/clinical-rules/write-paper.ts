import { readFileSync, writeFileSync } from 'node:fs';
import { ruleSetPaper } from '@pentad/clinical/paper/rule-set-paper';
import { screenWords } from '@pentad/clinical/paper/screen-words';
import { rulesAsked, RulesAskedError } from '../rule-sets/rules-asked.ts';

/** The words of the built-in rules as screens show them. */
export const screenWordsText = (): string => {
  const definition = rulesAsked(null, (file) => readFileSync(file, 'utf8'));
  const words = { 'zh-CN': screenWords(definition, 'zh'), en: screenWords(definition, 'en') };
  return `${JSON.stringify(words, null, 2)}\n`;
};

/**
 * Writes the paper of a rule set to a file, and with `screens` the words of the built-in set; gives back how many rules
 * stand on it, or why it cannot.
 */
export function writePaper(
  rules: string | null,
  out: string,
  screens: string | null,
): { readonly rules: number } | { readonly refusal: string } {
  try {
    const definition = rulesAsked(rules, (file) => readFileSync(file, 'utf8'));
    writeFileSync(out, ruleSetPaper(definition));
    if (screens !== null) writeFileSync(screens, screenWordsText());
    return { rules: definition.rules.length };
  } catch (error) {
    if (error instanceof RulesAskedError) return { refusal: `--rules ${error.message}` };
    throw error;
  }
}
