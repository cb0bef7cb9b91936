import type { ItemAnswers } from '@pentad/protocol/assessment-items';
import type { Patient } from '@pentad/protocol/case-event-types';
import { describe, expect, it } from 'vitest';
import { assessmentOf, caseOf, evaluated, firingIds } from '../testing/case-builder.ts';

const ecg = /^CP-(R1|R6|Y3)/;
const pain: ItemAnswers = { hasChestPain: true };
const noPain: ItemAnswers = { hasChestPain: false, hasAnginaEquivalent: false };
const found = (items: ItemAnswers, patient: Partial<Patient> | null = {}) =>
  evaluated(caseOf(null, [assessmentOf(0, { items, vitals: { systolicMmHg: 130 } })], patient), [], 1);
const ecgIds = (items: ItemAnswers, patient: Partial<Patient> | null = {}): readonly string[] =>
  firingIds(found(items, patient)).filter((id) => ecg.test(id));
const withPain = (items: ItemAnswers, patient: Partial<Patient> | null = {}) => ecgIds({ ...pain, ...items }, patient);
/** Whether own criteria are met: CP-R1c and nothing above it. */
const meets = (items: ItemAnswers, patient: Partial<Patient> | null = {}): boolean =>
  withPain(items, patient).includes('CP-R1c');

const men = {
  from40: { ageYears: 40 },
  under40: { ageYears: 39 },
  from30: { ageYears: 30 },
  under30: { ageYears: 29 },
};
const woman = { sex: 'female', ageYears: 30 } as const;

describe('ST elevation in V2 and V3', () => {
  it.each([
    ['man 40', men.from40, 1.9, false],
    ['man 40', men.from40, 2, true],
    ['man 40', men.from40, 2.1, true],
    ['man 39', men.under40, 2.4, false],
    ['man 39', men.under40, 2.5, true],
    ['woman', woman, 1.4, false],
    ['woman', woman, 1.5, true],
    ['woman of 70', { sex: 'female', ageYears: 70 }, 1.5, true],
    ['woman, age not known', { sex: 'female', ageYears: null }, 1.5, true],
    ['sex not known', { sex: null }, 1.4, false],
    ['sex not known', { sex: null }, 1.5, true],
    ['man, age not known', { ageYears: null }, 1.4, false],
    ['man, age not known', { ageYears: null }, 1.5, true],
    ['nobody described', null, 1.5, true],
  ] as const)('%s %o: %f mm meets: %s', (_, patient, mm, expected) => {
    expect(meets({ stV2Mm: mm, stV3Mm: mm }, patient)).toBe(expected);
  });

  it.each([
    ['V1 1.0, V2 2.0', { stV1Mm: 1, stV2Mm: 2 }, true],
    ['V1 0.9, V2 2.0', { stV1Mm: 0.9, stV2Mm: 2 }, false],
    ['V1 1.0, V2 1.9', { stV1Mm: 1, stV2Mm: 1.9 }, false],
    ['V3 2.0, V4 1.0', { stV3Mm: 2, stV4Mm: 1 }, true],
    ['V3 2.0, V4 0.9', { stV3Mm: 2, stV4Mm: 0.9 }, false],
    ['V3 1.9, V4 1.0', { stV3Mm: 1.9, stV4Mm: 1 }, false],
    ['V2 and V4 are not neighbours', { stV2Mm: 3, stV3Mm: 1, stV4Mm: 0.9, stV1Mm: 0 }, false],
  ])('%s: %s', (_, leads, expected) => {
    expect(meets(leads)).toBe(expected);
  });
});

describe('ST elevation in other contiguous leads', () => {
  it.each([
    ['V4 V5', 'stV4Mm', 'stV5Mm'],
    ['V5 V6', 'stV5Mm', 'stV6Mm'],
    ['aVL I', 'stAvlMm', 'stIMm'],
    ['II aVF', 'stIIMm', 'stAvfMm'],
    ['aVF III', 'stAvfMm', 'stIIIMm'],
    ['V4R V5R', 'stV4rMm', 'stV5rMm'],
    ['V5R V6R', 'stV5rMm', 'stV6rMm'],
  ])('%s from 1.0 mm', (_, first, second) => {
    expect(meets({ [first]: 1, [second]: 1 })).toBe(true);
    expect(meets({ [first]: 1, [second]: 0.4 })).toBe(false);
    expect(meets({ [second]: 1, [first]: 0.4 })).toBe(false);
    expect(meets({ [first]: 1 })).toBe(false);
  });

  it('in a limb lead and in V6 stop at 0.9 mm', () => {
    expect(meets({ stIIMm: 1, stAvfMm: 0.9 })).toBe(false);
    expect(meets({ stV5Mm: 1, stV6Mm: 0.9 })).toBe(false);
  });

  it.each([
    ['I and II', { stIMm: 2, stIIMm: 2 }],
    ['II and III', { stIIMm: 2, stIIIMm: 2 }],
    ['II with a depressed aVR (C20)', { stIIMm: 2, stAvrMm: -2 }],
    ['V6 and I', { stV6Mm: 2, stIMm: 2 }],
  ])('is not contiguous: %s', (_, leads) => {
    expect(meets(leads)).toBe(false);
  });

  it.each([
    [men.from40, 0.5, true],
    [men.from40, 0.4, false],
    [men.under40, 0.9, false],
    [men.under40, 1, true],
    [woman, 0.5, true],
    [{ sex: null }, 0.5, true],
    [{ ageYears: null }, 0.5, true],
  ] as const)('V7 V8 and V8 V9 of %o at %f mm: %s', (patient, mm, expected) => {
    expect(meets({ stV7Mm: mm, stV8Mm: mm }, patient)).toBe(expected);
    expect(meets({ stV8Mm: mm, stV9Mm: mm }, patient)).toBe(expected);
    expect(meets({ stV7Mm: mm, stV9Mm: mm }, patient)).toBe(false);
  });

  it.each([
    [men.from30, 0.5, true],
    [men.from30, 0.4, false],
    [men.under30, 0.9, false],
    [men.under30, 1, true],
    [woman, 0.5, true],
    [{ sex: null }, 0.5, true],
  ] as const)('V3R V4R of %o at %f mm: %s', (patient, mm, expected) => {
    expect(meets({ stV3rMm: mm, stV4rMm: mm }, patient)).toBe(expected);
  });

  it('V5R keeps its 1.0 mm beside V4R', () => {
    expect(meets({ stV4rMm: 0.5, stV5rMm: 1 })).toBe(true);
    expect(meets({ stV4rMm: 0.4, stV5rMm: 1 })).toBe(false);
  });
});

const inferior: ItemAnswers = { stIIMm: 1, stAvfMm: 1 };
const bundle: ItemAnswers = { ecgLbbb: true };

describe('own criteria, device and reader', () => {
  it.each([
    ['with pain', { ...inferior, ...pain }, ['CP-R1c']],
    ['with an equivalent', { ...inferior, hasChestPain: false, hasAnginaEquivalent: true }, ['CP-R1c']],
    ['with ROSC', { ...inferior, ...noPain, arrest: 'rosc' }, ['CP-R1c']],
    ['with a vasopressor', { ...inferior, ...noPain, onVasopressor: true }, ['CP-R1c']],
    ['without symptoms', { ...inferior, ...noPain }, ['CP-R1d']],
    ['symptoms not asked', inferior, ['CP-R1d']],
    ['with pain and LVH', { ...inferior, ...pain, ecgLvh: true }, ['CP-R1d']],
    [
      'with pain, called benign by the device',
      { ...inferior, ...pain, deviceProbablyBenign: true },
      ['CP-R1c', 'CP-R1e'],
    ],
    ['called benign, no elevation', { deviceProbablyBenign: true }, ['CP-R1e']],
    ['device says acute MI, nothing asked', { deviceAcuteMi: true }, ['CP-R1a']],
    ['device says acute MI, no symptoms', { ...noPain, deviceAcuteMi: true }, ['CP-R1a']],
    ['device says no', { ...pain, deviceAcuteMi: false }, []],
    ['read as STEMI', { ...noPain, readerStemi: true }, ['CP-R1b']],
    ['read as an equivalent', { readerStemiEquivalent: true }, ['CP-R1b']],
    ['read as neither', { ...pain, readerStemi: false, readerStemiEquivalent: false }, []],
    ['LBBB with pain and elevation', { ...inferior, ...pain, ...bundle }, ['CP-Y3e']],
    ['paced', { ...inferior, ...pain, ecgPaced: true }, ['CP-Y3e']],
    ['paced by rhythm', { ...inferior, ...pain, heartRhythm: 'paced' }, ['CP-Y3e']],
    ['LBBB without symptoms', { ...inferior, ...noPain, ...bundle }, []],
  ] as const)('%s', (_, items, expected) => {
    expect(ecgIds(items)).toEqual(expected);
  });

  it('ring as the documents and issue 4 item 5 say', () => {
    const tiers = found({ ...pain, ...inferior, deviceAcuteMi: true, readerStemi: true, deviceProbablyBenign: true });
    const own = tiers.firing.filter(({ ruleId }) => ecg.test(ruleId));
    expect(own.map(({ ruleId, tier }) => [ruleId, tier])).toEqual([
      ['CP-R1a', 'level-1'],
      ['CP-R1b', 'level-1'],
      ['CP-R1c', 'level-2'],
      ['CP-R1e', 'advice'],
    ]);
    expect(new Set(own.map(({ specialty }) => specialty))).toEqual(new Set(['chest-pain']));
  });

  it('are for adults and an age not known; a physician reads any age', () => {
    const all = { ...pain, ...inferior, deviceAcuteMi: true };
    expect(ecgIds(all, { ageYears: 15 })).toEqual([]);
    expect(ecgIds(all, { ageYears: 16 })).toEqual(['CP-R1a', 'CP-R1c']);
    expect(ecgIds(all, { ageYears: null })).toEqual(['CP-R1a', 'CP-R1c']);
    expect(ecgIds({ readerStemi: true }, { ageYears: 12 })).toEqual(['CP-R1b']);
  });

  it('the device statement is asked for in chest pain only, lead by lead nothing is', () => {
    const prompts = evaluated(caseOf('chest-pain'), [], 1).prompts;
    expect(prompts.find(({ ruleId }) => ruleId === 'CP-R1a')?.missing).toEqual(['deviceAcuteMi']);
    expect(prompts.flatMap(({ missing }) => missing).filter((name) => /^st[A-Z].*Mm$/.test(name))).toEqual([]);
    expect(evaluated(caseOf('stroke'), [], 1).prompts.filter(({ ruleId }) => ecg.test(ruleId))).toEqual([]);
  });
});

describe('STEMI equivalents by own reading (CP-R1f)', () => {
  it.each([
    ['Sgarbossa 5', { ...bundle, concordantElevationMm: 1 }, true],
    ['concordant elevation 0.9', { ...bundle, concordantElevationMm: 0.9, concordantDepressionMm: 0 }, false],
    ['Sgarbossa 3', { ...bundle, concordantDepressionMm: 1 }, true],
    [
      'Sgarbossa 2',
      { ...bundle, concordantElevationMm: 0, concordantDepressionMm: 0, discordantElevationMm: 5 },
      false,
    ],
    ['no LBBB', { ecgLbbb: false, ecgPaced: false, heartRhythm: 'sinus', concordantElevationMm: 1 }, false],
    ['LBBB not known', { concordantElevationMm: 1 }, false],
    ['Smith -0.25 with 1 mm', { ecgPaced: true, smithRatio: -0.25, smithElevationMm: 1 }, true],
    ['Smith -0.24', { ecgPaced: true, smithRatio: -0.24, smithElevationMm: 1 }, false],
    ['Smith with 0.9 mm (C18)', { ecgPaced: true, smithRatio: -0.3, smithElevationMm: 0.9 }, false],
    ['Smith, elevation not measured', { ecgPaced: true, smithRatio: -0.3 }, false],
    ['V1 V2 -0.5', { stV1Mm: -0.5, stV2Mm: -0.5 }, true],
    ['V2 V3 -0.5', { stV2Mm: -0.5, stV3Mm: -0.5 }, true],
    ['V1 V2 -0.4', { stV1Mm: -0.4, stV2Mm: -0.5 }, false],
    ['V1 V3', { stV1Mm: -0.5, stV2Mm: 0, stV3Mm: -0.5 }, false],
  ] as const)('%s: %s', (_, items, expected) => {
    expect(withPain(items).includes('CP-R1f')).toBe(expected);
    expect(ecgIds({ ...noPain, ...items })).not.toContain('CP-R1f');
  });

  it('without symptoms are advice in LBBB', () => {
    expect(ecgIds({ ...noPain, ...bundle, concordantElevationMm: 1 })).toEqual(['CP-R1d']);
  });

  it('are level 2, quote Sgarbossa and ask for V7 to V9', () => {
    const sure = found({ ...pain, ...bundle, concordantElevationMm: 1 }).firing.find((one) => one.ruleId === 'CP-R1f');
    expect(sure).toMatchObject({ tier: 'level-2', score: { name: 'sgarbossa', minimum: 5, maximum: 10 } });
    const flagsOf = (items: ItemAnswers) =>
      found({ ...pain, stV2Mm: -1, stV3Mm: -1, ...items }).firing.find(({ ruleId }) => ruleId === 'CP-R1f')?.flags;
    expect(flagsOf({})).toContain('record-posterior-leads');
    expect(flagsOf({ stV7Mm: 0 }) ?? []).not.toContain('record-posterior-leads');
  });
});
