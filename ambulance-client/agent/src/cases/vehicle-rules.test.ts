import { ruleSet } from '@pentad/clinical/rule-sets/pentad-2';
import { foldAll } from '@pentad/protocol/case-fold';
import { caseIdOf } from '@pentad/protocol/testing/boring-ids';
import { event, recordedLog, vitals } from '@pentad/protocol/testing/builders';
import { expect, test } from 'vitest';
import { VehicleRules } from './vehicle-rules.ts';

const START_MS = 1_795_000_000_000;
const caseId = caseIdOf(1);
const patient = { ageYears: 58, ageDays: null, sex: 'male', gestationDays: null, isPregnant: null } as const;
const opened = {
  origin: 'dispatch-120',
  vehicle: null,
  patientSlot: 1,
  patient,
  complaintCodes: [],
  specialty: 'trauma',
} as const;
const state = foldAll(caseId, recordedLog([event('case.opened', { ...opened, complaintCodes: [] })]));
const shock = (atMs: number) => ({
  lane: 'vit' as const,
  caseId,
  patientSlot: 1,
  measuredAtMs: atMs,
  vitals: vitals({ heartRateBpm: 132, systolicMmHg: 78, diastolicMmHg: 44 }),
  times: { bloodPressureAtMs: atMs, temperatureAtMs: null },
});

test('the vehicle finds shock by itself after the hold, without a link', () => {
  const rules = new VehicleRules(ruleSet);
  for (let second = 0; second <= 40; second += 1) rules.observe([shock(START_MS + second * 1_000)]);
  const found = rules.findings(state, START_MS + 40_000).map((finding) => finding.ruleId);
  expect(found).toContain('TR-SI');
});

test('one patient’s readings say nothing about another', () => {
  const rules = new VehicleRules(ruleSet);
  for (let second = 0; second <= 40; second += 1)
    rules.observe([{ ...shock(START_MS + second * 1_000), caseId: caseIdOf(2) }]);
  expect(rules.findings(state, START_MS + 40_000)).toEqual([]);
});

test('the most urgent finding stands first: a pre-alert quotes only so many', () => {
  const rules = new VehicleRules(ruleSet);
  for (let second = 0; second <= 40; second += 1) rules.observe([shock(START_MS + second * 1_000)]);
  const tiers = rules.findings(state, START_MS + 40_000).map(({ tier }) => tier);
  const byUrgency = ['level-1', 'level-2', 'advice'].flatMap((tier) => tiers.filter((one) => one === tier));
  expect(tiers).toContain('advice');
  expect(tiers).toEqual(byUrgency);
});
