import { specialties } from '@pentad/protocol/center';
import { FLAGS_AT_MOST } from '@pentad/protocol/pre-alert';
import * as v from 'valibot';
import { factKinds, type FactKind } from '../facts/fact-names.ts';
import { readNames, type ReadName } from '../expression/read-names.ts';
import type { StatementNode } from '../expression/node.ts';
import { parseExpression } from '../expression/parse.ts';
import { withTerms } from '../expression/terms.ts';
import type { RuleSet } from '../rule.ts';
import { scoreNamed } from '../scores/all-scores.ts';
import { flagOf, ruleOf } from './make-rule.ts';
import { RuleSetDefinition } from './rule-definition.ts';

/** A rule set that cannot be used: where, and why. Nothing of it is used. */
export class RuleSetError extends Error {}

const kindOf = (name: string): FactKind | undefined => factKinds.get(name) ?? (scoreNamed(name) ? 'number' : undefined);

function checkName({ name, kind }: ReadName, where: string): void {
  const actual = kindOf(name);
  if (!actual) throw new RuleSetError(`${where}: "${name}" is neither a fact, a score nor a term before it`);
  if (actual !== kind) throw new RuleSetError(`${where}: "${name}" is a ${actual}, used as a ${kind}`);
}

/** Data in the shape of a rule set; nothing inside its texts is checked. Throws RuleSetError naming the place. */
export function ruleSetDefinitionOf(data: unknown): RuleSetDefinition {
  const read = v.safeParse(RuleSetDefinition, data);
  if (read.success) return read.output;
  const [issue] = read.issues;
  throw new RuleSetError(`${v.getDotPath(issue) ?? 'rule set'}: ${issue.message}`);
}

/** `<set>/<rule>`, as a finding of it quotes. */
const quotedVersionLength = 32;

/**
 * A rule set from its data. Throws RuleSetError naming the place: a shape that is not the schema's, text that cannot be
 * read, a name that stands for nothing or for another kind of thing, an id given twice.
 */
export function loadRuleSet(data: unknown): RuleSet {
  const { version, terms, rules, flags } = ruleSetDefinitionOf(data);
  const byName = new Map<string, StatementNode>();
  const statement = (text: string, where: string): StatementNode => {
    try {
      const node = withTerms(parseExpression(text), byName);
      for (const name of readNames(node)) checkName(name, where);
      return node;
    } catch (error) {
      throw error instanceof RuleSetError ? error : new RuleSetError(`${where}: ${(error as Error).message}`);
    }
  };
  for (const { name, when } of terms) {
    if (byName.has(name) || kindOf(name)) throw new RuleSetError(`${name}: the name is already given`);
    byName.set(name, statement(when, name));
  }
  for (const specialty of specialties) {
    const count = flags.filter((flag) => flag.specialties.includes(specialty)).length;
    if (count > FLAGS_AT_MOST) throw new RuleSetError(`flags: ${count} of ${specialty}, at most ${FLAGS_AT_MOST}`);
  }
  const ids = new Set<string>();
  for (const id of [...rules.map((rule) => rule.id), ...flags.map(({ code }) => code)]) {
    if (ids.has(id)) throw new RuleSetError(`${id}: the id is already given`);
    ids.add(id);
  }
  return {
    version,
    rules: rules.map((rule) => {
      if (version.length + 1 + rule.version.length > quotedVersionLength)
        throw new RuleSetError(
          `${rule.id}: "${version}/${rule.version}" is longer than ${quotedVersionLength} characters`,
        );
      if (rule.score !== undefined && !scoreNamed(rule.score))
        throw new RuleSetError(`${rule.id}: no score "${rule.score}"`);
      const optional = (text: string | undefined): StatementNode | null =>
        text === undefined ? null : statement(text, rule.id);
      const { when, over, asksWhile } = rule;
      return ruleOf(rule, statement(when, rule.id), optional(over), optional(asksWhile));
    }),
    flags: flags.map((flag) => flagOf(flag, statement(flag.when, flag.code))),
  };
}
