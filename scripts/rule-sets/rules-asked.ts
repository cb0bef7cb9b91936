import { builtInRuleSets, pentad2 } from '@pentad/clinical/rule-sets/built-in';
import { RuleSetError } from '@pentad/clinical/rules/load-rule-set';
import type { RuleSetDefinition } from '@pentad/clinical/rules/rule-definition';
import { ruleSetFromData } from '@pentad/clinical/rules/rule-overlay';

/** What `--rules` names cannot be used: a sentence for the person who typed it. */
export class RulesAskedError extends Error {}

function readJson(file: string, readText: (file: string) => string): unknown {
  let text: string;
  try {
    text = readText(file);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    const versions = builtInRuleSets.map(({ version }) => version).join(', ');
    throw new RulesAskedError(`${file}: no rule set that is built in (${versions}), and no file to be read (${code})`, {
      cause: error,
    });
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new RulesAskedError(`${file}: no JSON`, { cause: error });
  }
}

/**
 * The rule set an option names: one that is built in, by its version; else a file with a whole set or with a site's
 * overlay. null: the one in use. Throws RulesAskedError.
 */
export function rulesAsked(asked: string | null, readText: (file: string) => string): RuleSetDefinition {
  if (asked === null) return pentad2;
  const builtIn = builtInRuleSets.find(({ version }) => version === asked);
  if (builtIn) return builtIn;
  const data = readJson(asked, readText);
  try {
    return ruleSetFromData(data, builtInRuleSets);
  } catch (error) {
    if (!(error instanceof RuleSetError)) throw error;
    throw new RulesAskedError(`${asked}: ${error.message}`, { cause: error });
  }
}
