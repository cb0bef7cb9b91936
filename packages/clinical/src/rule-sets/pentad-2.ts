import chestPain from '../../rule-sets/pentad-2/chest-pain.json' with { type: 'json' };
import general from '../../rule-sets/pentad-2/general.json' with { type: 'json' };
import maternal from '../../rule-sets/pentad-2/maternal.json' with { type: 'json' };
import neonate from '../../rule-sets/pentad-2/neonate.json' with { type: 'json' };
import stroke from '../../rule-sets/pentad-2/stroke.json' with { type: 'json' };
import trauma from '../../rule-sets/pentad-2/trauma.json' with { type: 'json' };
import { loadRuleSet } from '../rules/load-rule-set.ts';

/** In this order: a chapter may use the terms of those before it. */
const chapters = [general, chestPain, stroke, trauma, neonate, maternal];

export const pentad2Definition = {
  version: 'pentad-2',
  terms: chapters.flatMap(({ terms }) => terms as unknown[]),
  rules: chapters.flatMap(({ rules }) => rules as unknown[]),
  flags: chapters.flatMap(({ flags }) => flags as unknown[]),
};

export const ruleSet = loadRuleSet(pentad2Definition);
