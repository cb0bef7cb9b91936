import type { ItemAnswers } from '@pentad/protocol/assessment-items';
import type { Patient } from '@pentad/protocol/case-event-types';
import type { Assessment } from '@pentad/protocol/case-state';
import type { Specialty } from '@pentad/protocol/center';
import { describe, expect, it } from 'vitest';
import { assessmentOf, caseOf, evaluated, firingIds } from '../testing/case-builder.ts';

const dissection = /^CP-(R7|Y2)/;
const found = (
  items: ItemAnswers,
  more: Partial<Assessment> = {},
  specialty: Specialty | null = null,
  patient: Partial<Patient> = {},
) => {
  const alert = { consciousness: 'alert', vitals: { systolicMmHg: 130 }, ...more } as const;
  return evaluated(caseOf(specialty, [assessmentOf(0, { ...alert, items })], patient), [], 1);
};
const ids = (...given: Parameters<typeof found>) => firingIds(found(...given)).filter((id) => dissection.test(id));
const withPain = (items: ItemAnswers, more: Partial<Assessment> = {}) => ids({ hasChestPain: true, ...items }, more);
const shock = { vitals: { systolicMmHg: 89 } };
const apart = { rightArmSystolicMmHg: 151, leftArmSystolicMmHg: 130 } as const;

describe('suspected dissection', () => {
  it.each([
    ['nothing', {}, {}, []],
    ['a single pain word', { painSevere: true }, {}, []],
    ['tearing alone', { painTearing: true }, {}, []],
    ['abrupt and severe', { painAbrupt: true, painSevere: true }, {}, ['CP-Y2a']],
    ['abrupt and tearing', { painAbrupt: true, painTearing: true }, {}, ['CP-Y2a']],
    ['severe and tearing', { painSevere: true, painTearing: true }, {}, []],
    ['a risk condition', { aorticHighRiskHistory: true }, {}, ['CP-Y2a']],
    ['pulse deficit', { pulseDeficit: true }, {}, ['CP-Y2a']],
    ['arms 21 apart', apart, {}, ['CP-Y2a']],
    ['arms 21 apart, left higher', { rightArmSystolicMmHg: 130, leftArmSystolicMmHg: 151 }, {}, ['CP-Y2a']],
    ['arms 20 apart', { ...apart, rightArmSystolicMmHg: 150 }, {}, []],
    ['new murmur', { newAorticMurmur: true }, {}, ['CP-Y2a']],
    ['condition and pain', { aorticHighRiskHistory: true, painSevere: true }, {}, ['CP-R7a', 'CP-Y2a']],
    ['pain and arms', { painTearing: true, ...apart }, {}, ['CP-R7a', 'CP-Y2a']],
    ['a deficit with the pain', { focalNeuroDeficit: true }, {}, ['CP-R7b', 'CP-Y2a']],
    ['a weak arm with the pain', { strokeArm: true }, {}, ['CP-R7b', 'CP-Y2a']],
    ['pulse deficit with shock', { pulseDeficit: true }, shock, ['CP-R7b', 'CP-Y2a']],
    ['murmur with shock', { newAorticMurmur: true }, shock, ['CP-R7b', 'CP-Y2a']],
    ['arms apart with shock', apart, shock, ['CP-R7b', 'CP-Y2a']],
    ['shock alone is CP-R2', {}, shock, []],
    ['severe pain with shock', { painSevere: true }, shock, ['CP-R7a']],
  ] as const)('%s: %j', (_, items, more, expected) => {
    expect(withPain(items, more)).toEqual(expected);
  });

  it.each([
    ['back pain, no chest pain', { painTearing: true, pulseDeficit: true }, null, {}, ['CP-R7a', 'CP-Y2a']],
    ['no pain at all', { hasChestPain: false, pulseDeficit: true, aorticHighRiskHistory: true }, null, {}, []],
    ['an injured patient', { painTearing: true, pulseDeficit: true }, 'trauma', {}, []],
    ['a child', { hasChestPain: true, painTearing: true, pulseDeficit: true }, null, { ageYears: 15 }, []],
  ] as const)('%s: %j', (_, items, specialty, patient, expected) => {
    expect(ids(items, {}, specialty, patient)).toEqual(expected);
  });

  it('is level 1 from two points, quoting the score; level 2 with one', () => {
    const firing = found({ hasChestPain: true, painTearing: true, ...apart }).firing;
    const rule = (id: string) => firing.find(({ ruleId }) => ruleId === id);
    expect(rule('CP-R7a')).toMatchObject({ tier: 'level-1', score: { name: 'add-rs', minimum: 2, maximum: 3 } });
    expect(rule('CP-Y2a')).toMatchObject({ tier: 'level-2', specialty: 'chest-pain' });
  });

  it('one pain word asks for both arms, without an alert (R3)', () => {
    const { prompts } = found({ hasChestPain: true, painSevere: true });
    const asked = prompts.find(({ ruleId }) => ruleId === 'CP-R7a')?.missing;
    expect(asked).toEqual(expect.arrayContaining(['rightArmSystolicMmHg', 'leftArmSystolicMmHg', 'pulseDeficit']));
    const calm = found({ hasChestPain: true }).prompts.map(({ ruleId }) => ruleId);
    expect(calm.filter((id) => dissection.test(id))).toEqual([]);
  });
});

describe('syncope with chest pain', () => {
  it.each([
    [{ hasChestPain: true, chestPainSyncope: true }, ['CP-Y2c']],
    [{ hasChestPain: true, chestPainSyncope: false }, []],
    [{ hasChestPain: false, chestPainSyncope: true }, []],
  ])('%o: %j', (items, expected) => {
    expect(ids(items)).toEqual(expected);
  });
});

describe('flags of chest pain', () => {
  const flagsOf = (items: ItemAnswers, more: Partial<Assessment> = {}, patient: Partial<Patient> = {}) =>
    found({ hasChestPain: true, deviceAcuteMi: true, ...items }, more, null, patient).firing.find(
      ({ ruleId }) => ruleId === 'CP-R1a',
    )?.flags ?? [];

  it.each([
    ['nothing', {}, false],
    ['a deficit', { focalNeuroDeficit: true }, true],
    ['pulse deficit', { pulseDeficit: true }, true],
    ['arms 20 apart', { ...apart, rightArmSystolicMmHg: 150 }, false],
    ['arms 21 apart', apart, true],
    ['new murmur', { newAorticMurmur: true }, true],
    ['a risk condition', { aorticHighRiskHistory: true }, false],
    ['a risk condition and tearing pain', { aorticHighRiskHistory: true, painTearing: true }, true],
    ['severe pain', { painSevere: true }, false],
  ] as const)('thrombolysis-hold with %s: %s', (_, items, expected) => {
    expect(flagsOf(items).includes('thrombolysis-hold')).toBe(expected);
  });

  it('thrombolysis-hold does not ride on the shock of a severe infarct', () => {
    expect(flagsOf({ painSevere: true }, shock)).not.toContain('thrombolysis-hold');
  });

  it.each([
    ['V4R 0.5 with II and aVF', { stIIMm: 1, stAvfMm: 1, stV4rMm: 0.5 }, {}, true],
    ['V4R 0.4', { stIIMm: 1, stAvfMm: 1, stV4rMm: 0.4 }, {}, false],
    ['V4R without inferior elevation', { stIIMm: 0.9, stAvfMm: 1, stV4rMm: 0.5 }, {}, false],
    ['man of 29, V4R 0.9', { stAvfMm: 1, stIIIMm: 1, stV4rMm: 0.9 }, { ageYears: 29 }, false],
    ['man of 29, V4R 1.0', { stAvfMm: 1, stIIIMm: 1, stV4rMm: 1 }, { ageYears: 29 }, true],
  ] as const)('rv-infarction: %s', (_, items, patient, expected) => {
    expect(flagsOf(items, {}, patient).includes('rv-infarction')).toBe(expected);
  });

  it.each([
    ['sex not known, 1.5 mm', { stV2Mm: 1.5, stV3Mm: 1.5 }, { sex: null }, true],
    ['man, age not known', { stV2Mm: 2, stV3Mm: 2 }, { ageYears: null }, true],
    ['sex not known, met at any age', { stV2Mm: 2.5, stV3Mm: 2.5 }, { sex: null }, false],
    ['sex not known, inferior', { stIIMm: 1, stAvfMm: 1 }, { sex: null }, false],
    ['sex not known, posterior 0.5', { stV7Mm: 0.5, stV8Mm: 0.5 }, { sex: null }, true],
    ['sex not known, V3R V4R 0.5', { stV3rMm: 0.5, stV4rMm: 0.5 }, { sex: null }, true],
    ['sex not known, V3R V4R 1.0', { stV3rMm: 1, stV4rMm: 1 }, { sex: null }, false],
    ['sex not known, V4R 0.5 V5R 1.0', { stV4rMm: 0.5, stV5rMm: 1 }, { sex: null }, true],
    ['sex not known, V4R V5R 1.0', { stV4rMm: 1, stV5rMm: 1 }, { sex: null }, false],
    ['sex not known, V5R V6R 1.0', { stV5rMm: 1, stV6rMm: 1 }, { sex: null }, false],
    ['sex not known, V7 V8 1.0', { stV7Mm: 1, stV8Mm: 1 }, { sex: null }, false],
    ['sex not known, V8 V9 1.0', { stV8Mm: 1, stV9Mm: 1 }, { sex: null }, false],
    ['sex not known, V2 1.5 V1 1.0', { stV1Mm: 1, stV2Mm: 1.5 }, { sex: null }, true],
    ['sex not known, V2 2.5 V1 1.0', { stV1Mm: 1, stV2Mm: 2.5 }, { sex: null }, false],
    ['sex not known, V3 2.5 V4 1.0', { stV3Mm: 2.5, stV4Mm: 1 }, { sex: null }, false],
    ['sex not known, V3 2.4 V4 1.0', { stV3Mm: 2.4, stV4Mm: 1 }, { sex: null }, true],
    ['sex not known, V4 V5', { stV4Mm: 1, stV5Mm: 1 }, { sex: null }, false],
    ['sex not known, V5 V6', { stV5Mm: 1, stV6Mm: 1 }, { sex: null }, false],
    ['sex not known, aVL I', { stAvlMm: 1, stIMm: 1 }, { sex: null }, false],
    ['woman, age not known', { stV2Mm: 1.5, stV3Mm: 1.5 }, { sex: 'female', ageYears: null }, false],
    ['man of 52', { stV2Mm: 2, stV3Mm: 2 }, {}, false],
  ] as const)('stemi-provisional: %s', (_, items, patient, expected) => {
    expect(flagsOf(items, {}, patient).includes('stemi-provisional')).toBe(expected);
  });

  it.each([
    ['no ECG time', { arrest: 'rosc' }, true],
    ['ECG 7.9 min after', { arrest: 'rosc', ecgMinutesAfterRosc: 7.9 }, true],
    ['ECG 8 min after', { arrest: 'rosc', ecgMinutesAfterRosc: 8 }, false],
    ['no arrest', { arrest: 'none', ecgMinutesAfterRosc: 2 }, false],
  ] as const)('ecg-after-rosc-provisional: %s', (_, items, expected) => {
    expect(flagsOf(items).includes('ecg-after-rosc-provisional')).toBe(expected);
  });
});
