import { describe, expect, it } from 'vitest';
import { assessmentOf, caseOf, evaluated } from '../testing/case-builder.ts';

const items = { capillaryRefillS: 1, pewsEffort: 'normal' };

/** Of each age group a child and its four zeros of heart rate, pressure and breathing. */
const groups = [
  [{ ageYears: null, ageDays: 90, gestationDays: 280 }, [140, 70, 40]],
  [{ ageYears: null, ageDays: 91, gestationDays: 280 }, [140, 90, 40]],
  [{ ageYears: null, ageDays: 364, gestationDays: 280 }, [140, 90, 40]],
  [{ ageYears: 1, ageDays: null }, [100, 100, 30]],
  [{ ageYears: 4, ageDays: null }, [100, 100, 30]],
  [{ ageYears: 5, ageDays: null }, [90, 110, 25]],
  [{ ageYears: 12, ageDays: null }, [90, 110, 25]],
  [{ ageYears: 13, ageDays: null }, [80, 115, 14]],
  [{ ageYears: 15, ageDays: null }, [80, 115, 14]],
] as const;

/** clinical.md A5: [4 2 1 at or below, 1 2 4 from] of heart rate, pressure and breathing; second reading C47. */
const edges = [
  [
    [80, 90, 110, 150, 180, 190],
    [45, 50, 60, 80, 100, 130],
    [15, 19, 29, 61, 81, 91],
  ],
  [
    [70, 80, 100, 150, 170, 180],
    [60, 70, 80, 100, 120, 150],
    [15, 19, 24, 51, 71, 81],
  ],
  [
    [70, 80, 100, 150, 170, 180],
    [60, 70, 80, 100, 120, 150],
    [15, 19, 24, 51, 71, 81],
  ],
  [
    [60, 70, 90, 120, 150, 170],
    [65, 75, 90, 110, 125, 160],
    [12, 15, 19, 41, 61, 71],
  ],
  [
    [60, 70, 90, 120, 150, 170],
    [65, 75, 90, 110, 125, 160],
    [12, 15, 19, 41, 61, 71],
  ],
  [
    [50, 60, 70, 110, 130, 150],
    [70, 80, 90, 120, 140, 170],
    [10, 14, 19, 31, 41, 51],
  ],
  [
    [50, 60, 70, 110, 130, 150],
    [70, 80, 90, 120, 140, 170],
    [10, 14, 19, 31, 41, 51],
  ],
  [
    [40, 50, 60, 100, 120, 140],
    [75, 85, 100, 130, 150, 190],
    [9, 10, 11, 17, 23, 30],
  ],
  [
    [40, 50, 60, 100, 120, 140],
    [75, 85, 100, 130, 150, 190],
    [9, 10, 11, 17, 23, 30],
  ],
] as const;

const pewsOf = (patient: object, [heartRateBpm, systolicMmHg, respiratoryRatePerMin]: readonly number[], more = {}) => {
  const vitals = { heartRateBpm, systolicMmHg, respiratoryRatePerMin, spo2Percent: 98 } as Record<string, number>;
  const {
    answers = {},
    changed = {},
    oxygen = 'air',
  } = more as { answers?: object; changed?: object; oxygen?: 'air' | 'oxygen' };
  const assessment = assessmentOf(0, { oxygen, vitals: { ...vitals, ...changed }, items: { ...items, ...answers } });
  return evaluated(caseOf('emergency', [assessment], { sex: 'male', ...patient }), [], 1).scores['pews'];
};

describe('Bedside PEWS', () => {
  it.each(groups)('of %o is 0 with %j, and every edge counts on its side', (patient, calm) => {
    const group = groups.findIndex(([one]) => one === patient);
    expect(pewsOf(patient, calm)).toEqual({ name: 'pews', minimum: 0, maximum: 0, missing: [] });
    (edges[group] ?? []).forEach(([low4, low2, low1, high1, high2, high4], part) => {
      const wanted = [
        [low4, 4],
        [low4 + 1, low4 + 1 > low2 ? 1 : 2],
        [low2, 2],
        [low2 + 1, 1],
        [low1, 1],
        [low1 + 1, 0],
        [high1 - 1, 0],
        [high1, 1],
        [high2 - 1, 1],
        [high2, 2],
        [high4 - 1, 2],
        [high4, 4],
      ] as const;
      for (const [value, points] of wanted) {
        const changed = calm.map((one, at) => (at === part ? value : one));
        expect([part, value, pewsOf(patient, changed)?.minimum]).toEqual([part, value, points]);
      }
    });
  });

  it.each([
    [{ answers: { capillaryRefillS: 2.9 } }, 0],
    [{ answers: { capillaryRefillS: 3 } }, 4],
    [{ answers: { pewsEffort: 'mild' } }, 1],
    [{ answers: { pewsEffort: 'moderate' } }, 2],
    [{ answers: { pewsEffort: 'severe' } }, 4],
    [{ changed: { spo2Percent: 95 } }, 0],
    [{ changed: { spo2Percent: 94 } }, 1],
    [{ changed: { spo2Percent: 91 } }, 1],
    [{ changed: { spo2Percent: 90 } }, 2],
    [{ oxygen: 'oxygen', answers: { pewsOxygen: 'low' } }, 2],
    [{ oxygen: 'oxygen', answers: { pewsOxygen: 'high' } }, 4],
  ])('%j: %i', (more, points) => {
    expect(pewsOf({ ageYears: 6, ageDays: null }, [90, 110, 25], more)).toMatchObject({
      minimum: points,
      maximum: points,
    });
  });

  it('is at most 26, and a range where items are open', () => {
    const worst = {
      oxygen: 'oxygen',
      answers: { pewsOxygen: 'high', capillaryRefillS: 5, pewsEffort: 'severe' },
      changed: { spo2Percent: 85 },
    };
    expect(pewsOf({ ageYears: 6, ageDays: null }, [160, 60, 60], worst)).toMatchObject({ minimum: 26, maximum: 26 });
    expect(pewsOf({ ageYears: 6, ageDays: null }, [90, 110, 25], { oxygen: 'oxygen' })).toEqual({
      name: 'pews',
      minimum: 2,
      maximum: 4,
      missing: ['pewsOxygen'],
    });
  });

  it('is 0 in N07, and never for a newborn nor from 16 years', () => {
    expect(pewsOf({ ageYears: null, ageDays: 180 }, [140, 82, 36])).toMatchObject({ minimum: 0, maximum: 0 });
    expect(pewsOf({ ageYears: null, ageDays: 28 }, [140, 70, 40])).toBeUndefined();
    expect(pewsOf({ ageYears: 16, ageDays: null }, [80, 115, 14])).toBeUndefined();
  });
});
