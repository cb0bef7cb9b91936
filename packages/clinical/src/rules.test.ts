import { describe, expect, it } from 'vitest';
import { assessmentOf, caseOf, firingIds } from './testing/case-builder.ts';
import { ruleSet } from './rule-sets/pentad-2.ts';
import { evaluated } from './testing/three-rules.ts';

const alertOnAir = { consciousness: 'alert', oxygen: 'air' } as const;
const crew = (vitals: Record<string, number>, more = {}) => assessmentOf(0, { ...alertOnAir, ...more, vitals });
const pair = (heartRateBpm: number, systolicMmHg: number) =>
  crew({ heartRateBpm, systolicMmHg, respiratoryRatePerMin: 16, spo2Percent: 98, temperatureC: 36.8 });

describe('the rule set', () => {
  it('names every rule once, in both languages, with its source', () => {
    const ids = ruleSet.rules.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { name, meaning, source } of ruleSet.rules.map(({ definition }) => definition)) {
      for (const text of [name.zh, name.en, meaning.zh, meaning.en, source]) expect(text.length).toBeGreaterThan(3);
    }
  });
});

describe('HR > SBP, entered by the crew', () => {
  it.each([
    ['trauma', 91, 90, ['TR-SI']],
    ['trauma', 90, 90, []],
    ['trauma', 90, 89, ['TR-SI']],
    ['chest-pain', 91, 90, ['GEN-SI']],
    ['maternal', 91, 90, ['GEN-SI']],
    [null, 91, 90, ['GEN-SI']],
    [null, 90, 90, []],
    ['maternal', 108, 120, []],
  ] as const)('%s, %i over %i: %j', (specialty, heartRate, systolic, expected) => {
    expect(firingIds(evaluated(caseOf(specialty, [pair(heartRate, systolic)]), [], 1))).toEqual(expected);
  });

  it('rings the trauma center at level 1, the emergency department at level 2 otherwise', () => {
    const [trauma] = evaluated(caseOf('trauma', [pair(120, 90)]), [], 1).firing;
    const [other] = evaluated(caseOf('stroke', [pair(120, 90)]), [], 1).firing;
    expect(trauma).toMatchObject({ ruleId: 'TR-SI', specialty: 'trauma', tier: 'level-1' });
    expect(trauma?.score).toEqual({ name: 'shock-index', minimum: 1.33, maximum: 1.33 });
    expect(other).toMatchObject({ ruleId: 'GEN-SI', specialty: 'emergency', tier: 'level-2' });
  });

  it('fires for vector N16 b: SI 168/86 = 1.95, with the temperature of 43.6 kept and GEN-3 beside it', () => {
    const hot = assessmentOf(0, {
      consciousness: 'pain',
      vitals: { heartRateBpm: 168, systolicMmHg: 86, temperatureC: 43.6 },
    });
    const { firing, scores } = evaluated(caseOf(null, [hot], { ageYears: 22 }), [], 1);
    expect(firing.map(({ ruleId }) => ruleId)).toEqual(['GEN-3', 'GEN-SI']);
    expect(scores['shock-index']?.minimum).toBe(1.95);
    expect(firing[0]?.score).toEqual({ name: 'news2', minimum: 11, maximum: 19 });
    expect(firing[0]?.inputs).toContainEqual(
      expect.objectContaining({ value: 43.6, unit: 'Cel', isProvisional: true }),
    );
  });

  it.each([
    [{ ageYears: 15 }, []],
    [{ ageYears: 16 }, ['TR-SI']],
    [{ ageYears: null }, []],
    [{ sex: 'female', isPregnant: true }, []],
    [{ sex: 'female', isPregnant: false }, ['TR-SI']],
  ] as const)('of a patient %o: %j', (patient, expected) => {
    expect(firingIds(evaluated(caseOf('trauma', [pair(120, 90)], patient), [], 1))).toEqual(expected);
  });

  it('prompts for the age it needs and does not assume one', () => {
    const { firing, prompts, scores } = evaluated(caseOf('trauma', [pair(120, 90)], null), [], 1);
    expect([firing, scores['news2'], scores['shock-index']]).toEqual([[], undefined, undefined]);
    expect(prompts).toContainEqual({ ruleId: 'TR-SI', missing: ['ageYears'] });
  });

  it('fires with an unanswered pregnancy, says so, and asks', () => {
    const { firing, prompts } = evaluated(caseOf('trauma', [pair(120, 90)], { sex: 'female', ageYears: 30 }), [], 1);
    expect(firing[0]).toMatchObject({ ruleId: 'TR-SI', missing: ['isPregnant'] });
    expect(prompts).toContainEqual({ ruleId: 'TR-SI', missing: ['isPregnant'] });
    const ill = crew({ respiratoryRatePerMin: 26, spo2Percent: 90, heartRateBpm: 132 });
    const woman = caseOf('stroke', [ill], { sex: 'female', ageYears: 30 });
    expect(firingIds(evaluated(woman, [], 1))).toContain('GEN-3');
  });
});

describe('a pressure that cannot be recorded (C7)', () => {
  const unrecordable = crew({}, { isPressureUnrecordable: true });

  it.each([
    ['trauma', {}, ['TR-SI']],
    ['chest-pain', {}, ['GEN-SI']],
    [null, { sex: 'female', isPregnant: true }, ['GEN-SI']],
    ['trauma', { ageYears: null }, []],
  ] as const)('%s, patient %o: %j', (specialty, patient, expected) => {
    expect(firingIds(evaluated(caseOf(specialty, [unrecordable], patient), [], 1))).toEqual(expected);
  });

  it('stands in the finding as what it is', () => {
    const [finding] = evaluated(caseOf('trauma', [unrecordable]), [], 1).firing;
    expect(finding?.inputs).toEqual([
      { name: 'isPressureUnrecordable', value: true, unit: null, measuredAtMs: unrecordable.measuredAtMs },
    ]);
    expect(finding?.missing).toEqual([]);
  });

  it('is taken back by a newer pressure, and by a newer "recordable"', () => {
    const measured = assessmentOf(30, { vitals: { heartRateBpm: 80, systolicMmHg: 118 } });
    const takenBack = assessmentOf(30, { isPressureUnrecordable: false });
    expect(evaluated(caseOf('trauma', [unrecordable, measured]), [], 31).scores['shock-index']?.minimum).toBe(0.68);
    const { prompts } = evaluated(caseOf('trauma', [unrecordable, takenBack]), [], 31);
    expect(prompts).toContainEqual({ ruleId: 'TR-SI', missing: ['heartRateBpm', 'systolicMmHg'] });
  });
});

describe('NEWS2 of 7 or more', () => {
  const six = { respiratoryRatePerMin: 25, spo2Percent: 91, heartRateBpm: 80, systolicMmHg: 120, temperatureC: 36.5 };

  it.each([
    ['6', six, []],
    ['7', { ...six, heartRateBpm: 91 }, ['GEN-3']],
    ['4..7', { respiratoryRatePerMin: 25, spo2Percent: 95, heartRateBpm: 80, systolicMmHg: 120 }, []],
    ['7..10', { respiratoryRatePerMin: 25, spo2Percent: 91, heartRateBpm: 91, systolicMmHg: 120 }, ['GEN-3']],
  ] as const)('%s: %j', (_, vitals, expected) => {
    expect(firingIds(evaluated(caseOf('stroke', [crew(vitals)]), [], 1))).toEqual(expected);
  });

  it('goes to the emergency department at level 1, never to the specialty team (R3)', () => {
    const [finding] = evaluated(caseOf('chest-pain', [crew({ ...six, heartRateBpm: 91 })]), [], 1).firing;
    expect(finding).toMatchObject({ specialty: 'emergency', tier: 'level-1' });
    expect(finding?.score).toEqual({ name: 'news2', minimum: 7, maximum: 7 });
  });

  it('prompts when the missing could still decide, and is silent when they cannot', () => {
    const open = evaluated(
      caseOf('stroke', [crew({ respiratoryRatePerMin: 25, spo2Percent: 91, heartRateBpm: 80 })]),
      [],
      1,
    );
    expect(open.prompts).toContainEqual({ ruleId: 'GEN-3', missing: ['systolicMmHg', 'temperatureC'] });
    const closed = evaluated(
      caseOf('stroke', [crew({ respiratoryRatePerMin: 16, spo2Percent: 98, heartRateBpm: 80 })]),
      [],
      1,
    );
    expect(closed.prompts.map(({ ruleId }) => ruleId)).not.toContain('GEN-3');
  });

  it('is not computed under 16 nor in pregnancy', () => {
    expect(evaluated(caseOf('stroke', [crew(six)], { ageYears: 15 }), [], 1).scores['news2']).toBeUndefined();
    expect(
      evaluated(caseOf('stroke', [crew(six)], { sex: 'female', isPregnant: true }), [], 1).scores['news2'],
    ).toBeUndefined();
    expect(evaluated(caseOf('stroke', [crew(six)], { ageYears: 16 }), [], 1).scores['news2']?.minimum).toBe(6);
  });
});
