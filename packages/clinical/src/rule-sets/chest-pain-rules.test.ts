import type { ItemAnswers } from '@pentad/protocol/assessment-items';
import type { Patient } from '@pentad/protocol/case-event-types';
import type { Assessment } from '@pentad/protocol/case-state';
import type { Specialty } from '@pentad/protocol/center';
import { describe, expect, it } from 'vitest';
import { assessmentOf, caseOf, evaluated, firingIds } from '../testing/case-builder.ts';

type Evaluated = ReturnType<typeof evaluated>;

const clinical = /^CP-(R[2-57-9]|Y[12])/;
const well = {
  respiratoryRatePerMin: 16,
  spo2Percent: 97,
  systolicMmHg: 130,
  heartRateBpm: 78,
  temperatureC: 36.6,
};
const found = (
  items: ItemAnswers,
  more: Partial<Assessment> = {},
  specialty: Specialty | null = null,
  patient: Partial<Patient> | null = {},
): Evaluated => {
  const assessment = { consciousness: 'alert', oxygen: 'air', vitals: well, ...more } as const;
  return evaluated(caseOf(specialty, [assessmentOf(0, { ...assessment, items })], patient), [], 1);
};
const ids = (...given: Parameters<typeof found>): readonly string[] =>
  firingIds(found(...given)).filter((id) => clinical.test(id));
const withPain = (items: ItemAnswers, more: Partial<Assessment> = {}, patient: Partial<Patient> | null = {}) =>
  ids({ hasChestPain: true, ...items }, more, null, patient);
const promptsOf = ({ prompts }: Evaluated, id: string): readonly string[] =>
  prompts.find(({ ruleId }) => ruleId === id)?.missing ?? [];
const vitals = (change: Partial<typeof well>) => ({ vitals: { ...well, ...change } });

describe('CP-R2, chest pain with shock', () => {
  it.each([
    ['SBP 90', {}, vitals({ systolicMmHg: 90 }), []],
    ['SBP 89', {}, vitals({ systolicMmHg: 89 }), ['CP-R2']],
    ['SBP not to be taken (C7)', {}, { vitals: {}, isPressureUnrecordable: true }, ['CP-R2']],
    ['a vasopressor', { onVasopressor: true }, {}, ['CP-R2']],
    ['cold and sweating, alert', { skin: 'cold-pale-sweating' }, {}, []],
    ['cold and sweating, confused', { skin: 'cold-pale-sweating' }, { consciousness: 'confusion' }, ['CP-R2']],
    ['cold and sweating, unresponsive', { skin: 'cold-pale-sweating' }, { consciousness: 'unresponsive' }, ['CP-R2']],
    [
      'cold and sweating, GCS 14',
      { skin: 'cold-pale-sweating' },
      { gcs: { eye: 4, verbal: 4, motor: 6, notTestable: [] } },
      ['CP-R2'],
    ],
    ['mottled, confused', { skin: 'mottled' }, { consciousness: 'confusion' }, []],
  ] as const)('%s', (_, items, more, expected) => {
    expect(withPain(items, more)).toEqual(expected);
  });

  const low = vitals({ systolicMmHg: 80 });
  it.each([
    ['no pain, no center', {}, null, {}, []],
    ['pain denied, no center', { hasChestPain: false }, null, {}, []],
    ['the center alone', {}, 'chest-pain', {}, ['CP-R2']],
    ['pain, stroke chosen', { hasChestPain: true }, 'stroke', {}, ['CP-R2']],
    ['pain, maternal chosen', { hasChestPain: true }, 'maternal', {}, ['CP-R2']],
    ['pain after injury', { hasChestPain: true }, 'trauma', {}, []],
    ['pain at 15', { hasChestPain: true }, null, { ageYears: 15 }, []],
    ['pain at 16', { hasChestPain: true }, null, { ageYears: 16 }, ['CP-R2']],
    ['pain, age not known', { hasChestPain: true }, null, { ageYears: null }, ['CP-R2']],
  ] as const)('%s: %j', (_, items, specialty, patient, expected) => {
    expect(ids(items, low, specialty, patient)).toEqual(expected);
  });

  it('asks for the pressure and the skin in chest pain', () => {
    const open = found({}, { vitals: {} }, 'chest-pain');
    expect(promptsOf(open, 'CP-R2')).toEqual(['systolicMmHg']);
    const confused = found({}, { vitals: {}, consciousness: 'confusion' }, 'chest-pain');
    expect(promptsOf(confused, 'CP-R2')).toEqual(['systolicMmHg', 'skin']);
    expect(promptsOf(found({}, { vitals: {} }, 'stroke'), 'CP-R2')).toEqual([]);
  });
});

describe('CP-R3, chest pain with hypoxia', () => {
  it.each([
    ['SpO2 90', {}, vitals({ spo2Percent: 90 }), []],
    ['SpO2 89 on air', {}, vitals({ spo2Percent: 89 }), ['CP-R3']],
    ['SpO2 89 on oxygen', {}, { ...vitals({ spo2Percent: 89 }), oxygen: 'oxygen' }, ['CP-R3']],
    ['SpO2 89, oxygen not recorded', {}, { ...vitals({ spo2Percent: 89 }), oxygen: null }, ['CP-R3']],
    ['respiratory failure', { respiratoryFailure: true }, {}, ['CP-R3']],
    ['distress alone', { respiratoryDistress: true }, {}, []],
    ['assisted ventilation', { airway: 'assisted' }, {}, ['CP-R3']],
    ['no breathing', { breathing: 'absent' }, {}, ['CP-R3']],
    ['own airway', { airway: 'own' }, {}, []],
  ] as const)('%s', (_, items, more, expected) => {
    expect(withPain(items, more)).toEqual(expected);
  });

  it('asks for SpO2 only', () => {
    expect(promptsOf(found({}, { vitals: {} }, 'chest-pain'), 'CP-R3')).toEqual(['spo2Percent']);
  });
});

describe('CP-R4, R5, R8, R9', () => {
  it.each([
    [{ heartRhythm: 'vt' }, ['CP-R4']],
    [{ heartRhythm: 'vf' }, ['CP-R4']],
    [{ heartRhythm: 'high-degree-block' }, ['CP-R4']],
    [{ heartRhythm: 'af' }, []],
    [{ heartRhythm: 'af', arrhythmiaUnstable: true }, ['CP-R4']],
    [{ heartRhythm: 'vt', isInjured: true }, []],
    [{ ischaemicHeartFailure: true }, ['CP-R5']],
    [{ ischaemicHeartFailure: false }, []],
    [{ mechanicalComplication: true }, ['CP-R5']],
    [{ tensionPneumothorax: true }, ['CP-R8b']],
    [{ cardiacTamponade: true }, ['CP-R8b']],
    [{ cardiacTamponade: true, isInjured: true }, []],
    [{ tensionPneumothorax: false, cardiacTamponade: false }, []],
    [{ arrest: 'rosc' }, ['CP-R9']],
    [{ arrest: 'in-progress' }, []],
    [{ arrest: 'rosc', isInjured: true }, []],
  ] as const)('%o: %j', (items, expected) => {
    expect(ids(items)).toEqual(expected);
  });

  it.each([
    ['heartRhythm', { heartRhythm: 'vt' }],
    ['ischaemicHeartFailure', { ischaemicHeartFailure: true }],
    ['cardiacTamponade', { cardiacTamponade: true }],
    ['peSuspected', { peSuspected: true, systolicFellBy40: true }],
    ['ROSC', { arrest: 'rosc' }],
  ] as const)('%s of a child rings nothing here', (_, items) => {
    expect(ids(items, {}, null, { ageYears: 15 })).toEqual([]);
  });

  it.each([
    ['SBP 90', { peSuspected: true }, vitals({ systolicMmHg: 90 }), ['CP-Y2b']],
    ['SBP 89', { peSuspected: true }, vitals({ systolicMmHg: 89 }), ['CP-R8a', 'CP-Y2b']],
    ['a fall of 40', { peSuspected: true, systolicFellBy40: true }, {}, ['CP-R8a', 'CP-Y2b']],
    ['arrest', { peSuspected: true, arrest: 'in-progress' }, {}, ['CP-R8a', 'CP-Y2b']],
    ['not suspected', { peSuspected: false }, vitals({ systolicMmHg: 80 }), []],
  ] as const)('embolism, %s: %j', (_, items, more, expected) => {
    expect(ids(items, more)).toEqual(expected);
  });

  it('asks for the pressure in suspected embolism, for rhythm and failure in chest pain', () => {
    expect(promptsOf(found({ peSuspected: true }, { vitals: {} }), 'CP-R8a')).toEqual(['systolicMmHg']);
    const open = found({}, {}, 'chest-pain');
    expect(promptsOf(open, 'CP-R4')).toEqual(['heartRhythm', 'arrhythmiaUnstable']);
    expect(promptsOf(open, 'CP-R5')).toEqual(['ischaemicHeartFailure', 'mechanicalComplication']);
    expect(promptsOf(found({}), 'CP-R8a')).toEqual([]);
  });
});

describe('CP-Y1, ongoing pain', () => {
  const ongoing = { chestPainOngoing: true } as const;
  it.each([
    ['dynamic', { dynamicIschaemia: true }, {}, ['CP-Y1a', 'CP-Y1c']],
    ['0.5 mm between ECGs', { stChangeBetweenEcgsMm: 0.5 }, {}, ['CP-Y1a']],
    ['0.4 mm between ECGs', { stChangeBetweenEcgsMm: 0.4 }, {}, ['CP-Y1b']],
    ['sweating', { chestSweating: true }, {}, ['CP-Y1a']],
    ['cold skin', { skin: 'cold-pale-sweating' }, {}, ['CP-Y1a']],
    ['vomiting', { vomiting: true }, {}, ['CP-Y1a']],
    ['both arms', { chestPainBothArms: true }, {}, ['CP-Y1a']],
    ['known disease', { knownCoronaryDisease: true }, {}, ['CP-Y1a']],
    ['recurrence', { chestPainRecurred: true }, {}, ['CP-Y1a']],
    ['65 with risk factors', { coronaryRiskFactors: true }, { ageYears: 65 }, ['CP-Y1a']],
    ['64 with risk factors', { coronaryRiskFactors: true }, { ageYears: 64 }, ['CP-Y1b']],
    ['65 without', { coronaryRiskFactors: false }, { ageYears: 65 }, ['CP-Y1b']],
    ['nothing else', {}, {}, ['CP-Y1b']],
  ] as const)('%s: %j', (_, items, patient, expected) => {
    expect(withPain({ ...ongoing, ...items }, {}, patient)).toEqual(expected);
  });

  it('is nothing when the pain is over, but dynamic change is', () => {
    expect(withPain({ chestPainOngoing: false, chestSweating: true })).toEqual([]);
    expect(withPain({ chestSweating: true })).toEqual([]);
    expect(withPain({ chestPainOngoing: false, dynamicIschaemia: true })).toEqual(['CP-Y1c']);
    expect(ids({ hasChestPain: false, dynamicIschaemia: true })).toEqual([]);
  });

  it('carries the tiers of R3, and asks in chest pain only', () => {
    const tiers = found({ hasChestPain: true, ...ongoing, dynamicIschaemia: true }).firing;
    expect(tiers.find(({ ruleId }) => ruleId === 'CP-Y1a')?.tier).toBe('level-2');
    expect(tiers.find(({ ruleId }) => ruleId === 'CP-Y1c')?.tier).toBe('level-2');
    const plain = found({ hasChestPain: true, ...ongoing }).firing;
    expect(plain.find(({ ruleId }) => ruleId === 'CP-Y1b')?.tier).toBe('advice');
    expect(promptsOf(found({}, {}, 'chest-pain'), 'CP-Y1a')).toContain('chestPainOngoing');
    expect(promptsOf(found({}, {}, 'stroke'), 'CP-Y1a')).toEqual([]);
  });
});
