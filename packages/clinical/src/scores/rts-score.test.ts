import { describe, expect, it } from 'vitest';
import { gcsOf } from '../testing/trauma-case.ts';
import { rangeOf, type ScoreStory, scoresOf, well } from '../testing/trauma-score-case.ts';

describe('T-RTS and RTS', () => {
  it.each([
    [gcsOf(1, 1, 1), 0],
    [gcsOf(1, 1, 2), 1],
    [gcsOf(1, 1, 3), 1],
    [gcsOf(1, 1, 4), 2],
    [gcsOf(1, 1, 6), 2],
    [gcsOf(1, 2, 6), 3],
    [gcsOf(3, 3, 6), 3],
    [gcsOf(3, 4, 6), 4],
  ])('GCS %o: code %i', (gcs, code) => {
    const { minimum, maximum } = scoresOf({ ...well, more: { gcs } })['t-rts'] ?? {};
    expect([minimum, maximum]).toEqual([8 + code, 8 + code]);
  });

  it.each([
    [90, 4],
    [89, 3],
    [76, 3],
    [75, 2],
    [50, 2],
    [49, 1],
    [20, 1],
  ])('SBP %i: code %i', (systolicMmHg, code) => {
    expect(rangeOf('t-rts', { systolicMmHg })).toEqual([8 + code, 8 + code]);
  });

  it.each([
    [30, 3],
    [29, 4],
    [10, 4],
    [9, 2],
    [6, 2],
    [5, 1],
    [1, 1],
    [0, 0],
  ])('RR %i: code %i', (respiratoryRatePerMin, code) => {
    expect(rangeOf('t-rts', { respiratoryRatePerMin })).toEqual([8 + code, 8 + code]);
  });

  it('P1: GCS 15, SBP 120, RR 16 is 12 and 7.8408; its shock index 70/120 is 0.58 (P2), 110/100 is 1.10 (P3)', () => {
    expect(rangeOf('t-rts', {})).toEqual([12, 12]);
    expect(rangeOf('rts', {})).toEqual([7.8408, 7.8408]);
    expect(rangeOf('shock-index', { heartRateBpm: 70 })).toEqual([0.58, 0.58]);
    expect(rangeOf('shock-index', { heartRateBpm: 110, systolicMmHg: 100 })).toEqual([1.1, 1.1]);
  });

  it('weighs each code: 0.9368, 0.7326, 0.2908', () => {
    const rts = (story: ScoreStory) => scoresOf({ ...well, ...story })['rts']?.minimum;
    expect(rts({ more: { gcs: gcsOf(3, 3, 6) } })).toBe(6.904);
    expect(rangeOf('rts', { systolicMmHg: 89 })).toEqual([7.1082, 7.1082]);
    expect(rangeOf('rts', { respiratoryRatePerMin: 30 })).toEqual([7.55, 7.55]);
  });

  it.each([
    [null, [8, 10]],
    [true, [9, 10]],
    [false, [8, 8]],
  ])('an unrecordable pressure is 0-2, with central pulse %s: %j (C7)', (centralPulse, expected) => {
    const range = scoresOf({
      vitals: { respiratoryRatePerMin: 16 },
      more: { gcs: gcsOf(4, 5, 6), isPressureUnrecordable: true },
      items: { centralPulse },
    })['t-rts'];
    expect([range?.minimum, range?.maximum]).toEqual(expected);
    expect(range?.missing).toEqual(centralPulse === null ? ['centralPulse'] : []);
  });

  it('no radial pulse and no pressure count as unrecordable; a pressure that was taken counts itself', () => {
    const noRadial = {
      items: { radialPulse: false },
      vitals: { respiratoryRatePerMin: 16 },
      more: { gcs: gcsOf(4, 5, 6) },
    };
    expect(scoresOf(noRadial)['t-rts']).toMatchObject({ minimum: 8, maximum: 10 });
    expect(rangeOf('t-rts', {}, { items: { radialPulse: false } })).toEqual([12, 12]);
  });

  it('names what is missing and never counts it as normal', () => {
    expect(scoresOf({ vitals: { respiratoryRatePerMin: 16 } })['t-rts']).toMatchObject({
      minimum: 4,
      maximum: 12,
      missing: ['gcsEye', 'gcsVerbal', 'gcsMotor', 'systolicMmHg'],
    });
    const intubated = { eye: 1, verbal: null, motor: 4, notTestable: ['verbal'] } as const;
    expect(scoresOf({ ...well, more: { gcs: intubated } })['t-rts']).toMatchObject({
      minimum: 10,
      maximum: 11,
      missing: [],
    });
  });

  it('is for the injured, children included for display, never for a newborn', () => {
    expect(scoresOf({ ...well, specialty: 'stroke' })['t-rts']).toBeUndefined();
    expect(scoresOf({ ...well, specialty: 'stroke', items: { isInjured: true } })['t-rts']?.minimum).toBe(12);
    expect(scoresOf({ ...well, patient: { ageYears: 5 } })['t-rts']?.minimum).toBe(12);
    expect(scoresOf({ ...well, patient: null })['rts']?.minimum).toBe(7.8408);
    expect(scoresOf({ ...well, patient: { ageYears: 0, ageDays: 3 } })['t-rts']).toBeUndefined();
  });
});
