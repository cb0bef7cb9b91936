import type { Patient } from '@pentad/protocol/case-event-types';
import type { GcsParts } from '@pentad/protocol/case-state';
import { describe, expect, it } from 'vitest';
import { assessmentOf, caseOf, evaluated } from '../testing/case-builder.ts';
import { gcsAnswersFor } from './gcs-answers.ts';
import type { ScoreRange } from './score-range.ts';

const partsOf = (parts: Partial<GcsParts>): GcsParts => ({
  eye: null,
  verbal: null,
  motor: null,
  notTestable: [],
  ...parts,
});
const gcsOf = (parts: Partial<GcsParts>, patient: Partial<Patient> | null = {}): ScoreRange | undefined =>
  evaluated(caseOf(null, [assessmentOf(0, { gcs: partsOf(parts) })], patient), [], 1).scores['gcs'];

describe('the Glasgow coma score', () => {
  it.each([
    [4, 5, 6, 15],
    [1, 1, 1, 3],
    [2, 2, 4, 8],
    [2, 3, 4, 9],
    [3, 4, 5, 12],
  ])('E%i V%i M%i is %i', (eye, verbal, motor, total) => {
    expect(gcsOf({ eye, verbal, motor })).toEqual({ name: 'gcs', minimum: total, maximum: total, missing: [] });
  });

  it('names a part not examined, and counts it at its least and its most', () => {
    expect(gcsOf({ eye: 4, verbal: 5 })).toEqual({ name: 'gcs', minimum: 10, maximum: 15, missing: ['gcsMotor'] });
    expect(gcsOf({ motor: 6 })).toEqual({
      name: 'gcs',
      minimum: 8,
      maximum: 15,
      missing: ['gcsEye', 'gcsVerbal'],
    });
  });

  it('of an intubated patient is no total, and nothing is asked for', () => {
    const intubated = gcsOf({ eye: 4, motor: 6, notTestable: ['verbal'] });
    expect(intubated).toEqual({ name: 'gcs', minimum: 11, maximum: 15, missing: [] });
  });

  it.each([
    [{ ageYears: 0, ageDays: 28 }, undefined],
    [{ ageYears: 0, ageDays: 29 }, 15],
    [{ ageYears: 0, ageDays: 60, gestationDays: 248 }, undefined],
    [{ ageYears: 0, ageDays: 60, gestationDays: 249 }, 15],
    [{ ageYears: 1 }, 15],
    [{ ageYears: null }, 15],
    [null, 15],
  ])('of %o is %s', (patient, total) => {
    expect(gcsOf({ eye: 4, verbal: 5, motor: 6 }, patient)?.minimum).toBe(total);
  });
});

describe('the words of the GCS', () => {
  const wordsOf = (ageYears: number | null, isPreverbal?: boolean) => {
    const { verbal, motor } = gcsAnswersFor(ageYears, isPreverbal);
    return [verbal[0]?.en, motor[0]?.en];
  };
  const infant = ['coos, babbles', 'spontaneous purposeful movement'];
  const speaking = ['oriented', 'obeys commands'];

  it.each([
    [0, infant],
    [1, infant],
    [2, speaking],
    [40, speaking],
    [null, speaking],
  ])('at %s years: %j', (ageYears, words) => {
    expect(wordsOf(ageYears)).toEqual(words);
  });

  it('are those of an infant for a child that does not speak', () => {
    expect(wordsOf(5, true)).toEqual(infant);
  });

  it.each([1, 30])('give every point of each part once, at %i years', (ageYears) => {
    const { eye, verbal, motor } = gcsAnswersFor(ageYears);
    expect([eye, verbal, motor].map((part) => part.map(({ points }) => points))).toEqual([
      [4, 3, 2, 1],
      [5, 4, 3, 2, 1],
      [6, 5, 4, 3, 2, 1],
    ]);
  });
});
