import type { ItemAnswers } from '@pentad/protocol/assessment-items';
import { describe, expect, it } from 'vitest';
import { judgedMother, judgedOnTwoSets, maternalOnly, type Mother } from '../testing/mother-case.ts';

const calm = { heartRateBpm: 88, respiratoryRatePerMin: 18, spo2Percent: 98, temperatureC: 36.7 };
const noSymptom = {
  maternalHeadache: false,
  maternalVisualDisturbance: false,
  maternalUpperAbdominalPain: false,
  respiratoryDistress: false,
  maternalPain: 0,
};
const of = (vitals: Readonly<Record<string, number>>, items: ItemAnswers, more: Mother = {}): Mother => ({
  vitals: { ...calm, ...vitals },
  items,
  consciousness: 'alert',
  ...more,
});

describe('V19, 36 weeks, seizure, 150/98', () => {
  it.each([
    [150, 98],
    [110, 70],
  ])('is L1 at %i/%i: regardless of the pressure', (systolicMmHg, diastolicMmHg) => {
    const v19 = of({ systolicMmHg, diastolicMmHg }, { ...noSymptom, seizure: 'stopped' }, { gestationDays: 252 });
    expect(maternalOnly(judgedMother(v19))).toEqual(['OB-R1']);
    expect(judgedMother(v19).firing[0]?.tier).toBe('level-1');
  });
});

describe('V32, pregnant, heart rate 120 and 121', () => {
  const v32 = (heartRateBpm: number) => of({ heartRateBpm, systolicMmHg: 130, diastolicMmHg: 75 }, noSymptom);

  it('120 is one yellow, no trigger; 121 is red, L2 on two sets (R3)', () => {
    expect(maternalOnly(judgedOnTwoSets(v32(120)))).toEqual([]);
    expect(judgedOnTwoSets(v32(120)).scores['meows-yellow']?.minimum).toBe(1);
    expect(maternalOnly(judgedMother(v32(121)))).toEqual([]);
    const { firing } = judgedOnTwoSets(v32(121));
    expect(firing.find(({ ruleId }) => ruleId === 'OB-Y1')).toMatchObject({
      tier: 'level-2',
      score: { name: 'meows-red', minimum: 1, maximum: 1 },
    });
    expect(maternalOnly(judgedOnTwoSets(v32(121)))).toEqual(['OB-Y1']);
  });
});

describe('N10, 3 h after a home birth, loss 900 mL', () => {
  const n10 = (heartRateBpm: number, systolicMmHg: number, bornAgo = 180): Mother =>
    of({ heartRateBpm, systolicMmHg, diastolicMmHg: 72, temperatureC: 36.8 }, noSymptom, {
      isPregnant: false,
      bornAgo,
      lossMl: 900,
    });

  it('108/120 is L1 by R4, inside the window for TXA, without MTP', () => {
    const evaluation = judgedMother(n10(108, 120));
    expect(maternalOnly(evaluation)).toEqual(['OB-R4a', 'OB-Y3']);
    const found = evaluation.firing.find(({ ruleId }) => ruleId === 'OB-R4a');
    expect(found).toMatchObject({ tier: 'level-1', flags: ['pph-txa-window'], score: { minimum: 0.9, maximum: 0.9 } });
    expect(evaluation.scores['meows-yellow']?.minimum).toBe(1);
    expect(evaluation.scores['meows-red']?.maximum).toBe(0);
  });

  it('107/119 shows 0.90 and is L2 by Y3', () => {
    const evaluation = judgedMother(n10(107, 119));
    expect(maternalOnly(evaluation)).toEqual(['OB-Y3']);
    expect(evaluation.scores['shock-index']?.minimum).toBe(0.9);
    expect(evaluation.firing.find(({ ruleId }) => ruleId === 'OB-Y3')?.tier).toBe('level-2');
  });

  it.each([
    [140, 100, 180, ['obstetric-mtp', 'pph-txa-window']],
    [139, 100, 180, ['pph-txa-window']],
    [170, 100, 180, ['obstetric-mtp', 'obstetric-theatre-now', 'pph-txa-window']],
    [169, 100, 180, ['obstetric-mtp', 'pph-txa-window']],
    [140, 100, 181, ['obstetric-mtp']],
  ])('%i/%i, %i min after birth: %j', (heartRateBpm, systolicMmHg, bornAgo, flags) => {
    const { firing } = judgedMother(n10(heartRateBpm, systolicMmHg, bornAgo));
    expect(firing.find(({ ruleId }) => ruleId === 'OB-R4a')?.flags).toEqual(flags);
  });

  it.each([
    [300, 'none', ['obstetric-mtp', 'obstetric-theatre-now']],
    [299, 'none', undefined],
    [0, 'light', ['obstetric-mtp', 'obstetric-theatre-now']],
  ])('170/100 with %i mL and %s bleeding: %j', (lossMl, maternalBleeding, flags) => {
    const items = { ...noSymptom, maternalBleeding, seizure: 'ongoing' };
    const mother = of({ heartRateBpm: 170, systolicMmHg: 100 }, items, { isPregnant: false, bornAgo: 200, lossMl });
    expect(judgedMother(mother).firing.find(({ ruleId }) => ruleId === 'OB-R1')?.flags).toEqual(flags);
  });

  it.each([
    [500, 'none', ['pph-txa-window']],
    [499, 'none', undefined],
    [0, 'light', ['pph-txa-window']],
  ])('80/120 at 180 min with %i mL and %s bleeding: %j', (lossMl, maternalBleeding, flags) => {
    const items = { ...noSymptom, maternalBleeding, seizure: 'ongoing' };
    const mother = of({ heartRateBpm: 80, systolicMmHg: 120 }, items, { isPregnant: false, bornAgo: 180, lossMl });
    expect(judgedMother(mother).firing.find(({ ruleId }) => ruleId === 'OB-R1')?.flags).toEqual(flags);
  });

  it('of a pressure too low to be taken says MTP and theatre', () => {
    const { vitals: _, ...rest } = n10(0, 0);
    const { firing } = judgedMother({ ...rest, unrecordable: true });
    expect(firing.find(({ ruleId }) => ruleId === 'OB-R4a')?.flags).toEqual([
      'obstetric-mtp',
      'obstetric-theatre-now',
      'pph-txa-window',
    ]);
  });
});

describe('N11, 34 weeks', () => {
  const n11 = (systolicMmHg: number, diastolicMmHg: number, items: ItemAnswers = {}) =>
    of({ systolicMmHg, diastolicMmHg }, { ...noSymptom, ...items }, { gestationDays: 238 });

  it.each([
    ['a', 160, 100, {}, ['OB-R2'], ['OB-R2', 'OB-Y1']],
    ['b', 159, 109, { maternalHeadache: true }, ['OB-Y2'], ['OB-Y1', 'OB-Y2']],
    ['c', 159, 109, {}, [], ['OB-Y1']],
    ['d', 140, 90, {}, [], []],
    ['e', 159, 110, {}, ['OB-R2'], ['OB-R2', 'OB-Y1']],
  ] as const)('%s: %i/%i %o: %j at once, %j on two sets', (_, systolic, diastolic, items, atOnce, onTwoSets) => {
    expect(maternalOnly(judgedMother(n11(systolic, diastolic, items)))).toEqual(atOnce);
    expect(maternalOnly(judgedOnTwoSets(n11(systolic, diastolic, items)))).toEqual(onTwoSets);
  });

  it('a, b and e are L1, c is L2', () => {
    const tiers = (mother: Mother) =>
      judgedOnTwoSets(mother)
        .firing.filter(({ specialty }) => specialty === 'maternal')
        .map(({ tier }) => tier);
    expect(tiers(n11(160, 100))).toContain('level-1');
    expect(tiers(n11(159, 109, { maternalHeadache: true }))).toContain('level-1');
    expect(tiers(n11(159, 110))).toContain('level-1');
    expect(tiers(n11(159, 109))).toEqual(['level-2']);
  });
});

describe('V16, about 7 months, high-speed crash, arrest', () => {
  const v16 = (arrest: string, gestationDays: number | null): Mother => ({
    specialty: 'trauma',
    gestationDays,
    items: { arrest, isInjured: true },
  });
  const flags = (mother: Mother) =>
    judgedMother(mother).firing.find(({ ruleId }) => /^OB-R7[bc]$/.test(ruleId))?.flags ?? [];

  it('is L1 for the maternal and the neonatal center', () => {
    const { firing } = judgedMother(v16('in-progress', 210));
    expect(firing.find(({ ruleId }) => ruleId === 'OB-R7b')).toMatchObject({ specialty: 'maternal', tier: 'level-1' });
    expect(firing.find(({ ruleId }) => ruleId === 'CO-2a')).toMatchObject({
      specialty: 'neonate',
      tier: 'level-1',
      flags: ['hysterotomy-prompt'],
    });
  });

  it('prompts for the hysterotomy and the displaced uterus from 20 weeks', () => {
    expect(flags(v16('in-progress', 210))).toEqual(['hysterotomy-prompt', 'left-displacement']);
    expect(flags(v16('in-progress', 140))).toEqual(['hysterotomy-prompt', 'left-displacement']);
    expect(flags(v16('in-progress', null))).toEqual(['hysterotomy-prompt', 'left-displacement']);
    expect(flags(v16('rosc', 140))).toEqual(['left-displacement']);
    const early = judgedMother(v16('in-progress', 139)).firing.flatMap((finding) => finding.flags ?? []);
    expect(early).not.toContain('hysterotomy-prompt');
    expect(early).not.toContain('left-displacement');
  });

  it('does not alert the neonatal team before 24 weeks', () => {
    expect(maternalOnly(judgedMother(v16('in-progress', 167)))).toEqual(['OB-R7b', 'CO-2c']);
  });
});
