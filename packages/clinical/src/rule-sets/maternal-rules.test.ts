import type { ItemAnswers } from '@pentad/protocol/assessment-items';
import { describe, expect, it } from 'vitest';
import { evaluated, everySecond, sampleOf } from '../testing/case-builder.ts';
import { judgedMother, judgedOnTwoSets, maternalOnly, motherCase, type Mother } from '../testing/mother-case.ts';

const v = (vitals: Readonly<Record<string, number>>, more: Mother = {}): Mother => ({ vitals, ...more });
const q = (items: ItemAnswers, more: Mother = {}): Mother => ({ items, ...more });
const hr = (heartRateBpm: number, systolicMmHg: number) => ({ heartRateBpm, systolicMmHg });
const bp = (systolicMmHg: number, diastolicMmHg: number) => ({ systolicMmHg, diastolicMmHg });
const days = (maternalDaysSinceBirth: number): Mother => ({ isPregnant: false, items: { maternalDaysSinceBirth } });
const born: Mother = { isPregnant: false, bornAgo: 180 };
const light = { maternalBleeding: 'light' };
const heavy = { maternalBleeding: 'heavy' };
const stopped = { ...light, maternalBleedingOngoing: false };
const ratio = hr(108, 120);
const arrest = { arrest: 'in-progress' };

const table: Readonly<Record<string, readonly (readonly [0 | 1, Mother])[]>> = {
  'OB-R1': [
    [1, q({ seizure: 'ongoing' })],
    [1, q({ seizure: 'stopped' })],
    [0, q({ seizure: 'none' })],
    [0, {}],
    [1, q({ seizure: 'ongoing', maternalDaysSinceBirth: 42 }, { isPregnant: false })],
    [0, q({ seizure: 'ongoing', maternalDaysSinceBirth: 43 }, { isPregnant: false })],
    [1, q({ seizure: 'ongoing' }, { isPregnant: false, bornAgo: 60480 })],
    [0, q({ seizure: 'ongoing' }, { isPregnant: false, bornAgo: 60481 })],
    [0, q({ seizure: 'ongoing' }, { isPregnant: false })],
    [0, q({ seizure: 'ongoing' }, { isPregnant: null })],
    [0, q({ seizure: 'ongoing', maternalDaysSinceBirth: 3 }, { isPregnant: null, sex: 'male' })],
    [0, q({ seizure: 'ongoing' }, { isPregnant: null, ageYears: null, ageDays: 1, bornAgo: 60 })],
    [1, q({ seizure: 'ongoing' }, { specialty: 'stroke' })],
    [1, q({ seizure: 'ongoing' }, { isPregnant: null, ageYears: null, bornAgo: 60 })],
    [0, q({ seizure: 'ongoing' }, { isPregnant: null, ageYears: null, bornAgo: 60, specialty: 'stroke' })],
  ],
  'OB-R2': [
    [1, v(bp(160, 80))],
    [0, v(bp(159, 80))],
    [1, v(bp(140, 110))],
    [0, v(bp(140, 109))],
    [1, v(bp(160, 80), born)],
    [0, v(bp(160, 80), days(43))],
  ],
  'OB-R3a': [
    [1, { ...born, lossMl: 1000 }],
    [0, { ...born, lossMl: 999 }],
    [1, { ...days(42), lossMl: 1000 }],
    [0, { ...days(43), lossMl: 1000 }],
    [1, { lossMl: 1000 }],
    [0, born],
  ],
  'OB-R3b': [
    [1, v(ratio, { isPregnant: false, bornAgo: 1441, lossMl: 500 })],
    [0, v(ratio, { isPregnant: false, bornAgo: 1440, lossMl: 500 })],
    [1, v(ratio, { ...days(1), lossMl: 500 })],
    [0, v(ratio, { ...days(0), lossMl: 500 })],
    [0, v(ratio, { ...days(1), lossMl: 499 })],
    [0, v(hr(107, 119), { ...days(1), lossMl: 500 })],
    [1, v(hr(111, 140), { ...days(1), lossMl: 500 })],
    [0, v(hr(110, 140), { ...days(1), lossMl: 500 })],
    [1, v(hr(60, 99), { ...days(1), lossMl: 500 })],
    [0, v(hr(60, 100), { ...days(1), lossMl: 500 })],
    [1, { ...days(1), lossMl: 500, unrecordable: true }],
  ],
  'OB-R4a': [
    [1, v(ratio, { ...born, lossMl: 300 })],
    [0, v(ratio, { ...born, lossMl: 299 })],
    [0, v(hr(107, 119), { ...born, lossMl: 300 })],
    [1, v(ratio, { ...born, items: light })],
    [1, v(ratio, { ...born, items: { ...light, maternalBleedingOngoing: true }, lossMl: 200 })],
    [0, v(ratio, { ...born, items: stopped, lossMl: 200 })],
    [0, v(ratio, { ...born, items: { maternalBleeding: 'none' } })],
    [1, { ...born, unrecordable: true, lossMl: 300 }],
    [0, v(ratio, { lossMl: 300 })],
  ],
  'OB-R4b': [
    [1, v(ratio, { ...born, items: stopped, lossMl: 299 })],
    [0, v(ratio, { ...born, items: stopped, lossMl: 300 })],
    [0, v(hr(107, 119), { ...born, items: stopped, lossMl: 299 })],
    [0, v(ratio, { ...born, items: { maternalBleeding: 'none' }, lossMl: 299 })],
  ],
  'OB-R4c': [
    [1, v(ratio, q(heavy))],
    [0, v(hr(107, 119), q(heavy))],
    [1, v(ratio, q({ ...light, maternalAbdominalPain: true }))],
    [1, v(ratio, q({ ...light, maternalRigidUterus: true }))],
    [1, v(ratio, q({ ...light, maternalFainting: true }))],
    [1, v(hr(90, 99), q(light))],
    [0, v(hr(90, 100), q(light))],
    [1, v(hr(120, 130), q(light))],
    [0, v(hr(119, 130), q(light))],
    [1, v(hr(144, 120), q(light))],
    [1, v(hr(132, 110), q(light))],
    [0, v(hr(118, 100), q(light))],
    [1, { unrecordable: true, ...q(light) }],
    [0, v(ratio, q({ maternalBleeding: 'none', maternalAbdominalPain: true }))],
    [0, v(ratio, { ...born, items: heavy })],
  ],
  'OB-R4d': [
    [1, v(ratio, q(light))],
    [0, v(hr(107, 119), q(light))],
    [1, v(hr(119, 101), q(light))],
    [0, v(hr(144, 120), q(light))],
    [0, v(ratio, q(heavy))],
    [0, v(ratio, { ...born, items: light })],
  ],
  'OB-R5': [
    [1, q({ maternalAbruptionSuspected: true })],
    [1, q({ maternalUterineRuptureSuspected: true })],
    [1, q({ maternalUterineRuptureSuspected: true }, { isPregnant: null })],
    [0, q({ maternalUterineRuptureSuspected: true, maternalDaysSinceBirth: 43 }, { isPregnant: false })],
    [0, q({ maternalUterineRuptureSuspected: true }, { isPregnant: null, sex: 'male' })],
    [1, q({ ...light, maternalPreviaOrAccreta: true })],
    [0, q({ maternalBleeding: 'none', maternalPreviaOrAccreta: true })],
    [0, q({ ...light, maternalPreviaOrAccreta: false })],
    [1, v(hr(70, 89), q(light))],
    [0, v(hr(70, 90), q(light))],
    [1, { unrecordable: true, ...q(light) }],
    [1, q({ ...light, radialPulse: false })],
    [0, q({ ...light, radialPulse: true })],
    [0, v(hr(70, 89), { ...born, items: light })],
  ],
  'OB-R6': [
    ...(['cord-prolapse', 'shoulder-dystocia', 'breech-head-stuck'] as const).map(
      (maternalBirthEmergency) => [1, q({ maternalBirthEmergency }, { isPregnant: null })] as const,
    ),
    [0, q({ maternalBirthEmergency: 'none', maternalBirthStage: 'imminent' })],
    [1, q({ maternalBirthEmergency: 'other', maternalBirthStage: 'imminent' })],
    [0, q({ maternalBirthEmergency: 'other', maternalBirthStage: 'in-labour' })],
    [0, q({ maternalBirthEmergency: 'cord-prolapse', maternalDaysSinceBirth: 43 }, { isPregnant: false })],
  ],
  'OB-R7a': [
    [1, q({ maternalAmnioticEmbolismSuspected: true }, { isPregnant: null })],
    [1, q({ maternalPulmonaryEmbolismSuspected: true })],
    [1, q({ maternalHeartFailureSuspected: true })],
    [0, q({ maternalHeartFailureSuspected: true }, { isPregnant: null })],
    [0, q({ maternalHeartFailureSuspected: false })],
  ],
  'OB-R7b': [
    [1, q(arrest, { gestationDays: 140 })],
    [0, q(arrest, { gestationDays: 139 })],
    [0, q({ arrest: 'rosc' }, { gestationDays: 140 })],
    [0, q({ arrest: 'none' }, { gestationDays: 140 })],
    [1, q(arrest)],
    [1, q({ ...arrest, maternalFundusAtUmbilicus: true })],
    [0, q({ ...arrest, maternalFundusAtUmbilicus: false })],
    [0, q({ ...arrest, maternalDaysSinceBirth: 42 }, { isPregnant: false })],
  ],
  'OB-R7c': [
    [1, q({ arrest: 'rosc' }, { gestationDays: 140 })],
    [0, q({ arrest: 'rosc' }, { gestationDays: 139 })],
    [0, q(arrest, { gestationDays: 140 })],
    [1, q({ ...arrest, maternalDaysSinceBirth: 42 }, { isPregnant: false })],
    [0, q({ ...arrest, maternalDaysSinceBirth: 43 }, { isPregnant: false })],
    [1, q({ arrest: 'rosc', maternalDaysSinceBirth: 3 }, { isPregnant: false })],
    [0, q({ arrest: 'none', maternalDaysSinceBirth: 3 }, { isPregnant: false })],
  ],
};

describe('the maternal center, level 1', () => {
  const rows = Object.entries(table).flatMap(([id, cases]) =>
    cases.map(([fires, mother]) => [id, fires, mother] as const),
  );

  it.each(rows)('%s: %i for %j', (id, fires, mother) => {
    const found = judgedMother(mother).firing.find(({ ruleId }) => ruleId === id);
    expect(found?.specialty).toBe(fires === 1 ? 'maternal' : undefined);
    if (found) expect(found.tier).toBe(['OB-R4b', 'OB-R4d'].includes(id) ? 'level-2' : 'level-1');
  });
});

describe('between contractions, on two sets or for 180 s', () => {
  it.each([
    ['OB-R9c', v({ heartRateBpm: 131 }), 300, true],
    ['OB-R9c', v({ heartRateBpm: 131 }), 299, false],
    ['OB-R9c', v({ heartRateBpm: 130 }), 300, false],
    ['OB-R9c', v({ respiratoryRatePerMin: 31 }), 300, true],
    ['OB-R9c', v({ respiratoryRatePerMin: 30 }), 300, false],
    ['OB-R9c', v({ heartRateBpm: 131 }, q({ maternalInContraction: true })), 300, false],
    ['OB-R9c', v({ heartRateBpm: 131 }, q({ maternalInContraction: false })), 300, true],
    ['OB-Y1', v({ heartRateBpm: 121 }), 300, true],
    ['OB-Y1', v({ heartRateBpm: 121 }), 299, false],
    ['OB-Y1', v({ heartRateBpm: 120 }), 300, false],
    ['OB-Y1', v({ heartRateBpm: 120, respiratoryRatePerMin: 21 }), 300, true],
    ['OB-Y1', v({ heartRateBpm: 120, respiratoryRatePerMin: 20 }), 300, false],
    ['OB-Y1', v({ heartRateBpm: 121 }, q({ maternalInContraction: true })), 300, false],
    ['OB-Y1', v({ heartRateBpm: 121 }, { isPregnant: false }), 300, false],
  ] as const)('%s of %j, %i s apart: %s', (id, mother, apart, fires) => {
    const single = judgedMother(mother).firing.map(({ ruleId }) => ruleId);
    const found = judgedOnTwoSets(mother, apart).firing.find(({ ruleId }) => ruleId === id);
    expect([single.includes(id), found !== undefined]).toEqual([false, fires]);
    if (found) expect(found.tier).toBe(id === 'OB-Y1' ? 'level-2' : 'level-1');
  });

  it('streamed: 179 s is not enough', () => {
    const after = (seconds: number) =>
      maternalOnly(
        evaluated(
          motherCase({}),
          everySecond(1, seconds + 1, (second) => sampleOf(second, { heartRateBpm: 135 })),
          seconds + 1,
        ),
      );
    expect(after(179)).toEqual([]);
    expect(after(180)).toEqual(['OB-R9c', 'OB-Y1']);
  });
});
