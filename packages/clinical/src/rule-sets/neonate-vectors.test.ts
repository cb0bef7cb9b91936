import { describe, expect, it } from 'vitest';
import { assessmentOf, caseOf, evaluated } from '../testing/case-builder.ts';
import { judgedNewborn, neonatal } from '../testing/newborn-case.ts';

describe('V21, newborn T 36.0, RR 70, SpO2 92, SBP 45, lethargic', () => {
  const set = (seconds: number, systolicMmHg: number, airway: string, temperatureC: number) =>
    assessmentOf(seconds, {
      vitals: { temperatureC, respiratoryRatePerMin: 70, spo2Percent: 92, systolicMmHg },
      items: { neonateResponse: 'lethargic', airway, neonateApnoea: 'none' },
    });
  // R2 item 3 gives L2 by RR > 60; R3 asks for two counts 10 min apart.
  const firing = (systolicMmHg: number, airway: string, temperatureC = 36) =>
    neonatal(
      evaluated(
        caseOf('neonate', [set(0, systolicMmHg, airway, temperatureC), set(600, systolicMmHg, airway, temperatureC)], {
          ageYears: null,
          ageDays: 1,
          sex: null,
        }),
        [],
        600,
      ),
    );

  it.each([
    [45, 'own', 36, ['NB-Y2b']],
    [45, 'own', 36.1, ['NB-Y2b']],
    [45, 'intubated', 36, ['NB-R1a', 'NB-Y2b']],
    [40, 'own', 36, ['NB-R3d', 'NB-Y2b']],
  ] as const)('SBP %i, airway %s, %f: %j, and TRIPS raises nothing', (systolic, airway, temperature, expected) => {
    expect(firing(systolic, airway, temperature)).toEqual(expected);
  });
});

describe('V24, NCIS 74', () => {
  const laboratory = {
    neonatePao2MmHg: 55,
    neonatePh: 7.24,
    neonateSodium: 135,
    neonatePotassium: 5,
    neonateCreatinine: 100,
    neonateHaematocritPercent: 45,
    neonateAbdomen: 'none',
  };
  const worked = { heartRateBpm: 185, systolicMmHg: 38, respiratoryRatePerMin: 70 };
  const boundary = {
    neonatePao2MmHg: 60,
    neonatePh: 7.3,
    neonateSodium: 150,
    neonatePotassium: 7.5,
    neonateCreatinine: 132.6,
    neonateHaematocritPercent: 40,
    neonateAbdomen: 'bleeding',
  };

  it('is L1 by SBP 38, and 74 alone is L2', () => {
    expect(neonatal(judgedNewborn({ vitals: worked, items: laboratory }))).toEqual(['NB-R3d', 'NB-Y5']);
  });

  it.each([
    [
      '60, all on the boundary',
      boundary,
      { heartRateBpm: 180, systolicMmHg: 50, respiratoryRatePerMin: 60 },
      ['NB-R9'],
    ],
    [
      '68',
      { ...boundary, neonatePh: 7.4, neonateSodium: 140 },
      { heartRateBpm: 180, systolicMmHg: 50, respiratoryRatePerMin: 60 },
      ['NB-R9'],
    ],
    [
      '70',
      { ...laboratory, neonateSodium: 160, neonatePotassium: 9 },
      { heartRateBpm: 179, systolicMmHg: 50, respiratoryRatePerMin: 61 },
      ['NB-Y5'],
    ],
    [
      '90',
      { ...laboratory, neonatePao2MmHg: 70, neonatePh: 7.24 },
      { heartRateBpm: 160, systolicMmHg: 80, respiratoryRatePerMin: 45 },
      ['NB-Y5'],
    ],
    [
      '92',
      { ...laboratory, neonatePao2MmHg: 60, neonatePh: 7.3 },
      { heartRateBpm: 140, systolicMmHg: 80, respiratoryRatePerMin: 45 },
      [],
    ],
    [
      '46 to 88, the laboratory missing',
      {},
      { heartRateBpm: 170, systolicMmHg: 50, respiratoryRatePerMin: 60 },
      ['NB-Y5'],
    ],
  ] as const)('%s', (_, items, vitals, expected) => {
    expect(neonatal(judgedNewborn({ vitals, items }))).toEqual(expected);
  });
});

describe('V26, 38 weeks, 2 h old, cord pH 6.98, base deficit 17, seizure', () => {
  const v26 = { neonateCordPh: 6.98, neonateBaseDeficit: 17, seizure: 'ongoing' };
  const flagsOf = (age: number, gestationDays: number | null, items: object = v26) =>
    judgedNewborn({ age, gestationDays, items: { ...items } }).firing.find(({ specialty }) => specialty === 'neonate')
      ?.flags;

  it('is L1 with the cooling clock', () => {
    const evaluation = judgedNewborn({ age: 120, gestationDays: 266, items: v26 });
    expect(neonatal(evaluation)).toEqual(['NB-R6a', 'NB-R6b', 'NB-R9']);
    expect(evaluation.firing.find(({ ruleId }) => ruleId === 'NB-R6b')?.tier).toBe('level-1');
  });

  it.each([
    [120, 266, ['cooling-clock']],
    [360, 266, ['cooling-clock']],
    [361, 266, undefined],
    [120, 252, ['cooling-clock']],
    [120, 251, ['cooling-consider']],
    [120, 245, ['cooling-consider']],
    [120, 244, undefined],
    [120, null, ['cooling-clock']],
  ])('at %i min of age and %s days of gestation: %j', (age, gestationDays, expected) => {
    expect(flagsOf(age, gestationDays)).toEqual(expected);
  });

  it.each([
    { seizure: 'stopped' },
    { neonateResponse: 'none' },
    { neonateHieSuspected: true },
    { neonateBaseDeficit: 16, neonateEncephalopathy: 'moderate' },
  ])('is clocked for %j alone', (items) => {
    expect(flagsOf(120, 266, items)).toEqual(['cooling-clock']);
    expect(flagsOf(120, 250, items)).toEqual(['cooling-consider']);
  });

  it('is not clocked for another reason', () => {
    expect(flagsOf(120, 266, { neonateSurgical: 'gastroschisis' })).toBeUndefined();
  });

  it.each([
    [33.4, ['cooling-stop', 'cooling-intended']],
    [33.5, ['cooling-intended']],
    [35.9, ['cooling-intended']],
    [36, undefined],
    [32.9, ['cooling-stop']],
  ])('says at %f C of an ordered cooling: %j', (temperatureC, expected) => {
    const cooled = {
      vitals: { temperatureC },
      items: { neonateCoolingOrdered: true, airway: 'intubated' },
      ageDays: 2,
    };
    const { firing } = judgedNewborn(cooled);
    expect(firing.find(({ ruleId }) => ruleId === 'NB-R1a')?.flags).toEqual(expected);
  });
});

describe('N13, 32+0 weeks, 1000 g, 30 min old', () => {
  const n13 = {
    age: 30,
    gestationDays: 224,
    oxygen: 'oxygen',
    vitals: {
      temperatureC: 34.9,
      heartRateBpm: 170,
      respiratoryRatePerMin: 65,
      spo2Percent: 84,
      systolicMmHg: 45,
      diastolicMmHg: 24,
      glucoseMmolPerL: 2.55,
    },
    items: {
      neonateBirthWeightG: 1000,
      neonateFio2Percent: 40,
      capillaryRefillS: 2,
      airway: 'own',
      neonateApnoea: 'none',
    },
  } as const;

  it('is L1 by R1, R2 and R4; MAP 31 below 32 weeks alone does not fire R3; glucose is L2', () => {
    const firing = neonatal(judgedNewborn(n13));
    expect(firing).toEqual(['NB-R1a', 'NB-R2a', 'NB-R2b', 'NB-R4', 'NB-Y1', 'NB-Y2a', 'NB-Y2c', 'NB-Y4a', 'NB-Y5']);
  });

  it('fires R3 as well with a refill above 3 s', () => {
    expect(neonatal(judgedNewborn({ ...n13, items: { ...n13.items, capillaryRefillS: 3.1 } }))).toContain('NB-R3a');
  });
});
