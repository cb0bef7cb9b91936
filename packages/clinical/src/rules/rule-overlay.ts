import * as v from 'valibot';
import { parseExpression } from '../expression/parse.ts';
import { loadRuleSet, ruleSetDefinitionOf, RuleSetError } from './load-rule-set.ts';
import { RuleChange, RuleSetDefinition, type RuleDefinition } from './rule-definition.ts';

/** A site's changes of a rule set, each signed: who, why, when. */
const RuleOverlay = v.strictObject({
  version: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9.-]*$/)),
  /** The version of the set it was written for. */
  basedOn: RuleSetDefinition.entries.version,
  changes: v.pipe(v.array(RuleChange), v.minLength(1)),
});

const longestVersion = 24;

export type BuiltInRuleSets = readonly [RuleSetDefinition, ...RuleSetDefinition[]];

function checkText(text: string | undefined, where: string): void {
  if (text === undefined) return;
  try {
    parseExpression(text);
  } catch (error) {
    throw new RuleSetError(`${where}: ${(error as Error).message}`, { cause: error });
  }
}

/** Refuses a change that says nothing, or says two things at once. */
function checkChange({ isOff, tier, when, over, sustainedS, setsApartS }: RuleChange, where: string): void {
  const made = [tier, when, over, sustainedS, setsApartS].filter((part) => part !== undefined);
  if (isOff && made.length > 0) throw new RuleSetError(`${where}: a rule that is off cannot be changed as well`);
  if (!isOff && made.length === 0) throw new RuleSetError(`${where}: changes nothing`);
  checkText(when, `${where}.when`);
  checkText(over, `${where}.over`);
}

const changed = (rule: RuleDefinition, change: RuleChange): RuleDefinition => ({
  ...rule,
  tier: change.tier ?? rule.tier,
  when: change.when ?? rule.when,
  ...(change.over === undefined ? {} : { over: change.over }),
  ...(change.sustainedS === undefined ? {} : { sustainedS: change.sustainedS }),
  ...(change.setsApartS === undefined ? {} : { setsApartS: change.setsApartS }),
});

/**
 * The rule set `base` with a site's overlay: version `<base>+<overlay>`, rules that are off left out, every change kept
 * in `siteChanges` with who, why and when. What `when` and `over` name is checked when the result is loaded.
 * Throws RuleSetError naming the place: not the schema, another set, an unknown rule, one changed twice, a change that
 * changes nothing, text that cannot be read, a version too long to be quoted by a finding.
 */
export function withOverlay(data: unknown, base: RuleSetDefinition): RuleSetDefinition {
  const read = v.safeParse(RuleOverlay, data);
  if (!read.success) {
    const [issue] = read.issues;
    throw new RuleSetError(`${v.getDotPath(issue) ?? 'overlay'}: ${issue.message}`);
  }
  const { basedOn, changes } = read.output;
  if (basedOn !== base.version) throw new RuleSetError(`basedOn: "${basedOn}" is another set than "${base.version}"`);
  const version = `${base.version}+${read.output.version}`;
  if (version.length > longestVersion)
    throw new RuleSetError(`version: "${version}" is longer than ${longestVersion} characters`);
  const byRule = new Map<string, RuleChange>();
  changes.forEach((change, at) => {
    const where = `changes[${at}] (${change.ruleId})`;
    if (!base.rules.some(({ id }) => id === change.ruleId))
      throw new RuleSetError(`${where}: no such rule in ${basedOn}`);
    if (byRule.has(change.ruleId)) throw new RuleSetError(`${where}: the rule is changed twice`);
    checkChange(change, where);
    byRule.set(change.ruleId, change);
  });
  const rules = base.rules.flatMap((rule) => {
    const change = byRule.get(rule.id);
    if (!change) return [rule];
    return change.isOff ? [] : [changed(rule, change)];
  });
  return { ...base, version, rules, siteChanges: changes };
}

/** What an overlay is laid on; without one that is read, whichever: the overlay's own error is the better one. */
function baseOf(data: unknown, [first, ...others]: BuiltInRuleSets): RuleSetDefinition {
  const named = v.safeParse(v.looseObject({ basedOn: v.string() }), data);
  if (!named.success) return first;
  const { basedOn } = named.output;
  const base = [first, ...others].find(({ version }) => version === basedOn);
  if (base) return base;
  const versions = [first, ...others].map(({ version }) => version).join(', ');
  throw new RuleSetError(`basedOn: "${basedOn}" is not built in; built in: ${versions}`);
}

/**
 * Data of a file as a whole rule set: an overlay on a set that is built in, or a set of its own. Checked as far as
 * loading goes. Throws RuleSetError naming the place.
 */
export function ruleSetFromData(data: unknown, builtIn: BuiltInRuleSets): RuleSetDefinition {
  const isOverlay = typeof data === 'object' && data !== null && 'basedOn' in data;
  const definition = isOverlay ? withOverlay(data, baseOf(data, builtIn)) : ruleSetDefinitionOf(data);
  loadRuleSet(definition);
  return definition;
}
