import { fileURLToPath } from 'node:url';
import { readScenarios } from '@pentad/agent/sources/recordings';
import { ruleSet } from '@pentad/clinical/rule-sets/pentad-2';
import type { StoredCases } from '@pentad/server/rule-replay/stored-cases';
import { expect, test } from 'vitest';
import { textTable } from '../rule-sets/text-table.ts';
import { budgetText } from './budget-text.ts';
import { recordedCases } from './recorded-cases.ts';
import { measuredRates } from './run-budget.ts';

const at = (name: string) => fileURLToPath(new URL(`../../fixtures/${name}`, import.meta.url));
const cases = recordedCases({ demoDir: at('demo'), recordingsDir: at('recordings') });

test('every demo case is its patient under its recording, from end to end', async () => {
  const ids = await cases.page(0, null, 99);
  expect(ids).toHaveLength(await cases.count(0));
  expect(ids).toHaveLength(readScenarios(at('demo')).length);
  for (const caseId of ids) {
    expect(await cases.events(caseId)).toMatchObject([{ caseSeq: 1, envelope: { caseId, type: 'case.opened' } }]);
    let samples = 0;
    for await (const { vitals } of cases.samples(caseId)) samples += vitals.heartRateBpm === null ? 0 : 1;
    expect(samples).toBeGreaterThan(90);
  }
});

test('a bleeding man whose monitor alone speaks is alerted; the budget says what was expected beside it', async () => {
  const injured = readScenarios(at('demo')).findIndex(({ id }) => id === 'trauma-bleeding');
  const one: StoredCases = {
    ...cases,
    page: async (sinceMs, after) =>
      after === null ? (await cases.page(sinceMs, null, 99)).slice(injured, injured + 1) : [],
  };
  const measured = await measuredRates(one, ruleSet, null, () => undefined);
  expect(measured).toMatchObject({ cases: 1, casesAlerted: 1 });
  const text = budgetText({ rules: 'pentad-2', stored: null, recordings: measured });
  expect(text).toContain('未连数据库 no database');
  expect(text).toMatch(/GEN-3 +level-1 +emergency .*10-36 % 成人 adults/);
  expect(text).toMatch(/TR-SI +level-1 +trauma +- +- +1\/1 /);
}, 20_000);

test('a table is aligned, Chinese signs taking two columns', () => {
  expect(
    textTable([
      ['规则', 'n'],
      ['a', 12],
      ['abcdef', 3],
    ]),
  ).toBe('  规则    n\n  a       12\n  abcdef   3');
});
