import type { ItemAnswers } from '@pentad/protocol/assessment-items';
import type { Patient } from '@pentad/protocol/case-event-types';
import { describe, expect, it } from 'vitest';
import { assessmentOf, caseOf, evaluated, firingIds } from '../testing/case-builder.ts';

const ecg = /^CP-(R1|R6|Y3)/;
const noPain: ItemAnswers = { hasChestPain: false, hasAnginaEquivalent: false };
const ecgIds = (items: ItemAnswers, patient: Partial<Patient> = {}): readonly string[] => {
  const state = caseOf(null, [assessmentOf(0, { items, vitals: { systolicMmHg: 130 } })], patient);
  return firingIds(evaluated(state, [], 1)).filter((id) => ecg.test(id));
};
const withPain = (items: ItemAnswers, patient: Partial<Patient> = {}) =>
  ecgIds({ hasChestPain: true, ...items }, patient);

/** No two of the six depressed leads are V1 to V3 neighbours: nothing posterior in it. */
const six: ItemAnswers = { stIMm: -1, stIIMm: -1, stAvlMm: -1, stV4Mm: -1, stV5Mm: -1, stV6Mm: -1 };

describe('CP-R6, left main pattern', () => {
  it.each([
    ['six leads at 1.0 with aVR 1.0 (C19)', { ...six, stAvrMm: 1 }, true],
    ['with V1 1.0', { ...six, stV1Mm: 1, stAvrMm: 0 }, true],
    ['aVR 0.9', { ...six, stAvrMm: 0.9, stV1Mm: 0 }, false],
    ['five leads', { ...six, stV6Mm: -0.9, stAvrMm: 1 }, false],
    ['seven leads', { ...six, stV3Mm: -1, stAvrMm: 1 }, true],
    ['no elevation known', six, false],
  ] as const)('%s: %s', (_, items, expected) => {
    expect(withPain(items).includes('CP-R6')).toBe(expected);
  });

  it('is level 2 until signed off, advice without symptoms, and never of a child', () => {
    const items = { ...six, stAvrMm: 1 };
    const state = caseOf(null, [assessmentOf(0, { items: { ...items, hasChestPain: true } })]);
    const finding = evaluated(state, [], 1).firing.find(({ ruleId }) => ruleId === 'CP-R6');
    expect(finding).toMatchObject({ specialty: 'chest-pain', tier: 'level-2' });
    expect(ecgIds({ ...noPain, ...items })).toEqual(['CP-R1d']);
    expect(withPain(items, { ageYears: 15 })).toEqual([]);
  });
});

describe('CP-Y3, just below the cut-off', () => {
  const near = { stV2Mm: 1.5, stV3Mm: 1.5 } as const;

  it.each([
    ['1.5 and 1.5, reciprocal', { ...near, reciprocalDepression: true }, ['CP-Y3a']],
    ['hyperacute T', { ...near, hyperacuteT: true }, ['CP-Y3a']],
    ['0.5 mm between two ECGs', { ...near, stChangeBetweenEcgsMm: 0.5 }, ['CP-Y3a']],
    ['0.4 mm between two ECGs', { ...near, stChangeBetweenEcgsMm: 0.4 }, ['CP-Y3c']],
    ['aVF and III depressed', { ...near, stAvfMm: -0.5, stIIIMm: -0.5 }, ['CP-Y3a']],
    ['II and aVF depressed', { ...near, stIIMm: -0.5, stAvfMm: -0.5 }, ['CP-Y3a']],
    ['III depressed by 0.4', { ...near, stAvfMm: -0.5, stIIIMm: -0.4 }, ['CP-Y3c']],
    ['nothing to bear it out', near, ['CP-Y3c']],
    ['1.4', { stV2Mm: 1.4, stV3Mm: 1.5, reciprocalDepression: true }, []],
    ['met', { stV2Mm: 2, stV3Mm: 2, reciprocalDepression: true }, ['CP-R1c']],
    ['LVH', { ...near, reciprocalDepression: true, ecgLvh: true }, []],
  ] as const)('%s', (_, items, expected) => {
    expect(withPain(items)).toEqual(expected);
  });

  it.each([
    ['man 39', { ageYears: 39 }, 2, ['CP-Y3a']],
    ['man 39', { ageYears: 39 }, 1.9, []],
    ['woman', { sex: 'female' }, 1, ['CP-Y3a']],
    ['woman', { sex: 'female' }, 0.9, []],
    ['sex not known', { sex: null }, 1, ['CP-Y3a']],
  ] as const)('of a %s: %f mm', (_, patient, mm, expected) => {
    expect(withPain({ stV2Mm: mm, stV3Mm: mm, hyperacuteT: true }, patient)).toEqual(expected);
  });

  it.each([
    ['man 52, V2', {}, { stV2Mm: 1.4, stV3Mm: 1.9 }],
    ['man 52, V3', {}, { stV2Mm: 1.9, stV3Mm: 1.4 }],
    ['man 39, V2', { ageYears: 39 }, { stV2Mm: 1.9, stV3Mm: 2.4 }],
    ['man 39, V3', { ageYears: 39 }, { stV2Mm: 2.4, stV3Mm: 1.9 }],
    ['woman, V2', { sex: 'female' }, { stV2Mm: 0.9, stV3Mm: 1.4 }],
    ['woman, V3', { sex: 'female' }, { stV2Mm: 1.4, stV3Mm: 0.9 }],
  ] as const)('needs both leads near: %s is too low', (_, patient, leads) => {
    expect(withPain({ ...leads, hyperacuteT: true }, patient)).toEqual([]);
  });

  it('needs symptoms', () => {
    expect(ecgIds({ ...noPain, ...near, hyperacuteT: true })).toEqual([]);
    expect(ecgIds({ ...near, hyperacuteT: true })).toEqual([]);
    expect(withPain({ ...near, hyperacuteT: true }, { ageYears: 15 })).toEqual([]);
  });

  it.each([
    ['V4 V5', { stV4Mm: 0.5, stV5Mm: 0.5 }, ['CP-Y3b']],
    ['V4 V5, up to 0.9', { stV4Mm: 0.9, stV5Mm: 0.9 }, ['CP-Y3b']],
    ['V5 V6', { stV5Mm: 0.5, stV6Mm: 0.5 }, ['CP-Y3b']],
    ['aVL I', { stAvlMm: 0.5, stIMm: 0.5 }, ['CP-Y3b']],
    ['II aVF', { stIIMm: 0.5, stAvfMm: 0.5 }, ['CP-Y3b']],
    ['aVF III', { stAvfMm: 0.5, stIIIMm: 0.5 }, ['CP-Y3b']],
    ['0.4', { stAvfMm: 0.5, stIIIMm: 0.4 }, []],
    ['met', { stAvfMm: 1, stIIIMm: 1 }, ['CP-R1c']],
    ['V1 V2 are not among them', { stV1Mm: 0.5, stV2Mm: 0.5 }, []],
    ['in LVH', { stAvfMm: 0.5, stIIIMm: 0.5, ecgLvh: true }, []],
  ] as const)('0.5 to 0.9 mm elsewhere: %s', (_, items, expected) => {
    expect(withPain(items)).toEqual(expected);
    expect(ecgIds({ ...noPain, ...items }).filter((id) => id.startsWith('CP-Y3'))).toEqual([]);
  });

  it('an ECG nobody can read is advice, in chest pain', () => {
    expect(withPain({ ecgUninterpretable: true })).toEqual(['CP-Y3d']);
    expect(withPain({ ecgUninterpretable: false })).toEqual([]);
    expect(ecgIds({ ...noPain, ecgUninterpretable: true })).toEqual([]);
  });

  it('carries the tiers of R3', () => {
    const tierOf = (items: ItemAnswers) =>
      evaluated(caseOf(null, [assessmentOf(0, { items: { hasChestPain: true, ...items } })]), [], 1).firing.find(
        ({ ruleId }) => ruleId.startsWith('CP-Y3'),
      )?.tier;
    expect(tierOf({ ...near, hyperacuteT: true })).toBe('level-2');
    expect(tierOf({ stAvfMm: 0.5, stIIIMm: 0.5 })).toBe('level-2');
    expect(tierOf(near)).toBe('advice');
    expect(tierOf({ ecgUninterpretable: true })).toBe('advice');
    expect(tierOf({ ecgLbbb: true })).toBe('level-2');
  });
});
