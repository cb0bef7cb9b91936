import { loadRuleSet, ruleSetDefinitionOf } from '@pentad/clinical/rules/load-rule-set';
import { withOverlay } from '@pentad/clinical/rules/rule-overlay';
import type { CaseId } from '@pentad/protocol/ids';
import { caseIdOf, START_MS, vehicle, vehicleIdOf } from '@pentad/protocol/testing/boring-ids';
import { event } from '@pentad/protocol/testing/builders';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createStoredCases } from '../app-replay.ts';
import { createCaseDatabase, fact, ingest, type CaseDatabase } from '../cases/case-database.fixture.ts';
import { readOnly } from '../db/read-only.ts';
import { AlertRates } from './alert-rates.ts';
import { ReplayComparison } from './replay-report.ts';
import { replayStoredCases } from './replay-stored-cases.ts';

const said = { zh: '一', en: 'one' };
const rule = (id: string, specialty: string, when: string) => ({
  id,
  version: '1',
  specialty,
  tier: 'level-2',
  name: said,
  meaning: said,
  when,
  source: 'a table',
  status: 'found',
});
const definition = ruleSetDefinitionOf({
  version: 'base',
  terms: [],
  rules: [rule('FAST', 'emergency', 'heartRateBpm > 130'), rule('BLUE', 'stroke', 'spo2Percent < 90')],
  flags: [],
});
const signed = { by: 'A', reason: 'thresholds moved', on: '2026-01-02' };
const changes = [
  { ruleId: 'FAST', ...signed, when: 'heartRateBpm > 140' },
  { ruleId: 'BLUE', ...signed, when: 'spo2Percent < 92' },
];
const against = loadRuleSet(definition);
const rules = loadRuleSet(withOverlay({ version: 'site', basedOn: 'base', changes }, definition));

const [fast, blue, both, foreign, over] = [1, 2, 3, 4, 5].map(caseIdOf) as [CaseId, CaseId, CaseId, CaseId, CaseId];
const DAY_MS = 86_400_000;

let house: CaseDatabase;
let seqs = 0;
/** One sample a second of a vehicle, from the tenth second after the start of the test's time. */
async function streamed(caseId: CaseId, seconds: number, vitals: { hr: number; spo2: number }, by: string = vehicle) {
  const { hr, spo2 } = vitals;
  await house.rows(
    `INSERT INTO numerics (day, vehicle_id, epoch, seq, case_id, measured_at, captured_at, received_at, monotonic_ms, boot_id, is_backfill, heart_rate_bpm, spo2_percent)
     SELECT (at AT TIME ZONE 'UTC')::date, $1, gen_random_uuid(), $2::bigint + n, $3, at, at, at, n, 'b', false, $5, $6
     FROM generate_series(1, $4::int) AS n, to_timestamp($7 / 1000.0 + 10 + n) AS at`,
    [by, (seqs += 10_000), caseId, seconds, hr, spo2, house.time.nowMs()],
  );
}

beforeAll(async () => {
  house = await createCaseDatabase();
  for (const caseId of [fast, blue, both, foreign, over]) await house.tell(fact(event('case.opened'), caseId));
  await house.tell(fact(event('case.cancelled'), over));
  await streamed(fast, 120, { hr: 135, spo2: 97 });
  await streamed(blue, 120, { hr: 80, spo2: 91 });
  await streamed(both, 6_000, { hr: 150, spo2: 85 });
  await streamed(foreign, 120, { hr: 180, spo2: 80 }, vehicleIdOf(2));
  await streamed(over, 120, { hr: 180, spo2: 80 });
});
afterAll(() => house.close());

async function compared(sinceMs: number | null) {
  const comparison = new ReplayComparison({ against, rules });
  const progress: string[] = [];
  await replayStoredCases(createStoredCases(house.database.db), {
    sinceMs,
    ruleSets: [against, rules],
    onCase: (caseId, { alerts: [before = [], after = []] }) => comparison.add(caseId, before, after),
    onProgress: (done, of) => progress.push(`${done}/${of}`),
  });
  return { report: comparison.report(sinceMs), progress };
}

test('moved thresholds lose one alert and gain another; each is named with case and instant', async () => {
  const { report, progress } = await compared(null);
  expect(report).toMatchObject({ against: 'base', rules: 'base+site', cases: 5 });
  const startMs = house.time.nowMs();
  const gone = { tier: 'level-2', tierBefore: null };
  const [first, second] = report.changes.toSorted((a, b) => a.kind.localeCompare(b.kind));
  expect(report.changes).toHaveLength(2);
  expect(first).toEqual({
    ...gone,
    kind: 'gained',
    caseId: blue,
    ruleId: 'BLUE',
    specialty: 'stroke',
    atMs: startMs + 41_000,
  });
  expect(second).toEqual({
    ...gone,
    kind: 'lost',
    caseId: fast,
    ruleId: 'FAST',
    specialty: 'emergency',
    atMs: startMs + 41_000,
  });
  const same = { tierChanged: 0 };
  expect(report.total).toEqual({ ...same, before: 3, after: 3, gained: 1, lost: 1, casesBefore: 2, casesAfter: 2 });
  expect(report.byRule).toEqual([
    { ...same, ruleId: 'FAST', before: 2, after: 1, gained: 0, lost: 1, casesBefore: 2, casesAfter: 1 },
    { ...same, ruleId: 'BLUE', before: 1, after: 2, gained: 1, lost: 0, casesBefore: 1, casesAfter: 2 },
  ]);
  expect(report.bySpecialty.filter(({ before, after }) => before + after > 0)).toEqual([
    { ...same, specialty: 'stroke', before: 1, after: 2, gained: 1, lost: 0, casesBefore: 1, casesAfter: 2 },
    { ...same, specialty: 'emergency', before: 2, after: 1, gained: 0, lost: 1, casesBefore: 2, casesAfter: 1 },
  ]);
  expect(progress).toEqual(['1/5', '2/5', '3/5', '4/5', '5/5']);
});

test('every sample is read, also of a case longer than a page, and none that another vehicle claims', async () => {
  const counted = new Map<CaseId, number>();
  await replayStoredCases(createStoredCases(house.database.db), {
    sinceMs: null,
    ruleSets: [against],
    onCase: (caseId, { monitoredS }) => counted.set(caseId, monitoredS),
  });
  expect([...counted]).toEqual([
    [fast, 120],
    [blue, 120],
    [both, 6_000],
    [foreign, 0],
    [over, 0],
  ]);
});

test('how often each rule fires in a thousand cases', async () => {
  const rates = new AlertRates(against);
  await replayStoredCases(createStoredCases(house.database.db), {
    sinceMs: null,
    ruleSets: [against],
    onCase: (_, { alerts: [own = []] }) => rates.add(own),
  });
  expect([rates.cases, rates.casesAlerted]).toEqual([5, 2]);
  expect(rates.rates().map(({ ruleId, alerts, casesPerThousand }) => [ruleId, alerts, casesPerThousand])).toEqual([
    ['FAST', 2, 400],
    ['BLUE', 1, 200],
  ]);
});

test('only cases opened since a day are played', async () => {
  expect((await compared(START_MS + 30 * DAY_MS)).report).toMatchObject({ cases: 0, changes: [] });
});

test('nothing can be written in what it reads with', async () => {
  const writing = house.database.db.withActor(ingest, async (tx) => {
    await readOnly(tx);
    await tx.query('UPDATE cases SET status = status');
  });
  await expect(writing).rejects.toMatchObject({ code: '25006' });
});
