import type { ItemAnswers } from '@pentad/protocol/assessment-items';
import { describe, expect, it } from 'vitest';
import { judgedNewborn } from '../testing/newborn-case.ts';

const scoresOf = (vitals: Readonly<Record<string, number>>, items: ItemAnswers) =>
  judgedNewborn({ vitals, items }).scores;

describe('TRIPS, display only', () => {
  const vitals = { temperatureC: 36, respiratoryRatePerMin: 70, spo2Percent: 92, systolicMmHg: 45 };
  const items = { neonateResponse: 'lethargic', airway: 'own', neonateApnoea: 'none' };

  it.each([
    ['base', {}, {}, 19],
    ['36.1', { temperatureC: 36.1 }, {}, 12],
    ['intubated', {}, { airway: 'intubated' }, 28],
    ['SBP 40', { systolicMmHg: 40 }, {}, 35],
  ])('V21 %s', (_, changed, answered, points) => {
    expect(scoresOf({ ...vitals, ...changed }, { ...items, ...answered })['trips']).toMatchObject({
      minimum: points,
      maximum: points,
    });
  });

  it.each([
    [
      'temperatureC',
      [
        [36, 8],
        [36.1, 1],
        [36.5, 1],
        [36.6, 0],
        [37.1, 0],
        [37.2, 1],
        [37.6, 1],
        [37.7, 8],
      ],
    ],
    [
      'respiratoryRatePerMin',
      [
        [60, 0],
        [61, 5],
      ],
    ],
    [
      'spo2Percent',
      [
        [84, 5],
        [85, 0],
      ],
    ],
    [
      'systolicMmHg',
      [
        [19, 26],
        [20, 16],
        [40, 16],
        [41, 0],
      ],
    ],
  ] as const)('%s: %j', (name, edges) => {
    const calm = { temperatureC: 36.8, respiratoryRatePerMin: 40, spo2Percent: 95, systolicMmHg: 60 };
    for (const [value, points] of edges) {
      const { trips } = scoresOf({ ...calm, [name]: value }, { ...items, neonateResponse: 'vigorous' });
      expect([value, trips?.minimum, trips?.maximum]).toEqual([value, points, points]);
    }
  });

  it.each([
    [{ neonateResponse: 'none' }, 30],
    [{ neonateResponse: 'vigorous', seizure: 'ongoing' }, 30],
    [{ neonateResponse: 'vigorous', seizure: 'stopped' }, 13],
    [{ neonateApnoea: 'gasping' }, 28],
    [{ neonateApnoea: 'over-20s' }, 28],
    [{ neonateApnoea: 'brief' }, 19],
    [{ breathing: 'absent' }, 28],
  ])('%j: %i', (answered, points) => {
    expect(scoresOf(vitals, { ...items, ...answered })['trips']).toMatchObject({ minimum: points, maximum: points });
  });

  it('is 13 to 30 in N13, where the response was not recorded', () => {
    const n13 = { temperatureC: 34.9, respiratoryRatePerMin: 65, spo2Percent: 84, systolicMmHg: 45 };
    const { trips } = scoresOf(n13, { airway: 'own', neonateApnoea: 'none' });
    expect(trips).toMatchObject({ minimum: 13, maximum: 30 });
    expect(trips?.missing).toContain('neonateResponse');
  });

  it('stays open towards 14 while apnoea is not asked', () => {
    expect(scoresOf({ ...vitals, respiratoryRatePerMin: 40 }, { neonateResponse: 'lethargic' })['trips']).toMatchObject(
      {
        minimum: 14,
        maximum: 28,
      },
    );
  });
});
