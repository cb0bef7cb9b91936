import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { pentad2 } from '@pentad/clinical/rule-sets/built-in';
import { ruleSet as builtIn } from '@pentad/clinical/rule-sets/pentad-2';
import { loadRuleSet } from '@pentad/clinical/rules/load-rule-set';
import { withOverlay } from '@pentad/clinical/rules/rule-overlay';
import { expect, test } from 'vitest';
import { evaluateCase, EvaluateError } from './evaluate-case.ts';

interface Example {
  readonly nowMs: number;
  readonly events: readonly Record<string, unknown>[];
  readonly samples: readonly Record<string, unknown>[];
}
const file = fileURLToPath(new URL('../../fixtures/evaluate/trauma-shock.json', import.meta.url));
// Read anew by each test: the evaluator itself checks every part of it.
const example = (): Example =>
  Object.assign({ nowMs: 0, events: [], samples: [] }, JSON.parse(readFileSync(file, 'utf8')));
const evaluated = (input: unknown) => evaluateCase(input, builtIn);
const codes = (input: unknown) => evaluated(input).refused.map(({ path, code }) => `${path} ${code}`);

test('the example gives its findings and scores, and names what it refused', () => {
  const { ruleSet, state, findings, scores, prompts, refused } = evaluated(example());
  expect(ruleSet).toBe('pentad-2');
  expect(state).toMatchObject({ caseSeq: 3, status: 'assessed', specialty: 'trauma' });
  expect(Object.keys(state?.treatments ?? {})).toEqual(['t-1']);
  expect(findings.map(({ ruleId }) => ruleId)).toEqual(['GEN-3', 'TR-SI']);
  expect(scores).toMatchObject({ news2: { minimum: 7, maximum: 7 }, 'shock-index': { minimum: 1.35, maximum: 1.35 } });
  expect(prompts.map(({ ruleId }) => ruleId).filter((id) => ['GEN-3', 'TR-SI'].includes(id))).toEqual([]);
  expect(refused).toEqual([
    { path: 'events[3].clinical.givenAtMs', code: 'event.clinical-invalid' },
    { path: 'samples[120].vitals.heartRate', code: 'sample.vital-unknown' },
    { path: 'samples[120].vitals.spo2Percent', code: 'sample.vital-invalid' },
  ]);
});

test('an hour later nothing of it counts any more, and the missing is asked for', () => {
  const input = example();
  const { findings, scores, prompts } = evaluated({ ...input, nowMs: input.nowMs + 3_600_000 });
  expect(findings).toEqual([]);
  expect(scores['shock-index']).toBeUndefined();
  expect(prompts.map(({ ruleId }) => ruleId)).toContain('TR-SI');
});

test('the order of the file does not matter where the server gave one', () => {
  const input = example();
  expect(
    evaluated({ ...input, events: [...input.events.slice(0, 2).toReversed(), ...input.events.slice(2)] }).state,
  ).toEqual(evaluated(input).state);
});

test('every event that is not folded is named', () => {
  const input = example();
  const [opened, assessed] = input.events;
  const other = structuredClone(assessed);
  Object.assign(Object(other?.['envelope']), {
    caseId: '01920000-0000-7000-8000-000000000002',
    eventId: '01920000-0000-7000-8000-000000000999',
  });
  const unknown = structuredClone(assessed);
  Object.assign(unknown ?? {}, { caseSeq: 9 });
  Object.assign(Object(unknown?.['envelope']), {
    type: 'robot.arrived',
    eventId: '01920000-0000-7000-8000-000000000998',
  });
  const taken = structuredClone(assessed);
  Object.assign(Object(taken?.['envelope']), { eventId: '01920000-0000-7000-8000-000000000997' });
  expect(codes({ ...input, samples: [], events: [opened, assessed, 7, {}, other, assessed, unknown, taken] })).toEqual([
    'events[2] event.invalid',
    'events[3].envelope event.invalid',
    'events[6].envelope.type event.unknown-type',
    'events[4] event.other-case',
    'events[5] event.repeated',
    'events[7] event.seq-taken',
  ]);
});

test('every sample and value that is not judged is named, the rest of its sample stays', () => {
  const input = example();
  const at = { measuredAtMs: input.nowMs };
  const samples = [
    { ...at, vitals: { heartRateBpm: 70, systolicMmHg: 120 } },
    { ...at, vitals: { systolicMmHg: 120 }, times: { bloodPressureAtMs: input.nowMs + 61_000 } },
    { measuredAtMs: input.nowMs + 61_000, vitals: {} },
    { ...at, vitals: {}, caseId: '01920000-0000-7000-8000-000000000002' },
    { ...at, vitals: {}, vehicle: 'veh-other-0001' },
    { ...at, vitals: {}, lane: 'pos' },
    { vitals: {} },
    { ...at, vitals: { spo2Percent: 101 } },
  ];
  const { refused, scores } = evaluated({ ...input, events: input.events.slice(0, 2), samples });
  expect(refused.map(({ path, code }) => `${path} ${code}`)).toEqual([
    'samples[0].vitals.systolicMmHg sample.time-missing',
    'samples[1].vitals.systolicMmHg sample.time-ahead',
    'samples[2].measuredAtMs sample.ahead-of-now',
    'samples[3].caseId sample.other-case',
    'samples[4].vehicle sample.other-vehicle',
    'samples[5].lane sample.other-lane',
    'samples[6].measuredAtMs sample.invalid',
    'samples[7].vitals.spo2Percent sample.vital-invalid',
  ]);
  expect(scores['news2']?.missing).not.toContain('heartRateBpm');
  expect(scores['news2']?.missing).toContain('systolicMmHg');
});

test('a vehicle whose clock is certainly off is read by the clock of the server', () => {
  const input = example();
  const late = { offsetMs: 600_000, errorMs: 50 };
  const samples = input.samples.slice(0, 120).map((sample) => ({
    ...sample,
    clock: late,
    measuredAtMs: Number(sample['measuredAtMs']) - 600_000,
    times: {},
  }));
  const spo2 = evaluated({ ...input, samples }).findings.flatMap(({ inputs }) =>
    inputs.filter(({ name }) => name === 'spo2Percent'),
  );
  for (const { measuredAtMs } of spo2) expect(measuredAtMs).toBe(input.nowMs);
  expect(evaluated({ ...input, samples }).scores['news2']?.missing).not.toContain('spo2Percent');
});

test('what is no case at all is refused as a whole', () => {
  for (const input of [null, [], { nowMs: -1, events: [] }, { nowMs: 1, events: {} }])
    expect(() => evaluated(input)).toThrow(EvaluateError);
  expect(evaluated({ nowMs: 1, events: [], samples: [{}] })).toMatchObject({
    state: null,
    refused: [{ path: 'samples[0]', code: 'sample.no-case' }],
  });
});

test('the findings under an overlay of a site are its own, and say so', () => {
  const signed = { by: 'A', reason: 'a reason', on: '2026-10-01' };
  const changes = [
    { ruleId: 'GEN-3', ...signed, isOff: true },
    { ruleId: 'TR-SI', ...signed, tier: 'level-2' },
  ];
  const rules = loadRuleSet(withOverlay({ version: 'site-1', basedOn: 'pentad-2', changes }, pentad2));
  const { ruleSet, findings } = evaluateCase(example(), rules);
  expect(ruleSet).toBe('pentad-2+site-1');
  expect(findings.map(({ ruleId }) => ruleId)).not.toContain('GEN-3');
  expect(findings.find(({ ruleId }) => ruleId === 'TR-SI')).toMatchObject({
    tier: 'level-2',
    ruleVersion: 'pentad-2+site-1/1',
  });
});
