import { describe, expect, it } from 'vitest';
import { assessmentOf, caseOf, evaluated } from '../testing/case-builder.ts';
import type { ScoreRange } from './score-range.ts';

type Items = Readonly<Record<string, boolean | number | string | null>>;
type Numbers = Readonly<Record<string, number>>;
const newborn = { ageYears: null, ageDays: 0, sex: null } as const;

const scoresOf = (vitals: Numbers, items: Items, patient = {}, more = {}): Readonly<Record<string, ScoreRange>> =>
  evaluated(caseOf('neonate', [assessmentOf(0, { vitals, items, ...more })], { ...newborn, ...patient }), [], 1).scores;

const apgarItems = (minute: number, signs: readonly [string, string, string, string, string]): Items =>
  Object.fromEntries(
    ['HeartRate', 'Breathing', 'Tone', 'Reflex', 'Colour'].map((sign, at) => [
      `apgar${minute}${sign}`,
      signs[at] ?? null,
    ]),
  );

describe('Apgar', () => {
  it.each([
    [['from-100', 'irregular', 'some-flexion', 'grimace', 'limbs-blue'], 6],
    [['below-100', 'irregular', 'some-flexion', 'grimace', 'limbs-blue'], 5],
    [['absent', 'absent', 'limp', 'none', 'blue-or-pale'], 0],
    [['from-100', 'good', 'active', 'cry', 'pink'], 10],
    [['absent', 'good', 'active', 'cry', 'pink'], 8],
    [['from-100', 'absent', 'active', 'cry', 'pink'], 8],
    [['from-100', 'good', 'limp', 'cry', 'pink'], 8],
    [['from-100', 'good', 'active', 'none', 'pink'], 8],
    [['from-100', 'good', 'active', 'cry', 'blue-or-pale'], 8],
    [['from-100', 'good', 'active', 'cry', 'limbs-blue'], 9],
  ] as const)('%j is %i (V23)', (signs, points) => {
    expect(scoresOf({}, apgarItems(1, signs))['apgar1']).toMatchObject({
      minimum: points,
      maximum: points,
      missing: [],
    });
  });

  it('is a range while signs are open, each at least 0 and at most 2', () => {
    const { apgar5, apgar1 } = scoresOf({}, { apgar5HeartRate: 'from-100', apgar5Tone: 'limp' });
    expect(apgar5).toEqual({
      name: 'apgar5',
      minimum: 2,
      maximum: 8,
      missing: ['apgar5Breathing', 'apgar5Reflex', 'apgar5Colour'],
    });
    expect(apgar1).toBeUndefined();
  });

  it('takes the reported total while the signs are not all there, and the signs once they are', () => {
    expect(scoresOf({}, { apgar5Total: 4, apgar5Tone: 'limp' })['apgar5']).toMatchObject({ minimum: 4, maximum: 4 });
    const all = apgarItems(10, ['from-100', 'good', 'active', 'cry', 'pink']);
    expect(scoresOf({}, { ...all, apgar10Total: 4 })['apgar10']).toMatchObject({ minimum: 10, maximum: 10 });
  });

  it('is for newborns only', () => {
    expect(scoresOf({}, { apgar5Total: 4 }, { ageDays: 29, gestationDays: 280 })['apgar5']).toBeUndefined();
    expect(scoresOf({}, { apgar5Total: 4 }, { ageDays: 28 })['apgar5']?.minimum).toBe(4);
  });
});

const healthy = {
  heartRateBpm: 140,
  systolicMmHg: 70,
  respiratoryRatePerMin: 45,
} as const;
const laboratory = {
  neonatePao2MmHg: 70,
  neonatePh: 7.4,
  neonateSodium: 140,
  neonatePotassium: 5,
  neonateCreatinine: 100,
  neonateHaematocritPercent: 45,
  neonateAbdomen: 'none',
} as const;

describe('NCIS', () => {
  it('is 100 without anything abnormal', () => {
    expect(scoresOf(healthy, laboratory)['ncis']).toEqual({ name: 'ncis', minimum: 100, maximum: 100, missing: [] });
  });

  it.each([
    [
      'heartRateBpm',
      [
        [79, 4],
        [80, 6],
        [100, 6],
        [101, 10],
        [159, 10],
        [160, 6],
        [180, 6],
        [181, 4],
      ],
    ],
    [
      'systolicMmHg',
      [
        [39, 4],
        [40, 6],
        [50, 6],
        [51, 10],
        [89, 10],
        [90, 6],
        [100, 6],
        [101, 4],
      ],
    ],
    [
      'respiratoryRatePerMin',
      [
        [19, 4],
        [20, 6],
        [25, 6],
        [26, 10],
        [59, 10],
        [60, 6],
        [100, 6],
        [101, 4],
      ],
    ],
    [
      'neonatePao2MmHg',
      [
        [49, 4],
        [50, 6],
        [60, 6],
        [61, 10],
      ],
    ],
    [
      'neonatePh',
      [
        [7.24, 4],
        [7.25, 6],
        [7.3, 6],
        [7.31, 10],
        [7.49, 10],
        [7.5, 6],
        [7.55, 6],
        [7.56, 4],
      ],
    ],
    [
      'neonateSodium',
      [
        [119, 4],
        [120, 6],
        [130, 6],
        [131, 10],
        [149, 10],
        [150, 6],
        [160, 6],
        [161, 4],
      ],
    ],
    [
      'neonatePotassium',
      [
        [1.9, 4],
        [2, 6],
        [2.9, 6],
        [3, 10],
        [7.4, 10],
        [7.5, 6],
        [9, 6],
        [9.1, 4],
      ],
    ],
    [
      'neonateCreatinine',
      [
        [86.9, 6],
        [87, 10],
        [113.9, 10],
        [114, 6],
        [132.6, 6],
        [132.7, 4],
      ],
    ],
    [
      'neonateHaematocritPercent',
      [
        [19.9, 4],
        [20, 6],
        [40, 6],
        [40.1, 10],
      ],
    ],
  ] as const)('%s: %j', (name, edges) => {
    for (const [value, points] of edges) {
      const isVital = Object.hasOwn(healthy, name);
      const range = scoresOf(
        isVital ? { ...healthy, [name]: value } : healthy,
        isVital ? laboratory : { ...laboratory, [name]: value },
      );
      expect([value, range['ncis']?.minimum]).toEqual([value, 90 + points]);
    }
  });

  it.each([
    ['none', 10],
    ['distension', 6],
    ['bleeding', 6],
    ['both', 4],
  ])('gut %s: %i', (neonateAbdomen, points) => {
    expect(scoresOf(healthy, { ...laboratory, neonateAbdomen })['ncis']?.maximum).toBe(90 + points);
  });

  it.each([
    [7, 10],
    [7.1, 6],
    [14.3, 6],
    [14.4, 4],
  ])('urea %f in place of creatinine: %i; of both the worse', (neonateUrea, points) => {
    const { neonateCreatinine: _, ...others } = laboratory;
    expect(scoresOf(healthy, { ...others, neonateUrea })['ncis']).toMatchObject({
      minimum: 90 + points,
      maximum: 90 + points,
    });
    expect(scoresOf(healthy, { ...laboratory, neonateUrea })['ncis']?.minimum).toBe(90 + points);
  });

  it('is 74 in V24, and 60 with every value on its boundary', () => {
    const v24 = { ...laboratory, neonatePao2MmHg: 55, neonatePh: 7.24, neonateSodium: 135 };
    const vitals = { heartRateBpm: 185, systolicMmHg: 38, respiratoryRatePerMin: 70 };
    expect(scoresOf(vitals, v24)['ncis']).toMatchObject({ minimum: 74, maximum: 74 });
    const edges = {
      neonatePao2MmHg: 60,
      neonatePh: 7.3,
      neonateSodium: 150,
      neonatePotassium: 7.5,
      neonateCreatinine: 132.6,
      neonateHaematocritPercent: 40,
      neonateAbdomen: 'bleeding',
    };
    expect(scoresOf({ heartRateBpm: 180, systolicMmHg: 50, respiratoryRatePerMin: 60 }, edges)['ncis']).toMatchObject({
      minimum: 60,
      maximum: 60,
    });
  });

  it('counts a missing item from 4 to 10 and names it, never rescaled (N13: HR 6, SBP 6, RR 6)', () => {
    const ncis = scoresOf({ heartRateBpm: 170, systolicMmHg: 45, respiratoryRatePerMin: 65 }, {})['ncis'];
    expect(ncis).toMatchObject({ minimum: 46, maximum: 88 });
    expect(ncis?.missing).toEqual([
      'neonatePao2MmHg',
      'neonatePh',
      'neonateSodium',
      'neonatePotassium',
      'neonateCreatinine',
      'neonateHaematocritPercent',
      'neonateAbdomen',
    ]);
  });
});
