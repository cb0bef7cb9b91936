import type { ItemAnswers } from '@pentad/protocol/assessment-items';
import { describe, expect, it } from 'vitest';
import { evaluated, everySecond, sampleOf } from '../testing/case-builder.ts';
import { judgedNewborn, neonatal, newbornCase, type Newborn } from '../testing/newborn-case.ts';

const v = (vitals: Readonly<Record<string, number>>, more: Newborn = {}): Newborn => ({ vitals, ...more });
const q = (items: ItemAnswers, more: Newborn = {}): Newborn => ({ items, ...more });
const weeks = (completed: number, days = 0): Newborn => ({ gestationDays: 7 * completed + days });
const mottled = { skin: 'mottled' };
const done = { neonateResuscitation: 'done' };
const grunts = { neonateGrunting: true };
const noSigns = { neonateHypoglycaemiaSigns: false, seizure: 'none', neonateResponse: 'vigorous' };
const event = { neonateAcuteEvent: true, neonateEncephalopathy: 'moderate' };
const bp = (systolicMmHg: number, diastolicMmHg: number) => ({ systolicMmHg, diastolicMmHg });

/** Of each rule, newborns on whom it fires (1) and on whom it does not (0): both sides and the line. */
const table: Readonly<Record<string, readonly (readonly [0 | 1, Newborn])[]>> = {
  'NB-R1a': [
    ...(['assisted', 'intubated', 'lost'] as const).map((airway) => [1, q({ airway })] as const),
    [0, q({ airway: 'own' })],
    [1, q({ arrest: 'in-progress' })],
    [1, q({ arrest: 'rosc' })],
    [1, q({ neonateResuscitation: 'ppv' })],
    [1, q({ neonateResuscitation: 'compressions' })],
    [0, q(done)],
    [1, q({ neonateApnoea: 'repeated' })],
    [0, q({ neonateApnoea: 'brief' })],
    [1, q({ breathing: 'absent' })],
    ...(['severe-arrhythmia', 'dic', 'seizure-over-24h', 'sclerema-70'] as const).map(
      (neonateCriticalSign) => [1, q({ neonateCriticalSign })] as const,
    ),
    [0, q({ neonateCriticalSign: 'none' })],
    [1, q({ neonateResponse: 'none' })],
    [0, q({ neonateResponse: 'lethargic' })],
    [1, { consciousness: 'unresponsive' }],
    [0, { consciousness: 'pain' }],
    [1, q({ neonateJaundice: 'exchange-level' })],
    [0, q({ neonateJaundice: 'before-24h' })],
    [1, q({ neonateBirthWeightG: 1000 })],
    [0, q({ neonateBirthWeightG: 1001 })],
    [1, v({ temperatureC: 30 })],
    [0, v({ temperatureC: 30.1 })],
    [0, v({ temperatureC: 41 })],
    [1, v({ temperatureC: 41.1 })],
    [1, v({ glucoseMmolPerL: 1.09 })],
    [0, v({ glucoseMmolPerL: 1.1 })],
    [0, q({ airway: 'intubated' }, { ageDays: 29, gestationDays: 280 })],
  ],
  'NB-R1b': [
    [1, v({ heartRateBpm: 99 }, { items: done, age: 60 })],
    [0, v({ heartRateBpm: 100 }, { items: done, age: 60 })],
    [0, v({ heartRateBpm: 99 }, { items: done, age: 61 })],
    [1, v({ heartRateBpm: 99 }, { items: done, ageDays: 1 })],
    [0, v({ heartRateBpm: 99 }, { items: done, ageDays: 2 })],
    [0, v({ heartRateBpm: 99 }, { items: { neonateResuscitation: 'none' }, age: 10 })],
    [0, v({ heartRateBpm: 99 }, { age: 10 })],
    [1, v({ heartRateBpm: 99 }, { items: mottled, ageDays: 5 })],
    [1, v({ heartRateBpm: 99 }, { items: { capillaryRefillS: 3.1 }, ageDays: 5 })],
    [0, v({ heartRateBpm: 99 }, { items: { capillaryRefillS: 3, skin: 'normal' }, ageDays: 5 })],
    [1, v({ heartRateBpm: 99 }, { items: { neonateApnoea: 'over-20s' }, ageDays: 5 })],
  ],
  'NB-R2a': [
    [1, v({ spo2Percent: 84 }, { age: 11, oxygen: 'air' })],
    [0, v({ spo2Percent: 85 }, { age: 11 })],
    [0, v({ spo2Percent: 84 }, { age: 10 })],
    [1, v({ spo2Percent: 84 })],
    [0, v({ spo2Percent: 84 }, { items: { neonateOwnSpo2LimitPercent: 75 } })],
    [0, v({ spo2Percent: 75 }, { items: { neonateOwnSpo2LimitPercent: 75 } })],
    [1, v({ spo2Percent: 74 }, { items: { neonateOwnSpo2LimitPercent: 75 } })],
  ],
  'NB-R2b': [
    [1, v({ spo2Percent: 84 }, { oxygen: 'oxygen' })],
    [0, v({ spo2Percent: 85 }, { oxygen: 'oxygen' })],
    [0, v({ spo2Percent: 84 }, { oxygen: 'air' })],
    [0, v({ spo2Percent: 84 })],
    [0, v({ spo2Percent: 84 }, { oxygen: 'oxygen', age: 10 })],
    [1, v({ spo2Percent: 84 }, { items: { neonateFio2Percent: 22 } })],
    [0, v({ spo2Percent: 84 }, { items: { neonateFio2Percent: 21 } })],
  ],
  'NB-R2c': [
    [1, q({ neonateFio2Percent: 61 })],
    [0, q({ neonateFio2Percent: 60 })],
    [1, q({ neonateApnoea: 'over-20s' })],
    [1, q({ neonateApnoea: 'gasping' })],
    [0, q({ neonateApnoea: 'brief' })],
  ],
  'NB-R2d': [
    [1, q({ ...grunts, neonateFio2Percent: 40 })],
    [0, q({ ...grunts, neonateFio2Percent: 39 })],
    [1, q(grunts, { vitals: { spo2Percent: 89 } })],
    [0, q(grunts, { vitals: { spo2Percent: 90 } })],
    [1, q({ ...grunts, neonateApnoea: 'over-20s' })],
    [1, q(grunts, weeks(34, 6))],
    [0, q(grunts, weeks(35))],
    [0, v({ spo2Percent: 89 }, { items: { neonateGrunting: false } })],
  ],
  'NB-R3a': [
    // Mean 39.67 of 55/32 and 40 of 60/30: below 40 weeks of completed gestation, not below 40.
    [1, v(bp(55, 32), { items: mottled, ...weeks(40) })],
    [1, v(bp(55, 32), { items: mottled, ...weeks(40, 6) })],
    [0, v(bp(60, 30), { items: mottled, ...weeks(40, 6) })],
    [1, v(bp(60, 30), { items: mottled, ...weeks(41) })],
    [0, v(bp(55, 32), { items: mottled, ...weeks(39, 6) })],
    [0, v(bp(55, 32), { items: { capillaryRefillS: 3, skin: 'normal' }, ...weeks(40) })],
    [1, v(bp(55, 32), { items: { capillaryRefillS: 3.1 }, ...weeks(40) })],
    [1, v(bp(55, 32), { items: { skin: 'cold-pale-sweating' }, ...weeks(40) })],
    [0, v(bp(55, 32), { items: { skin: 'cyanosed' }, ...weeks(40) })],
    [0, v(bp(55, 32), { items: mottled })],
    [1, v(bp(33, 15), { items: mottled, ...weeks(22) })],
    [0, v(bp(36, 15), { items: mottled, ...weeks(22) })],
    [1, v(bp(65, 32), { items: mottled, ...weeks(44) })],
  ],
  'NB-R3b': [
    [1, v(bp(59, 40), { items: mottled, ...weeks(37) })],
    [0, v(bp(60, 40), { items: mottled, ...weeks(37) })],
    [0, v(bp(59, 40), { items: mottled, ...weeks(36, 6) })],
    [1, v(bp(59, 40), { items: mottled })],
    [0, v(bp(59, 40), { items: { capillaryRefillS: 2, skin: 'normal' }, ...weeks(37) })],
    [1, { unrecordable: true, items: mottled, ...weeks(30) }],
    [0, { unrecordable: true, items: { capillaryRefillS: 2, skin: 'normal' } }],
  ],
  'NB-R3c': [
    [1, v({ heartRateBpm: 79 })],
    [0, v({ heartRateBpm: 80 })],
    [1, v({ heartRateBpm: 181 }, { items: mottled })],
    [0, v({ heartRateBpm: 180 }, { items: mottled })],
    [0, v({ heartRateBpm: 181 })],
  ],
  'NB-R3d': [
    [1, v({ systolicMmHg: 40 })],
    [0, v({ systolicMmHg: 41 })],
    [1, v({ systolicMmHg: 40 }, weeks(32))],
    [0, v({ systolicMmHg: 40 }, weeks(31, 6))],
    [0, { unrecordable: true }],
  ],
  'NB-R3e': [
    [1, v({ systolicMmHg: 41 }, weeks(37))],
    [0, v({ systolicMmHg: 40 }, weeks(37))],
    [1, v({ systolicMmHg: 49 }, weeks(37))],
    [0, v({ systolicMmHg: 50 }, weeks(37))],
    [0, v({ systolicMmHg: 45 }, weeks(36, 6))],
    [0, v({ systolicMmHg: 45 })],
  ],
  'NB-R4': [
    [1, v({ temperatureC: 34.9 })],
    [0, v({ temperatureC: 35 })],
    [0, v({ temperatureC: 39 })],
    [1, v({ temperatureC: 39.1 })],
    [0, v({ temperatureC: 34.9 }, { items: { neonateCoolingOrdered: true } })],
    [0, v({ temperatureC: 33 }, { items: { neonateCoolingOrdered: true } })],
    [1, v({ temperatureC: 32.9 }, { items: { neonateCoolingOrdered: true } })],
  ],
  'NB-R5': [
    [1, v({ glucoseMmolPerL: 1.49 })],
    [0, v({ glucoseMmolPerL: 1.5 })],
    [1, q({ glucoseMeter: 'lo' })],
    [0, q({ glucoseMeter: 'hi' })],
    [1, v({ glucoseMmolPerL: 2.59 }, { items: { ...noSigns, neonateHypoglycaemiaSigns: true } })],
    [1, v({ glucoseMmolPerL: 2.59 }, { items: { ...noSigns, seizure: 'stopped' } })],
    [1, v({ glucoseMmolPerL: 2.59 }, { items: { ...noSigns, neonateResponse: 'lethargic' } })],
    [0, v({ glucoseMmolPerL: 2.6 }, { items: { neonateHypoglycaemiaSigns: true } })],
    [0, v({ glucoseMmolPerL: 2.59 }, { items: noSigns })],
    [0, v({ glucoseMmolPerL: 2.59 })],
  ],
  'NB-R6a': [
    [1, q({ seizure: 'ongoing' })],
    [1, q({ seizure: 'stopped' })],
    [0, q({ seizure: 'none' })],
    [1, q({ neonateResponse: 'none' })],
    [0, q({ neonateResponse: 'lethargic', seizure: 'none' })],
  ],
  'NB-R6b': [
    [1, q({ neonateHieSuspected: true }, { age: 360 })],
    [0, q({ neonateHieSuspected: true }, { age: 361 })],
    [1, q({ neonateHieSuspected: true })],
    [0, q({ neonateHieSuspected: true }, { ageDays: 1 })],
    [1, q({ neonateCordPh: 7, neonateEncephalopathy: 'moderate' })],
    [0, q({ neonateCordPh: 7.01, neonateEncephalopathy: 'moderate' })],
    [1, q({ neonateBaseDeficit: 16, neonateEncephalopathy: 'severe' })],
    [0, q({ neonateBaseDeficit: 15.9, neonateEncephalopathy: 'severe' })],
    [0, q({ neonateCordPh: 7, neonateEncephalopathy: 'mild' })],
    [1, q({ neonateCordPh: 7, seizure: 'stopped' })],
    [1, q({ ...event, neonateCordPh: 7.15, apgar10Total: 5 })],
    [0, q({ ...event, neonateCordPh: 7.16, apgar10Total: 5 })],
    [0, q({ ...event, neonateCordPh: 7.15, apgar10Total: 6, neonateLongVentilation: false })],
    [1, q({ ...event, neonateCordPh: 7.15, apgar10Total: 6, neonateLongVentilation: true })],
    [1, q({ ...event, neonateBaseDeficit: 10, neonateLongVentilation: true })],
    [0, q({ ...event, neonateBaseDeficit: 9.9, neonateLongVentilation: true })],
    [1, q({ ...event, neonateLongVentilation: true })],
    [0, q({ ...event, neonateAcuteEvent: false, neonateLongVentilation: true })],
  ],
  'NB-R7': [
    [1, weeks(27, 6)],
    [0, weeks(28)],
    [1, q({ neonateBirthWeightG: 999 })],
    [0, q({ neonateBirthWeightG: 1000 })],
  ],
  'NB-R8': [
    ...(
      ['diaphragmatic-hernia', 'gastroschisis', 'oesophageal-fistula', 'bilious-vomiting', 'duct-dependent'] as const
    ).map((neonateSurgical) => [1, q({ neonateSurgical })] as const),
    [0, q({ neonateSurgical: 'none' })],
    [1, q({ neonateCyanosisDespiteOxygen: true })],
    [1, q({ neonatePreductalSpo2Percent: 95, neonatePostductalSpo2Percent: 84 })],
    [0, q({ neonatePreductalSpo2Percent: 95, neonatePostductalSpo2Percent: 85 })],
    [1, q({ neonatePreductalSpo2Percent: 84, neonatePostductalSpo2Percent: 95 })],
    [0, q({ neonatePreductalSpo2Percent: 85, neonatePostductalSpo2Percent: 95 })],
    [0, q({ neonatePreductalSpo2Percent: 95 })],
  ],
};

describe('the neonatal center, level 1', () => {
  const rows = Object.entries(table).flatMap(([id, cases]) =>
    cases.map(([fires, newborn]) => [id, fires, newborn] as const),
  );

  it.each(rows)('%s: %i for %j', (id, fires, newborn) => {
    const found = judgedNewborn(newborn).firing.find(({ ruleId }) => ruleId === id);
    expect(found?.specialty).toBe(fires === 1 ? 'neonate' : undefined);
    if (found) expect(found.tier).toBe(id === 'NB-R3e' ? 'level-2' : 'level-1');
  });

  it('holds a streamed SpO2 for 60 s on air, for 30 s despite oxygen', () => {
    const samples = (seconds: number) => everySecond(1, seconds + 1, (second) => sampleOf(second, { spo2Percent: 84 }));
    const after = (oxygen: 'air' | 'oxygen', seconds: number) =>
      neonatal(evaluated(newbornCase({ oxygen, ageDays: 3 }), samples(seconds), seconds + 1));
    expect(after('air', 59)).toEqual([]);
    expect(after('air', 60)).toEqual(['NB-R2a']);
    expect(after('oxygen', 29)).toEqual([]);
    expect(after('oxygen', 30)).toEqual(['NB-R2b']);
  });

  it('fires a flagged low rate at once (C6)', () => {
    const evaluation = evaluated(newbornCase({ ageDays: 3 }), [sampleOf(1, { heartRateBpm: 35 })], 1);
    expect(neonatal(evaluation)).toEqual(['NB-R3c']);
  });

  it('prompts for the age and does not assume one', () => {
    const { firing, prompts } = judgedNewborn(q({ airway: 'intubated' }, { ageDays: null }));
    expect(firing.filter(({ ruleId }) => ruleId.startsWith('NB-'))).toEqual([]);
    expect(prompts).toContainEqual({ ruleId: 'NB-R1a', missing: ['ageDays'] });
  });
});
