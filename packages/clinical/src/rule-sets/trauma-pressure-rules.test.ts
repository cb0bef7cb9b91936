import { describe, expect, it } from 'vitest';
import { evaluated } from '../testing/case-builder.ts';
import {
  type Person,
  type Story,
  man30,
  aged,
  daysOld,
  pregnant,
  gcsOf,
  injured,
  repeated,
  traumaIds,
  idsOf,
  promptsOf,
} from '../testing/trauma-case.ts';

describe('pressure by age', () => {
  const pressure = (systolicMmHg: number, patient: Person | null) =>
    idsOf({ vitals: { systolicMmHg }, patient }).filter((id) => /^TR-R1[456]/.test(id));
  it.each([
    [aged(1), 72, []],
    [aged(1), 71, ['TR-R14a']],
    [aged(5), 80, []],
    [aged(5), 79, ['TR-R14a']],
    [aged(9), 88, []],
    [aged(9), 87, ['TR-R14a']],
    [aged(10), 90, []],
    [aged(10), 89, ['TR-R15']],
    [aged(64), 90, []],
    [aged(64), 89, ['TR-R15']],
    [aged(65), 110, []],
    [aged(65), 109, ['TR-R16']],
    [aged(65), 89, ['TR-R16']],
    [daysOld(29), 70, []],
    [daysOld(29), 69, ['TR-R14b']],
    [daysOld(28), 69, []],
    [daysOld(28), 60, []],
    [daysOld(28), 59, ['TR-R14c']],
    [daysOld(40, 250), 65, []],
    [null, 60, []],
    [null, 59, ['TR-R14c']],
    [aged(40), 59, ['TR-R14c', 'TR-R15']],
  ] as const)('%o, %i mmHg: %j', (patient, systolic, expected) => {
    expect(pressure(systolic, patient)).toEqual(expected);
  });

  it('asks the age it needs', () => {
    expect(promptsOf({ vitals: { systolicMmHg: 85 }, patient: null })['TR-R15']).toEqual(['ageYears']);
  });

  it.each([
    ['unrecordable, adult', man30, {}, { isPressureUnrecordable: true }, ['TR-R14c', 'TR-R15']],
    ['unrecordable, 5 y', aged(5), {}, { isPressureUnrecordable: true }, ['TR-R14c']],
    ['unrecordable, no age', null, {}, { isPressureUnrecordable: true }, ['TR-R14c']],
    ['no radial pulse', man30, { radialPulse: false }, {}, ['TR-R14c', 'TR-R15']],
    ['radial pulse', man30, { radialPulse: true }, {}, []],
    ['no radial pulse, 1 y', aged(1), { radialPulse: false }, {}, ['TR-R14c']],
    ['no radial pulse, infant', daysOld(200), { radialPulse: false }, {}, []],
  ] as const)('%s', (_name, patient, items, more, expected) => {
    expect(idsOf({ patient, items, more }).filter((id) => /^TR-R1[456]/.test(id))).toEqual(expected);
  });

  it('TR-A1 needs the second reading, TR-R15 does not', () => {
    expect(idsOf({ vitals: { systolicMmHg: 85 } })).toEqual(['TR-R15']);
    expect(traumaIds(repeated({ vitals: { systolicMmHg: 85 } }), 60)).toContain('TR-A1');
    expect(traumaIds(repeated({ vitals: { systolicMmHg: 85 } }, 59), 59)).not.toContain('TR-A1');
    expect(traumaIds(repeated({ vitals: { systolicMmHg: 90 } }), 60)).toEqual([]);
    expect(traumaIds(repeated({ vitals: { systolicMmHg: 100 }, patient: aged(70) }), 60)).toEqual(['TR-R16']);
  });
});

describe('heart rate above pressure', () => {
  const ratio = (heartRateBpm: number, systolicMmHg: number, story: Story = {}) =>
    idsOf({ vitals: { heartRateBpm, systolicMmHg }, ...story }).filter(
      (id) => id.startsWith('TR-R17') || id === 'TR-SI',
    );
  it.each([
    [man30, 121, 120, ['TR-SI']],
    [man30, 120, 120, []],
    [aged(70), 121, 120, ['TR-SI']],
    [aged(15), 121, 120, ['TR-R17']],
    [aged(15), 120, 120, []],
    [aged(10), 121, 120, ['TR-R17']],
    [aged(9), 121, 120, []],
  ] as const)('%o %i over %i: %j', (patient, rate, systolic, expected) => {
    expect(ratio(rate, systolic, { patient })).toEqual(expected);
  });

  it('an injured patient of another center counts once, by TR-R17b', () => {
    const items = { isInjured: true };
    expect(ratio(121, 120, { specialty: 'chest-pain', items })).toEqual(['TR-R17b']);
    expect(ratio(120, 120, { specialty: 'chest-pain', items })).toEqual([]);
    expect(ratio(121, 120, { specialty: 'chest-pain' })).toEqual([]);
    expect(ratio(121, 120, { items })).toEqual(['TR-SI']);
  });

  it.each([
    [121, 120, {}, ['TR-R17d']],
    [120, 120, {}, []],
    [121, 120, { painScore: 0, traumaVisibleBleeding: false }, ['TR-R17d']],
    [121, 120, { painScore: 1 }, ['TR-R17c']],
    [121, 120, { traumaVisibleBleeding: true }, ['TR-R17c']],
    [121, 120, { maternalBleeding: 'light' }, ['TR-R17c']],
    [121, 120, { traumaEjection: true }, ['TR-R17c']],
    [121, 120, { traumaPelvis: true }, ['TR-R17c']],
    [144, 120, {}, ['TR-R17c']],
    [143, 120, {}, ['TR-R17d']],
  ] as const)('pregnant, %i over %i, %o: %j', (rate, systolic, items, expected) => {
    expect(ratio(rate, systolic, { patient: pregnant, items })).toEqual(expected);
  });

  it('asks for pain and bleeding of a pregnant patient', () => {
    const asked = promptsOf({ vitals: { heartRateBpm: 121, systolicMmHg: 120 }, patient: pregnant });
    expect(asked['TR-R17c']).toEqual(expect.arrayContaining(['painScore', 'traumaVisibleBleeding']));
  });

  it.each([
    [4, 122.1, 100, true],
    [4, 122, 100, false],
    [6, 123, 100, true],
    [7, 101, 100, true],
    [7, 100, 100, false],
    [12, 101, 100, true],
    [13, 91, 100, true],
    [13, 90, 100, false],
    [16, 91, 100, true],
    [17, 95, 100, false],
    [3, 150, 100, false],
  ])('SIPA at %i years, %d over %i: %s', (years, heartRateBpm, systolicMmHg, expected) => {
    expect(idsOf({ vitals: { heartRateBpm, systolicMmHg }, patient: aged(years) }).includes('TR-SIPA')).toBe(expected);
  });

  it('SIPA is of blunt injury, and level 2', () => {
    const story = { vitals: { heartRateBpm: 130, systolicMmHg: 100 }, patient: aged(6) };
    expect(evaluated(injured(story), [], 0).firing.find(({ ruleId }) => ruleId === 'TR-SIPA')?.tier).toBe('level-2');
    expect(idsOf({ ...story, items: { traumaPenetratingTorso: true } })).not.toContain('TR-SIPA');
    expect(promptsOf({ vitals: { heartRateBpm: 100 }, patient: aged(6) })['TR-SIPA']).toEqual(['systolicMmHg']);
  });
});

describe('GCS below 9, T-RTS', () => {
  it.each([
    ['8', gcsOf(1, 1, 6), true],
    ['9', gcsOf(1, 2, 6), false],
  ])('GCS %s', (_name, gcs, expected) => {
    expect(idsOf({ more: { gcs } }).includes('TR-A3')).toBe(expected);
  });

  it('unresponsive is below 9, not so for a newborn; to pain asks', () => {
    expect(idsOf({ more: { consciousness: 'unresponsive' } })).toContain('TR-A3');
    expect(idsOf({ more: { consciousness: 'pain' } })).not.toContain('TR-A3');
    expect(promptsOf({ more: { consciousness: 'pain' } })['TR-A3']).toContain('gcsEye');
    expect(idsOf({ more: { gcs: gcsOf(1, 1, 6) }, patient: daysOld(3) })).not.toContain('TR-A3');
  });

  const whole = { systolicMmHg: 120, respiratoryRatePerMin: 16 };
  it.each([
    ['GCS 13', gcsOf(4, 3, 6), whole, man30, false],
    ['GCS 12', gcsOf(3, 3, 6), whole, man30, true],
    ['GCS 12, 16 y', gcsOf(3, 3, 6), whole, aged(16), true],
    ['GCS 12, 15 y', gcsOf(3, 3, 6), whole, aged(15), false],
    ['GCS 12, no age', gcsOf(3, 3, 6), whole, null, false],
    ['RR 29', gcsOf(4, 5, 6), { ...whole, respiratoryRatePerMin: 29 }, man30, false],
    ['RR 30', gcsOf(4, 5, 6), { ...whole, respiratoryRatePerMin: 30 }, man30, true],
  ] as const)('T-RTS with %s', (_name, gcs, vitals, patient, expected) => {
    expect(traumaIds(repeated({ vitals, patient, more: { gcs } }), 60).includes('TR-RTS')).toBe(expected);
  });

  it('is sure without the rest once one part decides, and asks otherwise', () => {
    expect(idsOf({ more: { gcs: gcsOf(3, 3, 6) } })).toContain('TR-RTS');
    expect(promptsOf({ more: { gcs: gcsOf(4, 5, 6) } })['TR-RTS']).toEqual(['systolicMmHg', 'respiratoryRatePerMin']);
  });
});
