import { Specialty } from '@pentad/protocol/center';
import { Code } from '@pentad/protocol/quantities';
import * as v from 'valibot';
import given from '../../data/preparation.json' with { type: 'json' };
import type { StatementNode } from '../expression/node.ts';
import { parseExpression } from '../expression/parse.ts';
import { readNames } from '../expression/read-names.ts';
import { factKinds } from '../facts/fact-names.ts';
import { Bilingual, RuleStatus } from '../rules/rule-definition.ts';
import { scoreNamed } from '../scores/all-scores.ts';

const signedOff = { source: v.pipe(v.string(), v.minLength(1), v.maxLength(300)), status: RuleStatus };

/** What an open finding says of the case, under a name the conditions use. Whatever no finding says is UNKNOWN. */
const Circumstance = v.strictObject({
  name: v.pipe(v.string(), v.regex(/^is[A-Za-z]{1,46}Held$/)),
  meaning: Bilingual,
  /** Ids of rules, each with its lettered parts. */
  rules: v.array(v.string()),
  flags: v.array(Code),
  ...signedOff,
});
export type Circumstance = v.InferOutput<typeof Circumstance>;

/** ready: assembled or in its place before arrival; held: informed or reserved (clinical.md 0.1). */
const Readiness = v.picklist(['ready', 'held']);
export type Readiness = v.InferOutput<typeof Readiness>;

const PreparationItem = v.strictObject({
  /** As `preparation.updated` names it. */
  code: Code,
  specialty: Specialty,
  kind: v.picklist(['team', 'room', 'equipment', 'drug', 'blood', 'admin']),
  name: Bilingual,
  tiers: v.strictObject({ 'level-1': v.optional(Readiness), 'level-2': v.optional(Readiness) }),
  /** Left out: always. */
  when: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(400))),
  /** U: 单位, from 200 mL of whole blood each. */
  quantity: v.optional(
    v.variant('unit', [
      v.strictObject({ value: v.pipe(v.number(), v.minValue(0)), unit: v.literal('U'), wholeBloodMl: v.number() }),
      v.strictObject({ value: v.pipe(v.number(), v.minValue(0)), unit: v.literal('mL') }),
    ]),
  ),
  leadTime: v.strictObject({ minutes: v.pipe(v.number(), v.integer(), v.minValue(0)), ...signedOff }),
  /** Codes of the same specialty that must be there first. */
  dependsOn: v.array(Code),
  ...signedOff,
});
export type PreparationItem = v.InferOutput<typeof PreparationItem>;

const PreparationData = v.strictObject({
  version: v.pipe(v.string(), v.maxLength(32)),
  circumstances: v.array(Circumstance),
  items: v.array(PreparationItem),
});

export interface PreparationTable {
  readonly version: string;
  readonly circumstances: readonly Circumstance[];
  /** `when`: null = always. */
  readonly items: readonly { readonly item: PreparationItem; readonly when: StatementNode | null }[];
}

/** A preparation table that cannot be used: where, and why. */
export class PreparationTableError extends Error {}

function conditionOf({ code, when }: PreparationItem, circumstances: ReadonlySet<string>): StatementNode | null {
  if (when === undefined) return null;
  let node: StatementNode;
  try {
    node = parseExpression(when);
  } catch (error) {
    throw new PreparationTableError(`${code}: ${(error as Error).message}`, { cause: error });
  }
  for (const { name, kind } of readNames(node)) {
    const actual = circumstances.has(name) ? 'flag' : (factKinds.get(name) ?? (scoreNamed(name) ? 'number' : null));
    if (actual !== kind)
      throw new PreparationTableError(`${code}: "${name}" is ${actual ?? 'unknown'}, used as a ${kind}`);
  }
  return node;
}

function checkDependencies(items: readonly PreparationItem[]): void {
  const byCode = new Map(items.map((item) => [item.code, item]));
  if (byCode.size !== items.length) throw new PreparationTableError('a code is given twice');
  const walk = (item: PreparationItem, above: readonly string[]): void => {
    if (above.includes(item.code)) throw new PreparationTableError(`${item.code}: depends on itself`);
    for (const code of item.dependsOn) {
      const needed = byCode.get(code);
      if (needed?.specialty !== item.specialty)
        throw new PreparationTableError(`${item.code}: "${code}" is no item of ${item.specialty}`);
      walk(needed, [...above, item.code]);
    }
  };
  for (const item of items) walk(item, []);
}

/** Throws ValiError or PreparationTableError naming the place. */
export function preparationTableOf(data: unknown): PreparationTable {
  const { version, circumstances, items } = v.parse(PreparationData, data);
  const names = new Set(circumstances.map(({ name }) => name));
  checkDependencies(items);
  return { version, circumstances, items: items.map((item) => ({ item, when: conditionOf(item, names) })) };
}

/** What the five centers and the emergency department prepare, unless a site says otherwise. */
export const preparationTable: PreparationTable = preparationTableOf(given);
