import { ruleSetDefinitionOf } from '../rules/load-rule-set.ts';
import type { RuleSetDefinition } from '../rules/rule-definition.ts';
import type { BuiltInRuleSets } from '../rules/rule-overlay.ts';
import { pentad2Definition } from './pentad-2.ts';

/** What judges a case unless a site says otherwise. */
export const pentad2: RuleSetDefinition = ruleSetDefinitionOf(pentad2Definition);

/** The rule sets that come with the product, the one in use first. */
export const builtInRuleSets: BuiltInRuleSets = [pentad2];
