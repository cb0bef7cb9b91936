import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { caseIdOf, vehicle } from '@pentad/protocol/testing/boring-ids';
import { event } from '@pentad/protocol/testing/builders';
import { createCaseDatabase, fact, type CaseDatabase } from '@pentad/server/cases/case-database.fixture';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { alertBudget } from '../alert-budget/run-budget.ts';
import { replayRules } from './run-replay.ts';

let house: CaseDatabase;
let folder = '';
let overlay = '';
const injured = caseIdOf(1);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pentad-replay-'));
  overlay = join(folder, 'overlay.json');
  const signed = { by: '李主任', reason: '本院阈值', on: '2026-10-01' };
  const changes = [
    { ruleId: 'GEN-SI', ...signed, isOff: true },
    { ruleId: 'TR-SI', ...signed, tier: 'level-2' },
  ];
  writeFileSync(overlay, JSON.stringify({ version: 'site-1', basedOn: 'pentad-2', changes }));
  house = await createCaseDatabase();
  const patient = { ageYears: 40, ageDays: null, sex: 'male', gestationDays: null, isPregnant: null } as const;
  await house.tell(fact(event('case.opened', { specialty: 'trauma', patient }), injured));
  await house.tell(fact(event('case.opened', { specialty: 'stroke', patient }), caseIdOf(2)));
  for (const [n, caseId] of [injured, caseIdOf(2)].entries())
    await house.rows(
      `INSERT INTO numerics (day, vehicle_id, epoch, seq, case_id, measured_at, captured_at, received_at, monotonic_ms, boot_id, is_backfill, heart_rate_bpm, systolic_mmhg, blood_pressure_at)
       SELECT (at AT TIME ZONE 'UTC')::date, $1, gen_random_uuid(), $2::bigint * 1000 + s, $3, at, at, at, s, 'b', false, 130, 110, to_timestamp($4 / 1000.0 + floor(s / 60) * 60)
       FROM generate_series(1, 300) AS s, to_timestamp($4 / 1000.0 + s) AS at`,
      [vehicle, n, caseId, house.time.nowMs()],
    );
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await house.close();
});

const asked = () => ({
  databaseUrl: house.database.adminUrl,
  rules: overlay,
  since: null,
  isJson: true,
  onProgress: () => undefined,
});

test('an overlay is played against the built-in rules, over what the database holds', async () => {
  const report = JSON.parse(await replayRules({ ...asked(), against: null })) as { changes: object[] };
  expect(report).toMatchObject({ against: 'pentad-2', rules: 'pentad-2+site-1', cases: 2 });
  expect(report.changes).toContainEqual(
    expect.objectContaining({ kind: 'lost', caseId: caseIdOf(2), ruleId: 'GEN-SI' }),
  );
  expect(report.changes).toContainEqual(
    expect.objectContaining({ kind: 'tier', caseId: injured, ruleId: 'TR-SI', tierBefore: 'level-1', tier: 'level-2' }),
  );
  expect(report.changes).toHaveLength(2);
});

test('as text it names cases and instants, and nothing of who signed or of a patient', async () => {
  const text = await replayRules({ ...asked(), against: 'pentad-2', isJson: false });
  expect(text).toMatch(new RegExp(`~ +${injured} +TR-SI +trauma +level-1 > level-2 +20`));
  expect(text).not.toContain('李主任');
  expect(text).not.toMatch(/130|110/);
});

test('the budget counts stored cases beside the recordings', async () => {
  const fixtures = (name: string) => fileURLToPath(new URL(`../../fixtures/${name}`, import.meta.url));
  const place = { demoDir: fixtures('demo'), recordingsDir: fixtures('recordings') };
  const text = await alertBudget({ ...asked(), ...place, isJson: false });
  expect(text).toContain('库存 stored：病例 cases 2');
  expect(text).toMatch(/TR-SI +level-2 +trauma +500\.0 +1 /);
});

test('a wrong day, and rules that cannot be read, are said before any case is', async () => {
  await expect(replayRules({ ...asked(), against: null, since: 'yesterday' })).rejects.toThrow('--since yesterday');
  await expect(replayRules({ ...asked(), against: '/none.json' })).rejects.toThrow('/none.json: no rule set');
});
