import { readFileSync } from 'node:fs';
import { loadRuleSet } from '@pentad/clinical/rules/load-rule-set';
import { openStoredCases } from '@pentad/server/app-replay';
import { ReplayComparison } from '@pentad/server/rule-replay/replay-report';
import { replayStoredCases } from '@pentad/server/rule-replay/replay-stored-cases';
import { rulesAsked, RulesAskedError } from '../rule-sets/rules-asked.ts';
import { reportText } from './report-text.ts';
import { SinceError, sinceMs } from './since.ts';

export interface ReplayAsked {
  readonly databaseUrl: string;
  readonly rules: string;
  readonly against: string | null;
  readonly since: string | null;
  readonly isJson: boolean;
  readonly onProgress: (done: number, of: number) => void;
}

const readText = (file: string): string => readFileSync(file, 'utf8');

/** What is typed as a sentence when it cannot be done. */
export const isAskedWrongly = (error: unknown): error is Error =>
  error instanceof RulesAskedError || error instanceof SinceError;

/** The report of `npm run replay-rules`, as text or JSON. Throws RulesAskedError, SinceError, and what the database throws. */
export async function replayRules(asked: ReplayAsked): Promise<string> {
  const rules = loadRuleSet(rulesAsked(asked.rules, readText));
  const against = loadRuleSet(rulesAsked(asked.against, readText));
  const fromMs = asked.since === null ? null : sinceMs(asked.since);
  const comparison = new ReplayComparison({ against, rules });
  const stored = openStoredCases(asked.databaseUrl);
  try {
    await replayStoredCases(stored.cases, {
      sinceMs: fromMs,
      ruleSets: [against, rules],
      onCase: (caseId, { alerts: [before = [], after = []] }) => comparison.add(caseId, before, after),
      onProgress: asked.onProgress,
    });
  } finally {
    await stored.close();
  }
  const report = comparison.report(fromMs);
  return asked.isJson ? `${JSON.stringify(report, null, 2)}\n` : reportText(report);
}
