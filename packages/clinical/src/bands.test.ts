import { describe, expect, it } from 'vitest';
import { ageBand, isAdult, pregnancy } from './bands.ts';
import { patientOf } from './testing/case-builder.ts';

describe('age bands', () => {
  it.each([
    [{ ageYears: null, ageDays: 0 }, 'neonate'],
    [{ ageYears: 0, ageDays: 28 }, 'neonate'],
    [{ ageYears: null, ageDays: 29 }, 'infant'],
    [{ ageYears: null, ageDays: 29, gestationDays: 279 }, 'neonate'],
    [{ ageYears: null, ageDays: 30, gestationDays: 279 }, 'infant'],
    [{ ageYears: null, ageDays: 364 }, 'infant'],
    [{ ageYears: null, ageDays: 365 }, 'child'],
    [{ ageYears: 1 }, 'child'],
    [{ ageYears: 15 }, 'child'],
    [{ ageYears: 16 }, 'adult'],
    [{ ageYears: 0 }, null],
    [{ ageYears: null }, null],
    [{ ageYears: 30, ageDays: 10 }, null],
  ] as const)('%o is %s', (patient, band) => {
    expect(ageBand(patientOf(patient))).toBe(band);
  });

  it('never assumes an adult', () => {
    expect(ageBand(null)).toBeNull();
    expect(isAdult(null)).toBe('UNKNOWN');
    expect(isAdult(patientOf({ ageYears: null }))).toBe('UNKNOWN');
    expect(isAdult(patientOf({ ageYears: 30, ageDays: 10 }))).toBe('UNKNOWN');
    expect(isAdult(patientOf({ ageYears: null, ageDays: 400 }))).toBe('FALSE');
    expect(isAdult(patientOf({ ageYears: 15 }))).toBe('FALSE');
    expect(isAdult(patientOf({ ageYears: 16 }))).toBe('TRUE');
  });
});

describe('pregnancy', () => {
  it.each([
    [{ sex: 'female', isPregnant: true }, 'TRUE'],
    [{ sex: 'female', isPregnant: false, gestationDays: 200 }, 'FALSE'],
    [{ sex: 'female', gestationDays: 200 }, 'TRUE'],
    [{ sex: 'female' }, 'UNKNOWN'],
    [{ sex: null }, 'UNKNOWN'],
    [{ sex: 'male' }, 'FALSE'],
    [{ sex: 'female', ageYears: 55 }, 'UNKNOWN'],
    [{ sex: 'female', ageYears: 56 }, 'FALSE'],
    [{ sex: null, ageYears: null, ageDays: 5, gestationDays: 200 }, 'UNKNOWN'],
  ] as const)('%o is %s', (patient, expected) => {
    expect(pregnancy(patientOf(patient))).toBe(expected);
  });

  it('is not known of nobody', () => {
    expect(pregnancy(null)).toBe('UNKNOWN');
  });
});
