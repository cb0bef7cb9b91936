import { readFileSync } from 'node:fs';
import type { RuleSet } from '@pentad/clinical/rule';
import { loadRuleSet } from '@pentad/clinical/rules/load-rule-set';
import { openStoredCases } from '@pentad/server/app-replay';
import { AlertRates } from '@pentad/server/rule-replay/alert-rates';
import { replayStoredCases } from '@pentad/server/rule-replay/replay-stored-cases';
import type { StoredCases } from '@pentad/server/rule-replay/stored-cases';
import { sinceMs, SinceError } from '../replay-rules/since.ts';
import { rulesAsked, RulesAskedError } from '../rule-sets/rules-asked.ts';
import { budgetText, type AlertBudget, type MeasuredRates } from './budget-text.ts';
import { recordedCases, type RecordingsPlace } from './recorded-cases.ts';

export interface BudgetAsked extends RecordingsPlace {
  /** null: the recordings alone. */
  readonly databaseUrl: string | null;
  readonly rules: string | null;
  readonly since: string | null;
  readonly isJson: boolean;
  readonly onProgress: (done: number, of: number) => void;
}

export const isAskedWrongly = (error: unknown): error is Error =>
  error instanceof RulesAskedError || error instanceof SinceError;

/** Every case through one rule set. */
export async function measuredRates(
  cases: StoredCases,
  rules: RuleSet,
  fromMs: number | null,
  onProgress: BudgetAsked['onProgress'],
): Promise<MeasuredRates> {
  const rates = new AlertRates(rules);
  let monitored = 0;
  await replayStoredCases(cases, {
    sinceMs: fromMs,
    ruleSets: [rules],
    onCase: (_, { alerts: [own = []], monitoredS }) => {
      rates.add(own);
      monitored += monitoredS;
    },
    onProgress,
  });
  const { cases: count, casesAlerted } = rates;
  return { cases: count, casesAlerted, monitoredH: monitored / 3600, rates: rates.rates() };
}

async function storedRates(
  { databaseUrl, since, onProgress }: BudgetAsked,
  rules: RuleSet,
): Promise<MeasuredRates | null> {
  const fromMs = since === null ? null : sinceMs(since);
  if (databaseUrl === null) return null;
  const stored = openStoredCases(databaseUrl);
  try {
    return await measuredRates(stored.cases, rules, fromMs, onProgress);
  } finally {
    await stored.close();
  }
}

/** The report of `npm run alert-budget`. Throws RulesAskedError, SinceError, and what the database throws. */
export async function alertBudget(asked: BudgetAsked): Promise<string> {
  const rules = loadRuleSet(rulesAsked(asked.rules, (file) => readFileSync(file, 'utf8')));
  const stored = await storedRates(asked, rules);
  const recordings = await measuredRates(recordedCases(asked), rules, null, () => undefined);
  const budget: AlertBudget = { rules: rules.version, stored, recordings };
  return asked.isJson ? `${JSON.stringify(budget, null, 2)}\n` : budgetText(budget);
}
