import type { ItemAnswers } from '@pentad/protocol/assessment-items';
import type { Patient } from '@pentad/protocol/case-event-types';
import type { Assessment, CaseState } from '@pentad/protocol/case-state';
import type { Specialty } from '@pentad/protocol/center';
import { describe, expect, it } from 'vitest';
import { assessmentOf, at, caseOf, evaluated } from '../testing/case-builder.ts';

const fired = (state: CaseState, nowSeconds = 1): readonly string[] =>
  evaluated(state, [], nowSeconds).firing.map(({ ruleId, specialty, tier }) => `${ruleId} ${specialty} ${tier}`);
const one = (specialty: Specialty | null, assessment: Partial<Assessment>, patient: Partial<Patient> = {}) =>
  fired(caseOf(specialty, [assessmentOf(0, assessment)], patient));
/** The co-alerts of this chapter; others stand with the center they raise. */
const ours = /^CO-(1|3[a-d]|5) /;
const coAlerts = (specialty: Specialty | null, items: ItemAnswers, patient: Partial<Patient> = {}) =>
  one(specialty, { items }, patient).filter((finding) => ours.test(finding));
const mother = { sex: 'female', ageYears: 30, isPregnant: true } as const;

describe('vectors of the general rules', () => {
  it('V28: NEWS2 11 goes to the emergency desk alone, whatever was chosen', () => {
    const copd = {
      consciousness: 'voice',
      oxygen: 'oxygen',
      vitals: { respiratoryRatePerMin: 24, spo2Percent: 91, systolicMmHg: 118, heartRateBpm: 104, temperatureC: 37.2 },
    } as const;
    const expected = ['GEN-3 emergency level-1', 'GEN-4b emergency advice'];
    expect(one(null, copd, { ageYears: 71 })).toEqual(expected);
    expect(one('chest-pain', copd, { ageYears: 71 })).toEqual(expected);
  });

  it('N07: a healthy infant after a fall of 0.6 m raises nothing here', () => {
    const infant = {
      consciousness: 'alert',
      oxygen: 'air',
      vitals: { respiratoryRatePerMin: 36, spo2Percent: 98, systolicMmHg: 82, heartRateBpm: 140, temperatureC: 36.8 },
    } as const;
    const all = one('trauma', infant, { ageYears: 0, ageDays: 180 });
    expect(all.filter((finding) => /^(GEN|CO)-/.test(finding))).toEqual([]);
  });

  it('N16 a: VF at 23.8 Cel is chest pain at level 1, the temperature kept and flagged', () => {
    const frozen = caseOf(
      null,
      [assessmentOf(0, { vitals: { temperatureC: 23.8 }, items: { arrest: 'in-progress', heartRhythm: 'vf' } })],
      { ageYears: 40 },
    );
    const finding = evaluated(frozen, [], 1).firing.find(({ ruleId }) => ruleId === 'GEN-1a');
    expect(finding).toMatchObject({ specialty: 'chest-pain', tier: 'level-1', flags: ['hypothermic-arrest'] });
    expect(evaluated(frozen, [], 1).firing.map(({ ruleId }) => ruleId)).not.toContain('GEN-3');
  });

  it.each([
    [29.9, true],
    [30, false],
  ])('an arrest at %f Cel is flagged: %s', (temperatureC, isFlagged) => {
    const state = caseOf(null, [assessmentOf(0, { vitals: { temperatureC }, items: { arrest: 'rosc' } })]);
    const finding = evaluated(state, [], 1).firing.find(({ ruleId }) => ruleId === 'GEN-1a');
    expect(finding?.flags?.includes('hypothermic-arrest') ?? false).toBe(isFlagged);
  });

  it('N16 b: heat stroke with GCS 7 is coma for the resuscitation room', () => {
    const hot = {
      gcs: { eye: 1, verbal: 2, motor: 4, notTestable: [] },
      vitals: { heartRateBpm: 168, systolicMmHg: 86, temperatureC: 43.6 },
    };
    expect(one(null, hot, { ageYears: 22 })).toEqual(
      expect.arrayContaining(['GEN-5 emergency level-1', 'GEN-SI emergency level-2']),
    );
  });
});

describe('vectors of other chapters, as far as the general rules go', () => {
  const numbers = (rr: number, spo2: number, sbp: number, hr: number, t: number | null = null) => ({
    consciousness: 'alert' as const,
    oxygen: 'air' as const,
    vitals: { respiratoryRatePerMin: rr, spo2Percent: spo2, systolicMmHg: sbp, heartRateBpm: hr, temperatureC: t },
  });
  const generalOf = (specialty: Specialty, assessment: Partial<Assessment>, patient: Partial<Patient>) =>
    one(specialty, assessment, patient).filter((finding) => /^(GEN|CO)-/.test(finding));

  it.each([
    [
      'V12',
      'trauma',
      numbers(29, 90, 90, 90),
      { ageYears: 30 },
      ['GEN-3 emergency level-1', 'GEN-4b emergency advice'],
    ],
    ['V14', 'trauma', numbers(20, 98, 79, 98), { ageYears: 5 }, []],
    [
      'V31',
      'trauma',
      { consciousness: 'voice', vitals: { heartRateBpm: 120 } },
      { ageYears: 40 },
      ['GEN-4b emergency advice'],
    ],
    ['V32', 'maternal', numbers(16, 98, 122, 121, 36.8), mother, []],
    ['N05', 'stroke', numbers(18, 96, 158, 84, 36.8), {}, []],
    ['N11 a', 'maternal', numbers(18, 98, 160, 88, 36.7), { ...mother, gestationDays: 238 }, []],
    ['N13', 'neonate', numbers(65, 84, 45, 170, 34.9), { ageYears: 0, ageDays: 0 }, []],
  ] as const)('%s', (_, specialty, assessment, patient, expected) => {
    expect(generalOf(specialty, assessment, patient)).toEqual(expected);
  });
});

describe('CO-1, a newborn', () => {
  it.each([
    [{ arrest: 'in-progress' }, 28, ['CO-1 neonate level-1']],
    [{ airway: 'assisted' }, 0, ['CO-1 neonate level-1']],
    [{ breathing: 'absent' }, 0, ['CO-1 neonate level-1']],
    [{ arrest: 'none', airway: 'own' }, 0, []],
    [{ arrest: 'in-progress' }, 29, []],
  ] as const)('%o at %i days: %j', (items, ageDays, expected) => {
    expect(coAlerts(null, items, { ageYears: 0, ageDays })).toEqual(expected);
  });
});

describe('CO-3, a mother with what belongs to another center', () => {
  it.each([
    ['arrest', { arrest: 'in-progress' }, mother, ['CO-3a maternal level-1']],
    ['no arrest', { arrest: 'none' }, mother, []],
    ['device statement', { deviceAcuteMi: true }, mother, ['CO-3b maternal level-1']],
    ['read by a physician', { readerStemi: true }, mother, ['CO-3b maternal level-1']],
    ['equivalent read', { readerStemiEquivalent: true }, mother, ['CO-3b maternal level-1']],
    [
      'own criteria, with pain',
      { hasChestPain: true, stIIMm: 1, stAvfMm: 1, ecgLbbb: false },
      mother,
      ['CO-3c maternal level-2'],
    ],
    ['own criteria, without', { hasChestPain: false, hasAnginaEquivalent: false, stIIMm: 1, stAvfMm: 1 }, mother, []],
    ['stroke sign, time not known', { strokeArm: true }, mother, ['CO-3d maternal level-1']],
    ['dizziness alone', { strokeBalance: true }, mother, []],
    [
      'day 42',
      { arrest: 'rosc', maternalDaysSinceBirth: 42 },
      { ...mother, isPregnant: false },
      ['CO-3a maternal level-1'],
    ],
    ['day 43', { arrest: 'rosc', maternalDaysSinceBirth: 43 }, { ...mother, isPregnant: false }, []],
    ['pregnancy not asked', { arrest: 'rosc' }, { ...mother, isPregnant: null }, []],
    ['a man', { arrest: 'rosc', deviceAcuteMi: true }, {}, []],
  ] as const)('%s: %s', (_, items, patient, expected) => {
    expect(coAlerts(null, items, patient)).toEqual(expected);
  });

  it.each([
    [1440, true],
    [1441, false],
  ])('a stroke last known well %i min ago: %s', (minutes, expected) => {
    const state = caseOf('stroke', [assessmentOf(0, { items: { strokeFace: true } })], mother);
    const value = { kind: 'last-known-well', atMs: at(-60 * minutes), certainty: 'exact' } as const;
    const known = {
      ...state,
      onset: { current: { value, caseSeq: 2, writer: 'vehicle', basedOnCaseSeq: 1 }, earlier: [] },
    };
    expect(fired(known as CaseState, 0).includes('CO-3d maternal level-1')).toBe(expected);
  });
});

describe('an injured mother', () => {
  it("V16: arrest of an injured woman at 7 months rings the mother's center with the trauma center", () => {
    const arrested = one(
      'trauma',
      { items: { isInjured: true, arrest: 'in-progress' } },
      { ...mother, gestationDays: 210 },
    );
    expect(arrested).toEqual(
      expect.arrayContaining(['CO-3a maternal level-1', 'GEN-1b emergency level-1', 'TR-R0 trauma level-1']),
    );
    expect(arrested.filter((finding) => finding.includes('chest-pain'))).toEqual([]);
  });
});

describe('CO-5, chest pain with a deficit', () => {
  it.each([
    [{ hasChestPain: true, focalNeuroDeficit: true }, 'chest-pain', {}, ['CO-5 stroke level-2']],
    [{ hasChestPain: true, strokeArm: true }, 'chest-pain', {}, ['CO-5 stroke level-2']],
    [{ hasChestPain: true, pulseDeficit: true }, 'chest-pain', {}, []],
    [{ hasChestPain: true, focalNeuroDeficit: false }, 'chest-pain', {}, []],
    [{ focalNeuroDeficit: true }, 'stroke', {}, []],
    [{ hasChestPain: true, focalNeuroDeficit: true }, 'trauma', {}, []],
    [{ hasChestPain: true, focalNeuroDeficit: true }, 'chest-pain', { ageYears: 15 }, []],
  ] as const)('%o, %s, %o: %j', (items, specialty, patient, expected) => {
    expect(coAlerts(specialty, items, patient)).toEqual(expected);
  });
});
