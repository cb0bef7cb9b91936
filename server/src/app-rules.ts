import { readFileSync } from 'node:fs';
import { pentad2 } from '@pentad/clinical/rule-sets/built-in';
import type { RuleSet } from '@pentad/clinical/rule';
import { loadRuleSet, RuleSetError } from '@pentad/clinical/rules/load-rule-set';
import { withOverlay } from '@pentad/clinical/rules/rule-overlay';
import { ConfigError } from './config.ts';
import type { Logger } from './platform/logger.ts';

function readOverlay(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    throw new ConfigError(`RULE_OVERLAY ${file} cannot be read (${code})`, { cause: error });
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ConfigError(`RULE_OVERLAY ${file} is no JSON`, { cause: error });
  }
}

/**
 * The built-in rules, with the site's overlay where there is one. Says in the log which they are: versions and counts.
 * @throws ConfigError with the place that is wrong: no server runs on rules nobody meant
 */
export function loadRules(overlayFile: string | null, log: Logger): RuleSet {
  try {
    const definition = overlayFile === null ? pentad2 : withOverlay(readOverlay(overlayFile), pentad2);
    const rules = loadRuleSet(definition);
    const siteChanges = definition.siteChanges?.length ?? 0;
    log.info('rules.loaded', { ruleSet: rules.version, rules: rules.rules.length, siteChanges });
    return rules;
  } catch (error) {
    if (!(error instanceof RuleSetError)) throw error;
    throw new ConfigError(`RULE_OVERLAY ${overlayFile ?? ''}: ${error.message}`, { cause: error });
  }
}
