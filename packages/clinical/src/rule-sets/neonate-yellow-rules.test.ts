import type { ItemAnswers } from '@pentad/protocol/assessment-items';
import { describe, expect, it } from 'vitest';
import { assessmentOf, caseOf, evaluated, everySecond, sampleOf } from '../testing/case-builder.ts';
import { bornMinutesAgo, judgedNewborn, neonatal, newbornCase, type Newborn } from '../testing/newborn-case.ts';

const v = (vitals: Readonly<Record<string, number>>, more: Newborn = {}): Newborn => ({ vitals, ...more });
const q = (items: ItemAnswers, more: Newborn = {}): Newborn => ({ items, ...more });
const weeks = (completed: number, days = 0): Newborn => ({ gestationDays: 7 * completed + days });
const noSigns = { neonateHypoglycaemiaSigns: false, seizure: 'none', neonateResponse: 'vigorous' };
const exposed = { neonateMaternalExposure: true };
const chorioamnionitis = { neonateChorioamnionitis: true };

const table: Readonly<Record<string, readonly (readonly [0 | 1, Newborn])[]>> = {
  'NB-Y1': [
    [0, weeks(27, 6)],
    [1, weeks(28)],
    [1, weeks(33, 6)],
    [0, weeks(34)],
    [0, q({ neonateBirthWeightG: 1000 })],
    [1, q({ neonateBirthWeightG: 1001 })],
    [1, q({ neonateBirthWeightG: 1799 })],
    [0, q({ neonateBirthWeightG: 1800 })],
    [0, {}],
  ],
  'NB-Y2a': [
    [1, q({ neonateCpap: true })],
    [0, q({ neonateCpap: false })],
    [0, q({ neonateFio2Percent: 29 })],
    [1, q({ neonateFio2Percent: 30 })],
    [1, q({ neonateFio2Percent: 60 })],
    [0, q({ neonateFio2Percent: 61 })],
    [1, q({ neonateRetractions: true })],
    [1, q({ neonateGrunting: true })],
  ],
  'NB-Y2b': [[0, v({ respiratoryRatePerMin: 70 })]],
  'NB-Y2c': [
    [1, v({ respiratoryRatePerMin: 71 })],
    [0, v({ respiratoryRatePerMin: 70 })],
    [1, v({ respiratoryRatePerMin: 61, spo2Percent: 89 })],
    [0, v({ respiratoryRatePerMin: 61, spo2Percent: 90 })],
    [0, v({ respiratoryRatePerMin: 60, spo2Percent: 89 })],
  ],
  'NB-Y2d': [
    [0, v({ spo2Percent: 84 })],
    [1, v({ spo2Percent: 85 })],
    [1, v({ spo2Percent: 89 })],
    [0, v({ spo2Percent: 90 })],
    [0, v({ spo2Percent: 87 }, { age: 10 })],
    [1, v({ spo2Percent: 87 }, { age: 11 })],
    [0, v({ spo2Percent: 87 }, q({ neonateOwnSpo2LimitPercent: 75 }))],
  ],
  'NB-Y3': [
    [0, v({ temperatureC: 34.9 })],
    [1, v({ temperatureC: 35 })],
    [1, v({ temperatureC: 35.9 })],
    [0, v({ temperatureC: 36 })],
    [0, v({ temperatureC: 37.9 })],
    [1, v({ temperatureC: 38 })],
    [1, v({ temperatureC: 39 })],
    [0, v({ temperatureC: 39.1 })],
    [0, v({ temperatureC: 35.5 }, q({ neonateCoolingOrdered: true }))],
    [1, v({ temperatureC: 38.5 }, q({ neonateCoolingOrdered: true }))],
  ],
  'NB-Y4a': [
    [0, v({ glucoseMmolPerL: 1.49 })],
    [1, v({ glucoseMmolPerL: 1.5 })],
    [1, v({ glucoseMmolPerL: 2.553 })],
    [0, v({ glucoseMmolPerL: 2.6 })],
    [1, v({ glucoseMmolPerL: 2.5 }, { items: noSigns, age: 240 })],
    [0, v({ glucoseMmolPerL: 2.5 }, { items: noSigns, age: 239 })],
    [1, v({ glucoseMmolPerL: 2.5 }, { items: noSigns })],
    [1, v({ glucoseMmolPerL: 2.5 }, { age: 30 })],
    [0, v({ glucoseMmolPerL: 2 }, { items: noSigns, age: 239 })],
    [1, v({ glucoseMmolPerL: 1.99 }, { items: noSigns, age: 239 })],
    [0, v({ glucoseMmolPerL: 2.5 }, q({ ...noSigns, seizure: 'ongoing' }))],
  ],
  'NB-Y5': [
    [0, q({ apgar5Total: 3 })],
    [1, q({ apgar5Total: 4 })],
    [1, q({ apgar5Total: 6 })],
    [0, q({ apgar5Total: 7 })],
    [1, q({ apgar5HeartRate: 'below-100', apgar5Breathing: 'irregular', apgar5Tone: 'limp' })],
    [0, q({ apgar5HeartRate: 'below-100', apgar5Breathing: 'irregular' })],
    [1, q({ neonateJaundice: 'before-24h' })],
    [0, q({ neonateJaundice: 'later' })],
    [0, q({ neonateJaundice: 'exchange-level' })],
    [1, q({ infectionSuspected: true })],
    [1, q({ vomiting: true })],
    [1, q({ neonateAbdomen: 'distension' })],
    [1, q({ neonateAbdomen: 'both' })],
    [0, q({ neonateAbdomen: 'bleeding' })],
    [0, q(exposed)],
    ...(
      [
        { neonateResponse: 'lethargic' },
        { seizure: 'stopped' },
        { neonateApnoea: 'over-20s' },
        { neonateGrunting: true },
        { neonateRetractions: true },
        { respiratoryDistress: true },
        { skin: 'mottled' },
        { neonateHypoglycaemiaSigns: true },
      ] satisfies readonly ItemAnswers[]
    ).map((sign) => [1, q({ ...exposed, ...sign })] as const),
    [1, v({ temperatureC: 35.9 }, q(exposed))],
    [0, v({ temperatureC: 36 }, q(exposed))],
    [0, v({ temperatureC: 37.9 }, q(exposed))],
    [1, v({ temperatureC: 38 }, q(exposed))],
    [1, q(chorioamnionitis, weeks(36, 6))],
    [0, q(chorioamnionitis, weeks(37))],
    [1, q(chorioamnionitis)],
  ],
};

/** R9 stands here beside Y5: the same scores on the other side of their lines. */
const r9: readonly (readonly [0 | 1, Newborn])[] = [
  [1, q({ apgar5Total: 3 })],
  [0, q({ apgar5Total: 4 })],
  [1, q({ neonateCordPh: 7 })],
  [0, q({ neonateCordPh: 7.01 })],
];

describe('the neonatal center, level 2', () => {
  const rows = Object.entries({ ...table, 'NB-R9': r9 }).flatMap(([id, cases]) =>
    cases.map(([fires, newborn]) => [id, fires, newborn] as const),
  );

  it.each(rows)('%s: %i for %j', (id, fires, newborn) => {
    const found = judgedNewborn(newborn).firing.find(({ ruleId }) => ruleId === id);
    expect(found?.specialty).toBe(fires === 1 ? 'neonate' : undefined);
    if (found) expect(found.tier).toBe(id === 'NB-R9' ? 'level-1' : 'level-2');
  });

  const sets = (seconds: number, first: Newborn, second: Newborn, age?: number) => {
    const [one, two] = [first, second].map(({ vitals = {}, items = {} }, at) =>
      assessmentOf(at * seconds, { vitals, items }),
    );
    const state = caseOf('neonate', one && two ? [one, two] : [], { ageYears: null, ageDays: 0, sex: null });
    return neonatal(evaluated({ ...state, stamps: bornMinutesAgo(age) }, [], seconds));
  };
  const breathing = (rate: number): Newborn => v({ respiratoryRatePerMin: rate });
  const glucose = (mmolPerL: number): Newborn => v({ glucoseMmolPerL: mmolPerL }, q(noSigns));

  it.each([
    [600, 61, 61, undefined, true],
    [599, 61, 61, undefined, false],
    [600, 60, 61, undefined, false],
    [600, 61, 60, undefined, false],
    [600, 61, 61, 50, false],
    [600, 61, 61, 51, true],
  ])(
    'NB-Y2b on two counts %i s apart, %i and %i, born %s min before the first: %s',
    (apart, first, second, age, fires) => {
      expect(sets(apart, breathing(first), breathing(second), age).includes('NB-Y2b')).toBe(fires);
    },
  );

  it('NB-Y2b on a streamed rate after 180 s, not after 179', () => {
    const after = (seconds: number) =>
      neonatal(
        evaluated(
          newbornCase({ ageDays: 1 }),
          everySecond(1, seconds + 1, (second) => sampleOf(second, { respiratoryRatePerMin: 65 })),
          seconds + 1,
        ),
      );
    expect(after(179)).toEqual([]);
    expect(after(180)).toEqual(['NB-Y2b']);
  });

  it.each([
    [1800, 2.5, 2.5, 10, true],
    [1799, 2.5, 2.5, 10, false],
    [1800, 2.6, 2.5, 10, false],
    [1800, 2.5, 2.6, 10, false],
  ])('NB-Y4b on two values %i s apart, %f and %f, born %i min before: %s', (apart, first, second, age, fires) => {
    const firing = sets(apart, glucose(first), glucose(second), age);
    expect([firing.includes('NB-Y4b'), firing.includes('NB-Y4a')]).toEqual([fires, false]);
  });

  it.each([
    [1.5, true],
    [1.49, false],
  ])('NB-Y4b on %f twice: %s', (value, fires) => {
    expect(sets(1800, glucose(value), glucose(value), 10).includes('NB-Y4b')).toBe(fires);
  });

  it('leaves a healthy term newborn and one with everything unanswered alone', () => {
    const healthy = v(
      {
        heartRateBpm: 140,
        respiratoryRatePerMin: 45,
        spo2Percent: 96,
        temperatureC: 36.8,
        systolicMmHg: 68,
        glucoseMmolPerL: 4,
      },
      {
        ...weeks(39),
        age: 90,
        oxygen: 'air',
        consciousness: 'alert',
        items: { apgar5Total: 9, neonateBirthWeightG: 3300 },
      },
    );
    expect(neonatal(judgedNewborn(healthy))).toEqual([]);
    expect(neonatal(judgedNewborn({}))).toEqual([]);
  });

  it.each([
    ['NB-R1b', v({ heartRateBpm: 99 }), ['neonateResuscitation', 'capillaryRefillS', 'skin', 'neonateApnoea']],
    ['NB-R2a', {}, ['spo2Percent']],
    ['NB-R2b', v({ spo2Percent: 84 }), ['oxygen']],
    ['NB-R2c', {}, ['neonateApnoea']],
    ['NB-R2d', q({ neonateGrunting: true }), ['spo2Percent', 'neonateApnoea', 'gestationDays']],
    ['NB-R3a', v({ systolicMmHg: 50 }), ['capillaryRefillS', 'skin', 'gestationDays', 'diastolicMmHg']],
    ['NB-R3b', v({ systolicMmHg: 59 }), ['capillaryRefillS', 'skin']],
    ['NB-R3c', {}, ['heartRateBpm', 'capillaryRefillS', 'skin']],
    ['NB-R3d', {}, ['systolicMmHg']],
    ['NB-R3e', v({ systolicMmHg: 45 }), ['gestationDays']],
    ['NB-R4', {}, ['temperatureC']],
    ['NB-R5', v({ glucoseMmolPerL: 2.5 }), ['neonateHypoglycaemiaSigns', 'seizure', 'neonateResponse']],
    ['NB-R6a', {}, ['seizure', 'neonateResponse']],
    ['NB-R7', {}, ['gestationDays', 'neonateBirthWeightG']],
    ['NB-R8', {}, ['neonateSurgical']],
    [
      'NB-R9',
      q({ apgar5Tone: 'limp', apgar5Colour: 'pink', apgar5Reflex: 'none' }, { age: 5 }),
      ['apgar5HeartRate', 'apgar5Breathing'],
    ],
    ['NB-Y1', {}, ['gestationDays', 'neonateBirthWeightG']],
    ['NB-Y2a', {}, ['neonateCpap', 'neonateRetractions', 'neonateGrunting']],
    ['NB-Y2c', v({ respiratoryRatePerMin: 65 }), ['spo2Percent']],
    ['NB-Y2d', {}, ['spo2Percent']],
    ['NB-Y3', {}, ['temperatureC']],
    ['NB-Y4a', {}, ['glucoseMmolPerL']],
    ['NB-Y5', {}, ['neonateJaundice', 'infectionSuspected', 'vomiting', 'neonateAbdomen']],
  ] as const)('%s of %j asks for %j', (ruleId, newborn, missing) => {
    const { firing, prompts } = judgedNewborn(newborn);
    expect(firing.map((one) => one.ruleId)).not.toContain(ruleId);
    expect(new Set(prompts.find((one) => one.ruleId === ruleId)?.missing)).toEqual(new Set(missing));
  });

  it('asks nothing of another patient', () => {
    const { prompts } = evaluated(caseOf('trauma', [], { ageYears: 40 }), [], 0);
    expect(prompts.filter(({ ruleId }) => ruleId.startsWith('NB-'))).toEqual([]);
  });
});
