import type { ItemAnswers } from '@pentad/protocol/assessment-items';
import type { Patient } from '@pentad/protocol/case-event-types';
import { describe, expect, it } from 'vitest';
import maternal from '../../rule-sets/pentad-2/maternal.json' with { type: 'json' };
import { assessmentOf, caseOf, evaluated } from '../testing/case-builder.ts';
import { afterBirthText } from './obstetric-patient.ts';

const woman: Partial<Patient> = { ageYears: 30, sex: 'female', isPregnant: true };
const calm = {
  respiratoryRatePerMin: 16,
  spo2Percent: 98,
  temperatureC: 36.8,
  systolicMmHg: 120,
  diastolicMmHg: 75,
  heartRateBpm: 80,
};

const scoresOf = (
  changed: Readonly<Record<string, number | null>>,
  items: ItemAnswers = {},
  { consciousness = 'alert', patient = woman }: { consciousness?: string | null; patient?: Partial<Patient> } = {},
) => {
  const assessment = assessmentOf(0, {
    consciousness,
    vitals: { ...calm, ...changed },
    items: { maternalPain: 0, ...items },
  });
  return evaluated(caseOf('maternal', [assessment], patient), [], 1).scores;
};

describe('MEOWS', () => {
  it.each([
    ['respiratoryRatePerMin', 9, 'red'],
    ['respiratoryRatePerMin', 10, 'normal'],
    ['respiratoryRatePerMin', 20, 'normal'],
    ['respiratoryRatePerMin', 21, 'yellow'],
    ['respiratoryRatePerMin', 30, 'yellow'],
    ['respiratoryRatePerMin', 31, 'red'],
    ['spo2Percent', 94, 'red'],
    ['spo2Percent', 95, 'normal'],
    ['temperatureC', 34.9, 'red'],
    ['temperatureC', 35, 'yellow'],
    ['temperatureC', 36, 'yellow'],
    ['temperatureC', 36.1, 'normal'],
    ['temperatureC', 38, 'normal'],
    ['temperatureC', 38.1, 'red'],
    ['systolicMmHg', 89, 'red'],
    ['systolicMmHg', 90, 'yellow'],
    ['systolicMmHg', 100, 'yellow'],
    ['systolicMmHg', 101, 'normal'],
    ['systolicMmHg', 149, 'normal'],
    ['systolicMmHg', 150, 'yellow'],
    ['systolicMmHg', 160, 'yellow'],
    ['systolicMmHg', 161, 'red'],
    ['diastolicMmHg', 89, 'normal'],
    ['diastolicMmHg', 90, 'yellow'],
    ['diastolicMmHg', 100, 'yellow'],
    ['diastolicMmHg', 101, 'red'],
    ['heartRateBpm', 39, 'red'],
    ['heartRateBpm', 40, 'yellow'],
    ['heartRateBpm', 50, 'yellow'],
    ['heartRateBpm', 51, 'normal'],
    ['heartRateBpm', 99, 'normal'],
    ['heartRateBpm', 100, 'yellow'],
    ['heartRateBpm', 120, 'yellow'],
    ['heartRateBpm', 121, 'red'],
  ] as const)('%s %f is %s', (name, value, colour) => {
    const scores = scoresOf({ [name]: value, ...(name === 'diastolicMmHg' ? { systolicMmHg: 140 } : {}) });
    expect(scores['meows-red']).toMatchObject({ minimum: colour === 'red' ? 1 : 0, maximum: colour === 'red' ? 1 : 0 });
    expect(scores['meows-yellow']).toMatchObject({
      minimum: colour === 'yellow' ? 1 : 0,
      maximum: colour === 'yellow' ? 1 : 0,
    });
  });

  it.each([
    ['alert', 0, 0],
    ['confusion', 0, 1],
    ['voice', 0, 1],
    ['pain', 1, 0],
    ['unresponsive', 1, 0],
  ])('%s: %i red, %i yellow', (consciousness, red, yellow) => {
    const scores = scoresOf({}, {}, { consciousness });
    expect([scores['meows-red']?.minimum, scores['meows-yellow']?.minimum]).toEqual([red, yellow]);
  });

  it.each([
    [1, 0],
    [2, 1],
    [3, 1],
  ])('pain %i: %i yellow', (maternalPain, yellow) => {
    expect(scoresOf({}, { maternalPain })['meows-yellow']).toMatchObject({ minimum: yellow, maximum: yellow });
  });

  it('of a missing parameter may be either colour, and names it', () => {
    const scores = scoresOf({ heartRateBpm: null, spo2Percent: null }, { maternalPain: null });
    expect(scores['meows-red']).toEqual({
      name: 'meows-red',
      minimum: 0,
      maximum: 2,
      missing: ['spo2Percent', 'heartRateBpm'],
    });
    expect(scores['meows-yellow']).toEqual({
      name: 'meows-yellow',
      minimum: 0,
      maximum: 2,
      missing: ['heartRateBpm', 'maternalPain'],
    });
  });

  it('counts two yellows in N11 (a) and one red in N11 (c)', () => {
    expect(scoresOf({ systolicMmHg: 160, diastolicMmHg: 100 })['meows-yellow']?.minimum).toBe(2);
    expect(scoresOf({ systolicMmHg: 159, diastolicMmHg: 109 })['meows-red']?.minimum).toBe(1);
  });

  it.each([
    ['pregnant', woman, {}, true],
    ['42 days after birth', { ...woman, isPregnant: false }, { maternalDaysSinceBirth: 42 }, true],
    ['43 days after birth', { ...woman, isPregnant: false }, { maternalDaysSinceBirth: 43 }, false],
    ['neither', { ...woman, isPregnant: false }, {}, false],
    ['a man', { ageYears: 30, sex: 'male' }, { maternalDaysSinceBirth: 1 }, false],
    ['a newborn', { ageYears: null, ageDays: 1, sex: null }, { maternalDaysSinceBirth: 1 }, false],
  ] as const)('is for %s: %o %o %s', (_, patient, items, isShown) => {
    const scores = scoresOf({}, items, { patient: { ...woman, isPregnant: null, ...patient } });
    for (const name of ['meows-red', 'meows-yellow', 'omqsofa']) expect(Object.hasOwn(scores, name)).toBe(isShown);
  });

  it('is gated by the words of the rule set', () => {
    expect(maternal.terms.find(({ name }) => name === 'afterBirth')?.when).toBe(afterBirthText);
  });
});

describe('omqSOFA', () => {
  it.each([
    [{ systolicMmHg: 90, respiratoryRatePerMin: 24 }, 'alert', 0],
    [{ systolicMmHg: 89, respiratoryRatePerMin: 24 }, 'alert', 1],
    [{ systolicMmHg: 90, respiratoryRatePerMin: 25 }, 'alert', 1],
    [{ systolicMmHg: 90, respiratoryRatePerMin: 24 }, 'confusion', 1],
    [{ systolicMmHg: 89, respiratoryRatePerMin: 25 }, 'voice', 3],
  ] as const)('%o, %s: %i', (vitals, consciousness, points) => {
    expect(scoresOf(vitals, {}, { consciousness })['omqsofa']).toMatchObject({ minimum: points, maximum: points });
  });

  it('is a range while something is missing', () => {
    expect(scoresOf({ respiratoryRatePerMin: null }, {}, { consciousness: null })['omqsofa']).toEqual({
      name: 'omqsofa',
      minimum: 0,
      maximum: 2,
      missing: ['respiratoryRatePerMin', 'consciousness'],
    });
  });
});

describe('blood loss by shock index, display only', () => {
  it.each([
    [119, 120, 0, 1000],
    [120, 120, 1000, 1500],
    [179, 120, 1000, 1500],
    [180, 120, 1500, 2500],
    [199, 100, 1500, 2500],
    [200, 100, 2500, 5000],
  ])('%i over %i: %i to %i mL', (heartRateBpm, systolicMmHg, minimum, maximum) => {
    const scores = scoresOf({ heartRateBpm, systolicMmHg }, { maternalBleeding: 'light' });
    expect(scores['estimated-blood-loss']).toEqual({ name: 'estimated-blood-loss', minimum, maximum, missing: [] });
  });

  it('is not shown without bleeding, without a pressure, or of another patient', () => {
    const fast = { heartRateBpm: 130, systolicMmHg: 100 };
    expect(scoresOf(fast)['estimated-blood-loss']).toBeUndefined();
    expect(scoresOf(fast, { maternalBleeding: 'none' })['estimated-blood-loss']).toBeUndefined();
    expect(scoresOf({ systolicMmHg: null }, { maternalBleeding: 'light' })['estimated-blood-loss']).toBeUndefined();
    const notPregnant = { patient: { ...woman, isPregnant: false } };
    expect(scoresOf(fast, { maternalBleeding: 'light' }, notPregnant)['estimated-blood-loss']).toBeUndefined();
  });
});
