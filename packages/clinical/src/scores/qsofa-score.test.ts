import type { Patient } from '@pentad/protocol/case-event-types';
import type { Assessment } from '@pentad/protocol/case-state';
import { describe, expect, it } from 'vitest';
import { assessmentOf, caseOf, evaluated } from '../testing/case-builder.ts';
import type { ScoreRange } from './score-range.ts';

const well = { respiratoryRatePerMin: 21, systolicMmHg: 101 };
const gcs = (eye: number, verbal: number, motor: number) => ({ eye, verbal, motor, notTestable: [] });

const qsofaOf = (assessment: Partial<Assessment>, patient: Partial<Patient> = {}): ScoreRange | undefined => {
  const infected = { items: { infectionSuspected: true }, ...assessment };
  return evaluated(caseOf(null, [assessmentOf(0, infected)], patient), [], 1).scores['qsofa'];
};

describe('qSOFA', () => {
  it.each([
    ['nothing', well, 'alert', null, 0],
    ['RR 22', { ...well, respiratoryRatePerMin: 22 }, 'alert', null, 1],
    ['RR 23', { ...well, respiratoryRatePerMin: 23 }, 'alert', null, 1],
    ['SBP 100', { ...well, systolicMmHg: 100 }, 'alert', null, 1],
    ['SBP 99', { ...well, systolicMmHg: 99 }, 'alert', null, 1],
    ['confusion', well, 'confusion', null, 1],
    ['voice', well, 'voice', null, 1],
    ['pain', well, 'pain', null, 1],
    ['unresponsive', well, 'unresponsive', null, 1],
    ['GCS 14 though alert', well, 'alert', gcs(4, 4, 6), 1],
    ['GCS 15', well, 'alert', gcs(4, 5, 6), 0],
    ['GCS 15 alone', well, null, gcs(4, 5, 6), 0],
    ['GCS 13 alone', well, null, gcs(3, 4, 6), 1],
    ['all three', { respiratoryRatePerMin: 22, systolicMmHg: 100 }, 'voice', null, 3],
  ] as const)('%s', (_, vitals, consciousness, coma, total) => {
    expect(qsofaOf({ vitals, consciousness, gcs: coma })).toEqual({
      name: 'qsofa',
      minimum: total,
      maximum: total,
      missing: [],
    });
  });

  it('counts a pressure that cannot be taken, and what is missing at 0 and at 1', () => {
    expect(qsofaOf({ isPressureUnrecordable: true, consciousness: 'alert' })).toEqual({
      name: 'qsofa',
      minimum: 1,
      maximum: 2,
      missing: ['respiratoryRatePerMin'],
    });
    expect(qsofaOf({ vitals: well })).toEqual({ name: 'qsofa', minimum: 0, maximum: 1, missing: ['consciousness'] });
  });

  it.each([
    ['no infection suspected', { items: { infectionSuspected: false } }, {}],
    ['infection not asked', { items: {} }, {}],
    ['a child of 15', {}, { ageYears: 15 }],
    ['an age not known', {}, { ageYears: null }],
    ['pregnancy', {}, { sex: 'female', isPregnant: true }],
  ] as const)('is not counted with %s', (_, assessment, patient) => {
    expect(qsofaOf({ vitals: well, consciousness: 'alert', ...assessment }, patient)).toBeUndefined();
  });

  it('is counted at 16, and with pregnancy not asked', () => {
    const open = { ageYears: 16, sex: 'female', isPregnant: null } as const;
    expect(qsofaOf({ vitals: well, consciousness: 'alert' }, open)?.maximum).toBe(0);
  });
});
