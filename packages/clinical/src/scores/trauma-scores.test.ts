import type { ItemAnswer } from '@pentad/protocol/assessment-items/item';
import type { Assessment } from '@pentad/protocol/case-state';
import { describe, expect, it } from 'vitest';
import { gcsOf } from '../testing/trauma-case.ts';
import { rangeOf, type ScoreStory, scoresOf, well } from '../testing/trauma-score-case.ts';

describe('SIPA', () => {
  it('shows the ratio of 4 to 16 years only', () => {
    const sipa = (ageYears: number) =>
      rangeOf('sipa', { heartRateBpm: 98, systolicMmHg: 80 }, { patient: { ageYears } });
    expect(sipa(4)).toEqual([1.23, 1.23]);
    expect(sipa(16)).toEqual([1.23, 1.23]);
    expect([sipa(3), sipa(17)]).toEqual([undefined, undefined]);
  });

  it('is not shown with one of the two, nor of a patient not injured', () => {
    expect(scoresOf({ vitals: { heartRateBpm: 98 }, patient: { ageYears: 6 } })['sipa']).toBeUndefined();
    expect(scoresOf({ ...well, patient: { ageYears: 6 }, specialty: 'stroke' })['sipa']).toBeUndefined();
  });
});

describe('PHI', () => {
  const calm = { breathing: 'normal', airway: 'own', traumaPenetratingTorso: false };
  const phi = (
    vitals: Record<string, number>,
    items: Record<string, ItemAnswer> = {},
    more: Partial<Assessment> = { gcs: gcsOf(4, 5, 6) },
  ) => rangeOf('phi', vitals, { items: { ...calm, ...items }, more });

  it.each([
    [101, 0],
    [100, 1],
    [86, 1],
    [85, 2],
    [75, 2],
    [74, 5],
  ])('SBP %i: %i', (systolicMmHg, points) => {
    expect(phi({ systolicMmHg })).toEqual([points, points]);
  });

  it.each([
    [50, 5],
    [51, 0],
    [119, 0],
    [120, 3],
  ])('pulse %i: %i', (heartRateBpm, points) => {
    expect(phi({ heartRateBpm })).toEqual([points, points]);
  });

  it.each([
    [16, { breathing: 'laboured' }, 3],
    [16, { breathing: 'shallow' }, 3],
    [10, {}, 0],
    [9, {}, 5],
    [16, { breathing: 'absent' }, 5],
    [16, { airway: 'intubated' }, 5],
    [16, { airway: 'assisted' }, 5],
  ])('breathing %i %o: %i', (respiratoryRatePerMin, items, points) => {
    expect(phi({ respiratoryRatePerMin }, items)).toEqual([points, points]);
  });

  it.each([
    [{ gcs: gcsOf(4, 4, 6) }, 3, 3],
    [{ gcs: gcsOf(4, 3, 6) }, 3, 3],
    [{ gcs: gcsOf(4, 2, 6) }, 5, 5],
    [{ consciousness: 'alert' }, 0, 0],
    [{ consciousness: 'confusion' }, 3, 3],
    [{ consciousness: 'voice' }, 3, 5],
    [{ consciousness: 'pain' }, 5, 5],
    [{ consciousness: 'unresponsive' }, 5, 5],
    [{ consciousness: 'alert', gcs: gcsOf(4, 4, 6) }, 3, 3],
    [{ consciousness: 'confusion', gcs: gcsOf(4, 5, 6) }, 3, 3],
    [{ consciousness: 'voice', gcs: gcsOf(3, 2, 6) }, 5, 5],
    [{}, 0, 5],
  ])('consciousness %o: %i to %i', (more, least, most) => {
    expect(phi({}, {}, more)).toEqual([least, most]);
  });

  it('a penetrating injury of chest or abdomen adds 4; at most 24', () => {
    expect(phi({}, { traumaPenetratingTorso: true })).toEqual([4, 4]);
    const worst = { systolicMmHg: 60, heartRateBpm: 40, respiratoryRatePerMin: 6 };
    expect(phi(worst, { traumaPenetratingTorso: true }, { consciousness: 'unresponsive' })).toEqual([24, 24]);
  });

  it('breathing that nobody described may be anything', () => {
    expect(phi({}, { breathing: null })).toEqual([0, 5]);
    expect(phi({}, { airway: null })).toEqual([0, 5]);
    expect(phi({}, { breathing: 'laboured', airway: null })).toEqual([3, 5]);
    expect(scoresOf({ ...well, items: calm, vitals: { systolicMmHg: 120, heartRateBpm: 80 } })['phi']).toMatchObject({
      minimum: 0,
      maximum: 5,
      missing: ['respiratoryRatePerMin'],
    });
  });
});

describe('CRAMS', () => {
  const calm = { breathing: 'normal', traumaChestAbdomen: 'non-tender' };
  const crams = (
    vitals: Record<string, number>,
    items: Record<string, ItemAnswer> = {},
    more: Partial<Assessment> = { gcs: gcsOf(4, 5, 6) },
  ) => rangeOf('crams', vitals, { items: { ...calm, ...items }, more });

  it.each([
    [101, null, 10],
    [100, null, 9],
    [85, null, 9],
    [84, null, 8],
    [120, 2, 10],
    [120, 2.1, 9],
    [84, 2, 8],
  ])('SBP %i, refill %s: %i', (systolicMmHg, capillaryRefillS, expected) => {
    expect(crams({ systolicMmHg }, { capillaryRefillS })).toEqual([expected, expected]);
  });

  it.each([
    [35, 'normal', 10],
    [36, 'normal', 9],
    [16, 'laboured', 9],
    [16, 'shallow', 9],
    [16, 'absent', 8],
    [36, 'absent', 8],
  ])('RR %i, %s: %i', (respiratoryRatePerMin, breathing, expected) => {
    expect(crams({ respiratoryRatePerMin }, { breathing })).toEqual([expected, expected]);
  });

  it.each([
    [{ traumaChestAbdomen: 'tender' }, 9],
    [{ traumaChestAbdomen: 'rigid-flail-penetrating' }, 8],
    [{ traumaChestAbdomen: 'non-tender', traumaChestWall: true }, 8],
    [{ traumaChestAbdomen: null, traumaPenetratingTorso: true }, 8],
  ])('chest and abdomen %o: %i', (items, expected) => {
    expect(crams({}, items)).toEqual([expected, expected]);
  });

  it.each([
    [gcsOf(4, 5, 5), 9],
    [gcsOf(4, 5, 2), 9],
    [gcsOf(4, 5, 1), 8],
    [gcsOf(4, 4, 6), 9],
    [gcsOf(4, 3, 6), 9],
    [gcsOf(4, 2, 6), 8],
  ])('motor and speech %o: %i', (gcs, expected) => {
    expect(crams({}, {}, { gcs })).toEqual([expected, expected]);
  });

  it('leaves open what is not known', () => {
    expect(crams({}, { traumaChestAbdomen: null })).toEqual([8, 10]);
    const bare = scoresOf({ items: calm, more: { gcs: gcsOf(4, 5, 6) }, vitals: { respiratoryRatePerMin: 16 } })[
      'crams'
    ];
    expect(bare).toMatchObject({ minimum: 8, maximum: 10, missing: ['systolicMmHg', 'capillaryRefillS'] });
    expect(
      scoresOf({
        items: { ...calm, capillaryRefillS: 2 },
        more: { gcs: gcsOf(4, 5, 6) },
        vitals: { respiratoryRatePerMin: 16 },
      })['crams']?.minimum,
    ).toBe(10);
    const unrecordable = { gcs: gcsOf(4, 5, 6), isPressureUnrecordable: true };
    expect(scoresOf({ items: calm, more: unrecordable, vitals: { respiratoryRatePerMin: 16 } })['crams']).toMatchObject(
      { minimum: 8, maximum: 9 },
    );
  });
});

describe('ABC', () => {
  const not = Object.fromEntries(
    ['Head', 'Neck', 'Torso', 'ProximalLimb', 'DistalLimb'].map((site) => [`traumaPenetrating${site}`, false]),
  );
  const calm = { ...not, traumaFastPositive: false };
  const abc = (vitals: Record<string, number>, items: Record<string, ItemAnswer> = {}) =>
    rangeOf('abc', vitals, { items: { ...calm, ...items } });

  it.each([
    [{}, {}, 0],
    [{ systolicMmHg: 90 }, {}, 1],
    [{ systolicMmHg: 91 }, {}, 0],
    [{ heartRateBpm: 120 }, {}, 1],
    [{ heartRateBpm: 119 }, {}, 0],
    [{}, { traumaFastPositive: true }, 1],
    [{}, { traumaPenetratingDistalLimb: true }, 1],
    [{}, { traumaPenetratingHead: true, traumaPenetratingTorso: true }, 1],
    [{ systolicMmHg: 90, heartRateBpm: 120 }, { traumaFastPositive: true, traumaPenetratingNeck: true }, 4],
  ] as const)('%o %o: %i', (vitals, items, expected) => {
    expect(abc(vitals, items)).toEqual([expected, expected]);
  });

  it('leaves open what is not asked; adults only', () => {
    expect(abc({}, { traumaFastPositive: null })).toEqual([0, 1]);
    expect(rangeOf('abc', {}, { items: calm, patient: { ageYears: 16 } })).toEqual([0, 0]);
    expect(rangeOf('abc', {}, { items: calm, patient: { ageYears: 15 } })).toBeUndefined();
    expect(rangeOf('abc', {}, { items: calm, specialty: 'stroke' })).toBeUndefined();
    const unrecordable = scoresOf({
      items: calm,
      vitals: { heartRateBpm: 100 },
      more: { isPressureUnrecordable: true },
    });
    expect(unrecordable['abc']).toMatchObject({ minimum: 1, maximum: 1 });
  });
});

describe('blood loss by the shock index, for display', () => {
  const loss = (heartRateBpm: number, systolicMmHg: number, story: ScoreStory = {}) =>
    rangeOf('trauma-blood-loss', { heartRateBpm, systolicMmHg }, story);
  it.each([
    [99, undefined],
    [100, [1000, 1500]],
    [149, [1000, 1500]],
    [150, [1500, 2000]],
    [199, [1500, 2000]],
    [200, [2000, 5000]],
  ])('%i over 100: %j', (heartRate, expected) => {
    expect(loss(heartRate, 100)).toEqual(expected);
  });

  it('is never less than what was measured, and of injured adults only', () => {
    expect(loss(100, 100, { bloodLossMl: { a: 900, b: 400 } })).toEqual([1300, 1500]);
    expect(loss(100, 100, { bloodLossMl: { a: 1800 } })).toEqual([1800, 1800]);
    expect(loss(120, 100, { patient: { ageYears: 12 } })).toBeUndefined();
    expect(loss(120, 100, { specialty: 'maternal' })).toBeUndefined();
  });
});
