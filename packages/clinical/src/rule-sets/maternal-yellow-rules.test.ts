import type { ItemAnswers } from '@pentad/protocol/assessment-items';
import { describe, expect, it } from 'vitest';
import { evaluated, caseOf } from '../testing/case-builder.ts';
import { judgedMother, maternalOnly, type Mother } from '../testing/mother-case.ts';

const v = (vitals: Readonly<Record<string, number>>, more: Mother = {}): Mother => ({ vitals, ...more });
const q = (items: ItemAnswers, more: Mother = {}): Mother => ({ items, ...more });
const hr = (heartRateBpm: number, systolicMmHg: number) => ({ heartRateBpm, systolicMmHg });
const bp = (systolicMmHg: number, diastolicMmHg: number) => ({ systolicMmHg, diastolicMmHg });
const born: Mother = { isPregnant: false, bornAgo: 180 };
const infected = { infectionSuspected: true };
const headache = { maternalHeadache: true };
const noSymptom = {
  maternalHeadache: false,
  maternalVisualDisturbance: false,
  maternalUpperAbdominalPain: false,
  respiratoryDistress: false,
};
const caesarean = { maternalBirthMode: 'caesarean' };
const hurt: Mother = { specialty: 'trauma', gestationDays: 168 };
const struck = { isInjured: true, traumaPedestrianStruck: true };
const risk = (maternalRiskColour: string, maternalAcuteSymptom: string) =>
  q({ maternalRiskColour, maternalAcuteSymptom });
const fetal = (maternalFetalHeartRate: number, maternalFetalHeartLowMin?: number) =>
  q({ maternalFetalHeartRate, ...(maternalFetalHeartLowMin === undefined ? {} : { maternalFetalHeartLowMin }) });
const imminent = { maternalBirthStage: 'imminent' };

const table: Readonly<Record<string, readonly (readonly [0 | 1, Mother])[]>> = {
  'OB-R8': [
    [1, v({ systolicMmHg: 89, respiratoryRatePerMin: 25 }, q(infected))],
    [0, v({ systolicMmHg: 90, respiratoryRatePerMin: 25 }, q(infected, { consciousness: 'alert' }))],
    [0, v({ systolicMmHg: 89, respiratoryRatePerMin: 24 }, q(infected, { consciousness: 'alert' }))],
    [1, v({ systolicMmHg: 89 }, q(infected, { consciousness: 'confusion' }))],
    [0, v({ systolicMmHg: 89, respiratoryRatePerMin: 25 }, q({ infectionSuspected: false }))],
    [0, v({ systolicMmHg: 89, respiratoryRatePerMin: 25 })],
    [1, { unrecordable: true, consciousness: 'voice', items: infected }],
    [0, v({ systolicMmHg: 89, respiratoryRatePerMin: 25 }, q(infected, { isPregnant: false }))],
  ],
  'OB-R9a': [
    [1, { consciousness: 'pain' }],
    [1, { consciousness: 'unresponsive' }],
    [0, { consciousness: 'voice' }],
    [1, v({ spo2Percent: 89 })],
    [0, v({ spo2Percent: 90 })],
    // Mean pressure 54.67 and 55.
    [1, v(bp(84, 40))],
    [0, v(bp(85, 40))],
    [1, { unrecordable: true }],
    [1, { unrecordable: true, ...born }],
    [0, v({ spo2Percent: 89 }, { isPregnant: false })],
  ],
  'OB-R9b': [
    [1, v(hr(131, 99))],
    [0, v(hr(131, 100))],
    [0, v(hr(130, 99))],
    [1, v({ respiratoryRatePerMin: 31, systolicMmHg: 99 })],
    [0, v({ respiratoryRatePerMin: 30, systolicMmHg: 99 })],
    [1, v({ heartRateBpm: 131, temperatureC: 38.1 })],
    [0, v({ heartRateBpm: 131, temperatureC: 38 })],
    [1, v({ heartRateBpm: 131 }, q({ respiratoryDistress: true }))],
    [1, v({ heartRateBpm: 131 }, q({ maternalBleeding: 'light' }))],
    [0, v({ heartRateBpm: 131 }, q({ maternalBleeding: 'none', respiratoryDistress: false }))],
  ],
  'OB-Y2': [
    [1, v(bp(140, 80), q(headache))],
    [0, v(bp(139, 89), q(headache))],
    [1, v(bp(139, 90), q(headache))],
    [1, v(bp(159, 109), q(headache))],
    [0, v(bp(160, 100), q(headache))],
    [1, v(bp(150, 80), q({ ...noSymptom, maternalVisualDisturbance: true }))],
    [1, v(bp(150, 80), q({ ...noSymptom, maternalUpperAbdominalPain: true }))],
    [1, v(bp(150, 80), q({ ...noSymptom, respiratoryDistress: true }))],
    [1, v(bp(150, 80), q(noSymptom, { consciousness: 'confusion' }))],
    [0, v(bp(150, 80), q(noSymptom, { consciousness: 'alert' }))],
    [0, v(bp(150, 80))],
    [1, v(bp(140, 80), q(headache, born))],
  ],
  'OB-Y3': [
    [1, { ...born, lossMl: 500 }],
    [0, { ...born, lossMl: 499 }],
    [0, { ...born, lossMl: 999, items: caesarean }],
    [1, { isPregnant: false, bornAgo: 1441, lossMl: 500, items: caesarean }],
    [0, { isPregnant: false, bornAgo: 1440, lossMl: 500, items: caesarean }],
    [1, v(hr(101, 120), { ...born, lossMl: 300 })],
    [0, v(hr(100, 120), { ...born, lossMl: 300 })],
    [0, v(hr(101, 120), { ...born, lossMl: 299 })],
    [1, v(hr(80, 99), { ...born, lossMl: 300 })],
    [0, v(hr(80, 100), { ...born, lossMl: 300 })],
    [1, { ...born, unrecordable: true, lossMl: 300 }],
    [1, { lossMl: 500 }],
    [0, { isPregnant: false, lossMl: 500 }],
  ],
  'OB-Y4a': [
    [1, fetal(99, 3)],
    [0, fetal(99, 2)],
    [0, fetal(100, 3)],
    [1, fetal(109, 10)],
    [0, fetal(109, 9)],
    [0, fetal(110, 10)],
    [0, fetal(99)],
  ],
  'OB-Y4b': [
    [1, fetal(109)],
    [0, fetal(110)],
    [0, fetal(160)],
    [1, fetal(161)],
    [1, q({ maternalBirthStage: 'in-labour' }, { gestationDays: 237 })],
    [0, q({ maternalBirthStage: 'in-labour' }, { gestationDays: 238 })],
    [1, q(imminent, { gestationDays: 237 })],
    [0, q({ maternalBirthStage: 'not-in-labour' }, { gestationDays: 237 })],
    [1, q({ maternalWatersBroken: true }, { gestationDays: 258 })],
    [0, q({ maternalWatersBroken: true }, { gestationDays: 259 })],
    [1, q({ maternalReducedMovements: true })],
    [0, q({ maternalReducedMovements: false })],
  ],
  'OB-Y5': [
    [1, risk('red', 'other')],
    [1, risk('red', 'of-listed-risk')],
    [0, risk('red', 'none')],
    [1, risk('orange', 'of-listed-risk')],
    [0, risk('orange', 'other')],
    [0, risk('yellow', 'of-listed-risk')],
  ],
  'CO-2a': [
    [1, q(imminent, { gestationDays: 168 })],
    [0, q(imminent, { gestationDays: 167 })],
    [1, q(imminent)],
    [0, q({ ...imminent, maternalFundusAtUmbilicus: false })],
    [1, q({ maternalDeliveryLikely: true })],
    [1, q({ arrest: 'in-progress' })],
    [0, q({ arrest: 'rosc' })],
    [1, q({ maternalBirthEmergency: 'cord-prolapse' })],
    [1, q({ maternalAbruptionSuspected: true })],
    [1, q({ maternalUterineRuptureSuspected: true })],
    [1, fetal(99, 3)],
    [0, q({ maternalBirthStage: 'in-labour' }, { gestationDays: 200 })],
    [0, q(imminent, born)],
  ],
  'CO-2b': [
    [1, q(struck, hurt)],
    [0, q(struck, { ...hurt, gestationDays: 167 })],
    [0, q({ isInjured: true }, hurt)],
    [1, q({ ...struck, maternalFundusAtUmbilicus: true }, { specialty: 'trauma' })],
    [0, q(struck, { specialty: 'trauma' })],
    [0, q({ ...struck, maternalDeliveryLikely: true }, hurt)],
    [0, q(struck, { ...hurt, isPregnant: false })],
  ],
  'CO-2c': [
    [1, v({ systolicMmHg: 89 }, q({ isInjured: true }))],
    [0, v({ systolicMmHg: 90 }, q({ isInjured: true }))],
    [0, v({ systolicMmHg: 89 }, q({ isInjured: true }, { isPregnant: false }))],
    [1, v({ systolicMmHg: 89 }, q({ isInjured: true, maternalDaysSinceBirth: 42 }, { isPregnant: false }))],
  ],
  'CO-2d': [
    [1, q(struck)],
    [0, q({ ...struck, traumaPedestrianStruck: false })],
    [0, v({ systolicMmHg: 89 }, q(struck))],
  ],
};

const levelTwo = new Set(['OB-Y3', 'OB-Y4b', 'OB-Y5', 'CO-2b', 'CO-2d']);

describe('the maternal center and its co-alerts', () => {
  const rows = Object.entries(table).flatMap(([id, cases]) =>
    cases.map(([fires, mother]) => [id, fires, mother] as const),
  );

  it.each(rows)('%s: %i for %j', (id, fires, mother) => {
    const found = judgedMother(mother).firing.find(({ ruleId }) => ruleId === id);
    const specialty = ['CO-2a', 'CO-2b'].includes(id) ? 'neonate' : 'maternal';
    expect(found?.specialty).toBe(fires === 1 ? specialty : undefined);
    if (found) expect(found.tier).toBe(levelTwo.has(id) ? 'level-2' : 'level-1');
  });

  it('leave a healthy woman, and one with everything unanswered, alone', () => {
    const healthy = {
      ...hr(80, 118),
      respiratoryRatePerMin: 18,
      spo2Percent: 98,
      temperatureC: 36.8,
      diastolicMmHg: 70,
    };
    expect(maternalOnly(judgedMother(v(healthy, { consciousness: 'alert', gestationDays: 266 })))).toEqual([]);
    expect(maternalOnly(judgedMother({}))).toEqual([]);
  });

  it.each([
    ['OB-R1', {}, ['seizure']],
    ['OB-R1', { isPregnant: null, items: { seizure: 'ongoing' } }, ['isPregnant', 'maternalDaysSinceBirth']],
    ['OB-R2', {}, ['diastolicMmHg', 'systolicMmHg']],
    ['OB-R3a', born, ['bloodLossMl']],
    ['OB-R3b', { isPregnant: false, bornAgo: 1500, lossMl: 500 }, ['heartRateBpm', 'systolicMmHg']],
    ['OB-R4a', v(hr(108, 120), born), ['bloodLossMl', 'maternalBleeding']],
    [
      'OB-R4b',
      v(
        { systolicMmHg: 120 },
        { ...born, items: { maternalBleeding: 'light', maternalBleedingOngoing: false }, lossMl: 200 },
      ),
      ['heartRateBpm'],
    ],
    [
      'OB-R4c',
      v(hr(108, 120), q({ maternalBleeding: 'light', maternalFainting: false })),
      ['maternalAbdominalPain', 'maternalRigidUterus'],
    ],
    ['OB-R4d', v({ systolicMmHg: 120 }, q({ maternalBleeding: 'light' })), ['heartRateBpm']],
    ['OB-R5', v({ systolicMmHg: 120 }), ['maternalBleeding', 'maternalPreviaOrAccreta']],
    ['OB-R6', {}, ['maternalBirthEmergency', 'maternalBirthStage']],
    ['OB-R7b', q({ arrest: 'in-progress' }, { isPregnant: null }), ['isPregnant']],
    ['OB-R7c', q({ arrest: 'in-progress' }, { isPregnant: null }), ['maternalDaysSinceBirth']],
    ['OB-R8', v({ systolicMmHg: 89, respiratoryRatePerMin: 25 }), ['infectionSuspected']],
    ['OB-R9a', v({ systolicMmHg: 120, spo2Percent: 97, diastolicMmHg: 70 }), ['consciousness']],
    ['OB-R9b', v({ heartRateBpm: 131, systolicMmHg: 120, temperatureC: 37 }), ['maternalBleeding']],
    ['OB-R9c', {}, ['heartRateBpm', 'respiratoryRatePerMin']],
    ['OB-Y2', v({ systolicMmHg: 140 }, q(noSymptom)), ['consciousness']],
    ['OB-Y3', { ...born, lossMl: 300 }, ['heartRateBpm', 'systolicMmHg']],
    ['OB-Y4a', fetal(99), ['maternalFetalHeartLowMin']],
    [
      'OB-Y4b',
      q({ maternalWatersBroken: true, maternalReducedMovements: false, maternalBirthStage: 'not-in-labour' }),
      ['gestationDays'],
    ],
    ['OB-Y5', q({ maternalRiskColour: 'red' }), ['maternalAcuteSymptom']],
    ['CO-2b', q(struck, { specialty: 'trauma' }), ['gestationDays', 'maternalFundusAtUmbilicus']],
  ] as const)('%s of %j asks for %j', (ruleId, mother, missing) => {
    const { firing, prompts } = judgedMother(mother);
    expect(firing.map((one) => one.ruleId)).not.toContain(ruleId);
    expect(new Set(prompts.find((one) => one.ruleId === ruleId)?.missing)).toEqual(new Set(missing));
  });

  it('ask a pregnant woman not for the time of birth, and nothing of another patient', () => {
    expect(judgedMother({}).prompts.filter(({ missing }) => missing.includes('maternalDaysSinceBirth'))).toEqual([]);
    const { prompts } = evaluated(caseOf('chest-pain', [], { ageYears: 60, sex: 'female' }), [], 0);
    expect(prompts.filter(({ ruleId }) => /^(OB|CO-2)/.test(ruleId))).toEqual([]);
  });
});
