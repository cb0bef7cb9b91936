import type { ItemAnswers } from '@pentad/protocol/assessment-items';
import type { Patient } from '@pentad/protocol/case-event-types';
import type { Assessment, CaseState } from '@pentad/protocol/case-state';
import type { Specialty } from '@pentad/protocol/center';
import { describe, expect, it } from 'vitest';
import { assessmentOf, caseOf, evaluated, everySecond, firingIds, sampleOf } from '../testing/case-builder.ts';

type Evaluated = ReturnType<typeof evaluated>;

const general = /^GEN-[1-5]/;
/** What of this chapter fires, its rules on HR > SBP apart. */
const idsOf = (evaluation: Evaluated): readonly string[] => firingIds(evaluation).filter((id) => general.test(id));
const promptsOf = ({ prompts }: Evaluated, id: string): readonly string[] =>
  prompts.find(({ ruleId }) => ruleId === id)?.missing ?? [];

const now = (state: CaseState): Evaluated => evaluated(state, [], 1);
const ofItems = (items: ItemAnswers, specialty: Specialty | null = null, patient: Partial<Patient> | null = {}) =>
  now(caseOf(specialty, [assessmentOf(0, { items })], patient));
const gcs = (
  eye: number | null,
  verbal: number | null,
  motor: number | null,
  notTestable: ('eye' | 'verbal')[] = [],
) => ({
  eye,
  verbal,
  motor,
  notTestable,
});
const well = {
  respiratoryRatePerMin: 16,
  spo2Percent: 98,
  systolicMmHg: 120,
  heartRateBpm: 80,
  temperatureC: 36.8,
};
const alertOnAir = { consciousness: 'alert', oxygen: 'air' } as const;
const woman = { sex: 'female', ageYears: 30 } as const;

describe('GEN-1, arrest or ROSC', () => {
  it.each([
    ['in progress', { arrest: 'in-progress' }, null, {}, ['GEN-1a']],
    ['ROSC', { arrest: 'rosc' }, null, {}, ['GEN-1a']],
    ['none', { arrest: 'none' }, null, {}, []],
    ['not asked', {}, 'chest-pain', {}, []],
    ['of a stroke case', { arrest: 'in-progress' }, 'stroke', {}, ['GEN-1a']],
    ['age 16', { arrest: 'in-progress' }, null, { ageYears: 16 }, ['GEN-1a']],
    ['age 15 (C30)', { arrest: 'in-progress' }, null, { ageYears: 15 }, ['GEN-1b']],
    ['age not known', { arrest: 'in-progress' }, null, { ageYears: null }, ['GEN-1a']],
    ['nobody described', { arrest: 'in-progress' }, null, null, ['GEN-1a']],
    ['injured', { arrest: 'in-progress', isInjured: true }, null, {}, ['GEN-1b']],
    ['not injured', { arrest: 'in-progress', isInjured: false }, null, {}, ['GEN-1a']],
    ['of a trauma case', { arrest: 'in-progress' }, 'trauma', {}, ['GEN-1b']],
    ['another cause', { arrest: 'in-progress', arrestOtherCause: true }, null, {}, ['GEN-1b']],
    ['pregnant', { arrest: 'in-progress' }, null, { ...woman, isPregnant: true }, ['GEN-1b']],
    ['pregnancy not asked', { arrest: 'in-progress' }, null, woman, ['GEN-1a']],
    ['42 days after birth', { arrest: 'rosc', maternalDaysSinceBirth: 42 }, null, woman, ['GEN-1b']],
    ['43 days after birth', { arrest: 'rosc', maternalDaysSinceBirth: 43 }, null, woman, ['GEN-1a']],
    ['29 days old', { arrest: 'in-progress' }, null, { ageYears: 0, ageDays: 29 }, ['GEN-1b']],
    ['28 days old', { arrest: 'in-progress' }, null, { ageYears: 0, ageDays: 28 }, []],
  ] as const)('%s', (_, items, specialty, patient, expected) => {
    expect(idsOf(ofItems(items, specialty, patient))).toEqual(expected);
  });

  it('goes to chest pain at level 1, and to the emergency desk where 0.6.8 does not send it there', () => {
    const [medical] = ofItems({ arrest: 'in-progress' }).firing;
    expect(medical).toMatchObject({ ruleId: 'GEN-1a', specialty: 'chest-pain', tier: 'level-1' });
    const child = ofItems({ arrest: 'in-progress' }, null, { ageYears: 8 }).firing.find(
      (one) => one.ruleId === 'GEN-1b',
    );
    expect(child).toMatchObject({ specialty: 'emergency', tier: 'level-1' });
  });

  it('is asked about in a patient without response only', () => {
    const silent = now(caseOf(null, [assessmentOf(0, { consciousness: 'unresponsive' })]));
    expect(promptsOf(silent, 'GEN-1a')).toEqual(['arrest']);
    expect(promptsOf(now(caseOf(null, [assessmentOf(0, { consciousness: 'alert' })])), 'GEN-1a')).toEqual([]);
  });
});

describe('GEN-2, airway', () => {
  it.each([
    [{ airway: 'own' }, {}, []],
    [{ airway: 'lost' }, {}, ['GEN-2']],
    [{ airway: 'assisted' }, {}, ['GEN-2']],
    [{ airway: 'intubated' }, {}, ['GEN-2']],
    [{ breathing: 'absent' }, {}, ['GEN-2']],
    [{ breathing: 'shallow' }, {}, []],
    [{ respiratoryDistress: true }, {}, []],
    [{ airway: 'intubated' }, { ageYears: 4 }, ['GEN-2']],
    [{ airway: 'intubated' }, { ageYears: null }, ['GEN-2']],
    [{ airway: 'intubated' }, { ageYears: 0, ageDays: 28 }, []],
  ] as const)('%o of %o: %j', (items, patient, expected) => {
    expect(idsOf(ofItems(items, 'stroke', patient))).toEqual(expected);
  });

  it('rings the emergency desk, not the chosen center, and asks in coma', () => {
    const intubated = ofItems({ airway: 'intubated' }, 'stroke').firing.filter(({ ruleId }) => ruleId === 'GEN-2');
    expect(intubated).toMatchObject([{ specialty: 'emergency', tier: 'level-1' }]);
    const coma = now(caseOf(null, [assessmentOf(0, { consciousness: 'pain' })]));
    expect(promptsOf(coma, 'GEN-2')).toEqual(['airway']);
  });
});

describe('GEN-5, coma', () => {
  const ofGcs = (parts: Assessment['gcs'], patient: Partial<Patient> | null = {}) =>
    idsOf(now(caseOf(null, [assessmentOf(0, { gcs: parts })], patient)));

  it.each([
    ['8', gcs(2, 2, 4), {}, ['GEN-5']],
    ['9', gcs(2, 3, 4), {}, []],
    ['7', gcs(1, 2, 4), {}, ['GEN-5']],
    ['V not testable, 4..8', gcs(1, null, 2, ['verbal']), {}, ['GEN-5']],
    ['V not testable, 5..9', gcs(1, null, 3, ['verbal']), {}, []],
    ['motor not examined', gcs(1, 1, null), {}, ['GEN-5']],
    ['motor not examined, 4..9', gcs(1, 2, null), {}, []],
    ['8 in a child', gcs(2, 2, 4), { ageYears: 1 }, ['GEN-5']],
    ['8, age not known', gcs(2, 2, 4), { ageYears: null }, ['GEN-5']],
    ['3 of a newborn', gcs(1, 1, 1), { ageYears: 0, ageDays: 3 }, []],
  ] as const)('%s: %j', (_, parts, patient, expected) => {
    expect(ofGcs(parts, patient)).toEqual(expected);
  });

  it.each([
    ['unresponsive', {}, ['GEN-4b', 'GEN-5']],
    ['pain', {}, ['GEN-4b']],
    ['unresponsive', { ageYears: 3 }, ['GEN-5']],
    ['unresponsive', { ageYears: 0, ageDays: 3 }, []],
  ] as const)('%s on AVPU, %o: %j', (consciousness, patient, expected) => {
    expect(idsOf(now(caseOf(null, [assessmentOf(0, { consciousness })], patient)))).toEqual(expected);
  });

  it('asks for the GCS on P, which may be 6 to 10', () => {
    expect(promptsOf(now(caseOf(null, [assessmentOf(0, { consciousness: 'pain' })])), 'GEN-5')).toEqual([
      'gcsEye',
      'gcsVerbal',
      'gcsMotor',
    ]);
    expect(promptsOf(now(caseOf(null, [assessmentOf(0, { consciousness: 'voice' })])), 'GEN-5')).toEqual([]);
  });
});

/** RR 21 (2), SpO2 94 (1), SBP 110 (1) and with a pulse of 91 (1) more. */
const four = { ...well, respiratoryRatePerMin: 21, spo2Percent: 94, systolicMmHg: 110 };
const five = { ...four, heartRateBpm: 91 };

describe('GEN-4a, NEWS2 of 5 and more with a positive screen', () => {
  const ofScreen = (vitals: Assessment['vitals'], specialty: Specialty | null, items: ItemAnswers) =>
    now(caseOf(specialty, [assessmentOf(0, { ...alertOnAir, vitals, items })]));

  it.each([
    ['4', four, 'chest-pain', { hasChestPain: true }, []],
    ['5', five, 'chest-pain', { hasChestPain: true }, ['GEN-4a']],
    ['6', { ...five, temperatureC: 38.1 }, 'chest-pain', { hasChestPain: true }, ['GEN-4a']],
    ['7', { ...five, temperatureC: 39.1 }, 'chest-pain', { hasChestPain: true }, ['GEN-3', 'GEN-4a']],
    ['5 without pain', five, 'chest-pain', { hasChestPain: false }, []],
    ['5, pain not asked', five, 'chest-pain', {}, []],
    ['5, the screen of another center', five, 'stroke', { hasChestPain: true, isInjured: true }, []],
    ['5 with a stroke sign', five, 'stroke', { strokeFace: true }, ['GEN-4a']],
    ['5 injured', five, 'trauma', { isInjured: true }, ['GEN-4a']],
    ['5, no center chosen, injured', five, null, { isInjured: true }, ['GEN-4a']],
    ['5, no center chosen, nothing', five, null, {}, []],
  ] as const)('%s: %s', (_, vitals, specialty, items, expected) => {
    expect(idsOf(ofScreen(vitals, specialty, items))).toEqual(expected);
  });

  it('informs the chosen center at level 2, the emergency desk without one', () => {
    const target = (specialty: Specialty | null) =>
      ofScreen(five, specialty, { hasChestPain: true }).firing.find(({ ruleId }) => ruleId === 'GEN-4a');
    expect(target('chest-pain')).toMatchObject({ specialty: 'chest-pain', tier: 'level-2' });
    expect(target(null)).toMatchObject({ specialty: 'emergency', tier: 'level-2' });
    expect(target('chest-pain')?.score).toEqual({ name: 'news2', minimum: 5, maximum: 5 });
  });
});

describe('GEN-4b, one parameter at 3 points', () => {
  const ofOne = (more: Partial<Assessment>, patient: Partial<Patient> = {}) =>
    idsOf(now(caseOf('stroke', [assessmentOf(0, { ...alertOnAir, vitals: well, ...more })], patient)));

  it.each([
    ['nothing', {}, []],
    ['RR', { respiratoryRatePerMin: 9 }, []],
    ['RR', { respiratoryRatePerMin: 8 }, ['GEN-4b']],
    ['RR', { respiratoryRatePerMin: 24 }, []],
    ['RR', { respiratoryRatePerMin: 25 }, ['GEN-4b']],
    ['SpO2', { spo2Percent: 92 }, []],
    ['SpO2', { spo2Percent: 91 }, ['GEN-4b']],
    ['SBP', { systolicMmHg: 91 }, []],
    ['SBP', { systolicMmHg: 90 }, ['GEN-4b']],
    ['SBP', { systolicMmHg: 219 }, []],
    ['SBP', { systolicMmHg: 220 }, ['GEN-4b']],
    ['HR', { heartRateBpm: 41 }, []],
    ['HR', { heartRateBpm: 40 }, ['GEN-4b']],
    ['HR', { heartRateBpm: 130, systolicMmHg: 140 }, []],
    ['HR', { heartRateBpm: 131, systolicMmHg: 140 }, ['GEN-4b']],
    ['T', { temperatureC: 35.1 }, []],
    ['T rounded half up', { temperatureC: 35.05 }, []],
    ['RR rounded half up', { respiratoryRatePerMin: 8.5 }, []],
    ['RR rounded half up', { respiratoryRatePerMin: 8.4 }, ['GEN-4b']],
    ['RR rounded half up', { respiratoryRatePerMin: 24.5 }, ['GEN-4b']],
    ['SpO2 rounded half up', { spo2Percent: 91.5 }, []],
    ['SBP rounded half up', { systolicMmHg: 90.5 }, []],
    ['SBP rounded half up', { systolicMmHg: 219.5 }, ['GEN-4b']],
    ['HR rounded half up', { heartRateBpm: 40.5 }, []],
    ['HR rounded half up', { heartRateBpm: 130.5, systolicMmHg: 140 }, ['GEN-4b']],
    ['T', { temperatureC: 35.04 }, ['GEN-4b']],
    ['T', { temperatureC: 35 }, ['GEN-4b']],
  ] as const)('%s %o: %j', (_, change, expected) => {
    expect(ofOne({ vitals: { ...well, ...change } })).toEqual(expected);
  });

  it.each(['confusion', 'voice', 'pain'] as const)('consciousness %s', (consciousness) => {
    expect(ofOne({ consciousness })).toEqual(['GEN-4b']);
  });

  it('is advice to the emergency desk, for an adult not known to be pregnant', () => {
    const slow = { vitals: { ...well, respiratoryRatePerMin: 8 } };
    const [finding] = now(caseOf('stroke', [assessmentOf(0, { ...alertOnAir, ...slow })])).firing;
    expect(finding).toMatchObject({ ruleId: 'GEN-4b', specialty: 'emergency', tier: 'advice' });
    expect(ofOne(slow, { ageYears: 15 })).toEqual([]);
    expect(ofOne(slow, { ageYears: null })).toEqual([]);
    expect(ofOne(slow, { ...woman, isPregnant: true })).toEqual([]);
    expect(ofOne(slow, woman)).toEqual(['GEN-4b']);
  });
});

describe('GEN-4c, one parameter at 3 points on two sets', () => {
  const low = { ...well, spo2Percent: 91 };
  const ofSets = (apartS: number, first: Assessment['vitals'], items: ItemAnswers = {}) => {
    const sets = [
      assessmentOf(0, { ...alertOnAir, vitals: first }),
      assessmentOf(apartS, { ...alertOnAir, vitals: low, items }),
    ];
    return evaluated(caseOf('stroke', sets), [], apartS + 1);
  };

  it.each([
    ['300 s apart', 300, low, {}, ['GEN-4b', 'GEN-4c']],
    ['299 s apart', 299, low, {}, ['GEN-4b']],
    ['the first set was good', 300, well, {}, ['GEN-4b']],
    ['as usual for this patient', 300, low, { abnormalIsBaseline: true }, ['GEN-4b']],
    ['not as usual', 300, low, { abnormalIsBaseline: false }, ['GEN-4b', 'GEN-4c']],
  ] as const)('%s: %j', (_, apartS, first, items, expected) => {
    expect(idsOf(ofSets(apartS, first, items))).toEqual(expected);
  });

  it('informs the emergency desk at level 2', () => {
    const found = ofSets(300, low).firing.find(({ ruleId }) => ruleId === 'GEN-4c');
    expect(found).toMatchObject({ specialty: 'emergency', tier: 'level-2' });
  });

  it.each([
    [179, ['GEN-4b']],
    [180, ['GEN-4b', 'GEN-4c']],
  ] as const)('streamed for %i s: %j', (seconds, expected) => {
    const stream = everySecond(0, seconds, (second) => sampleOf(second, { spo2Percent: 91 }));
    expect(idsOf(evaluated(caseOf('stroke'), stream, seconds))).toEqual(expected);
  });
});

describe('GEN-4d, altered consciousness on re-check', () => {
  const confused = (items: ItemAnswers) =>
    now(caseOf(null, [assessmentOf(0, { consciousness: 'confusion', oxygen: 'air', vitals: well, items })]));

  it.each([
    [{ abnormalOnRecheck: true }, ['GEN-4b', 'GEN-4d']],
    [{ abnormalOnRecheck: false }, ['GEN-4b']],
    [{ abnormalOnRecheck: true, abnormalIsBaseline: true }, ['GEN-4b']],
    [{}, ['GEN-4b']],
  ])('%o: %j', (items, expected) => {
    expect(idsOf(confused(items))).toEqual(expected);
  });

  it('asks for the re-check', () => {
    expect(promptsOf(confused({}), 'GEN-4d')).toEqual(['abnormalOnRecheck']);
  });
});
