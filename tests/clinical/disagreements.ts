import { evaluatePlainCase } from '@pentad/auditor-rules/evaluate-plain-case';
import type { PlainCase } from '@pentad/auditor-rules/plain-case';
import { CaseWatch } from '@pentad/clinical/case-watch';
import { ruleSet } from '@pentad/clinical/rule-sets/pentad-2';
import type { Specialty } from '@pentad/protocol/center';
import { isMoreUrgent, type Tier } from '@pentad/protocol/pre-alert';
import { caseOfPlain, NOW_MS } from './case-of-plain.ts';

type Tiers = Record<string, Tier>;
const raise = (tiers: Tiers, key: string, tier: Tier): void => {
  const before = tiers[key];
  if (!before || isMoreUrgent(tier, before)) tiers[key] = tier;
};

/** The highest tier of each row of the documents that holds; a rule of a split row is named with a letter. */
function rowsOfAuditor(plain: PlainCase) {
  const reading = evaluatePlainCase(plain);
  const rows: Tiers = {};
  for (const { row, tier, verdict } of reading.rows) if (verdict === 'TRUE') raise(rows, row, tier);
  return { rows, tiers: reading.tiers, scores: reading.scores };
}
/** HR above SBP has a rule of its own where the trauma center is chosen; the document has one row. */
const rowOf = (ruleId: string): string => (ruleId === 'TR-SI' ? 'TR-R17' : ruleId.replace(/[a-z]+$/, ''));
function rowsOfClinical(plain: PlainCase) {
  const watch = new CaseWatch(ruleSet);
  const { firing } = watch.evaluate(caseOfPlain(plain), NOW_MS);
  const rows: Tiers = {};
  const tiers: Partial<Record<Specialty, Tier>> = {};
  for (const { ruleId, specialty, tier } of firing) {
    raise(rows, rowOf(ruleId), tier);
    const before = tiers[specialty];
    if (!before || isMoreUrgent(tier, before)) tiers[specialty] = tier;
  }
  return { rows, tiers, scores: watch.shown(NOW_MS).scores };
}

const differing = (
  what: string,
  auditor: Readonly<Record<string, Tier | undefined>>,
  clinical: Readonly<Record<string, Tier | undefined>>,
): readonly string[] =>
  [...new Set([...Object.keys(auditor), ...Object.keys(clinical)])]
    .filter((key) => auditor[key] !== clinical[key])
    .map((key) => `${what} ${key}: auditor ${auditor[key] ?? 'nothing'}, clinical ${clinical[key] ?? 'nothing'}`);

const isNear = (one: number, other: number): boolean => one === other || Math.abs(one - other) < 1e-6;

/** The kinds of disagreement on one case: rows, scores, and the tiers where the rows agree. */
export function disagreements(plain: PlainCase): readonly string[] {
  const [auditor, clinical] = [rowsOfAuditor(plain), rowsOfClinical(plain)];
  const rows = differing('row', auditor.rows, clinical.rows);
  const scores = Object.entries(clinical.scores).flatMap(([name, { minimum, maximum }]) => {
    const own = auditor.scores[name];
    if (own === undefined) return [];
    if (own === 'not-for-this-patient') return [`score ${name}: not for this patient, clinical shows it`];
    const isSame = isNear(own.least, minimum) && isNear(own.most, maximum);
    return isSame ? [] : [`score ${name}: other points`];
  });
  const tiers = rows.length > 0 ? [] : differing('tier', auditor.tiers, clinical.tiers);
  return [...rows, ...scores, ...tiers];
}
