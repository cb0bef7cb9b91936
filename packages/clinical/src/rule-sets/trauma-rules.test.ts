import { describe, expect, it } from 'vitest';
import { evaluated, everySecond, sampleOf } from '../testing/case-builder.ts';
import {
  type Person,
  man30,
  aged,
  daysOld,
  gcsOf,
  injured,
  repeated,
  traumaIds,
  idsOf,
  promptsOf,
} from '../testing/trauma-case.ts';

const RED_FLAGS = [
  ['TR-R1', 'traumaPenetratingHead'],
  ['TR-R1', 'traumaPenetratingNeck'],
  ['TR-R1', 'traumaPenetratingTorso'],
  ['TR-R1', 'traumaPenetratingProximalLimb'],
  ['TR-R2', 'traumaSkull'],
  ['TR-R3', 'traumaSpinalLoss'],
  ['TR-R4', 'traumaChestWall'],
  ['TR-R5', 'traumaPelvis'],
  ['TR-R7', 'traumaCrushedLimb'],
  ['TR-R8', 'traumaAmputation'],
  ['TR-R9', 'traumaActiveBleeding'],
  ['TR-R12', 'respiratoryDistress'],
  ['TR-A4', 'traumaBloodGiven'],
  ['TR-A6', 'traumaPhysicianActivates'],
] as const;

describe('RED injuries', () => {
  it.each(RED_FLAGS)('%s: %s is level 1; denied or not asked is quiet', (id, item) => {
    const { firing } = evaluated(injured({ items: { [item]: true } }), [], 0);
    expect(firing.filter(({ specialty }) => specialty === 'trauma').map(({ ruleId, tier }) => [ruleId, tier])).toEqual([
      [id, 'level-1'],
    ]);
    expect(idsOf({ items: { [item]: false } })).toEqual([]);
    expect(idsOf({ items: { [item]: null } })).toEqual([]);
  });

  it.each(RED_FLAGS)(
    '%s: %s counts for an injured patient of any center, not for one who is not injured',
    (id, item) => {
      expect(idsOf({ items: { [item]: true, isInjured: true }, specialty: 'chest-pain' })).toEqual([id]);
      expect(idsOf({ items: { [item]: true, isInjured: false }, specialty: 'chest-pain' })).toEqual([]);
      expect(idsOf({ items: { [item]: true }, specialty: null })).toEqual([]);
    },
  );

  it('a penetrating injury below elbow or knee alone is none', () => {
    expect(idsOf({ items: { traumaPenetratingDistalLimb: true } })).toEqual([]);
  });

  it.each([
    [1, []],
    [2, ['TR-R6']],
    [4, ['TR-R6']],
  ])('%i proximal long bones: %j', (traumaProximalLongBones, expected) => {
    expect(idsOf({ items: { traumaProximalLongBones } })).toEqual(expected);
  });

  it.each([
    ['in-progress', ['TR-R0']],
    ['rosc', ['TR-R0']],
    ['none', []],
  ])('arrest %s: %j', (arrest, expected) => {
    expect(idsOf({ items: { arrest } })).toEqual(expected);
  });

  it.each([
    ['own', []],
    ['assisted', ['TR-R12']],
    ['intubated', ['TR-R12']],
    ['lost', ['TR-R12']],
  ])('airway %s: %j', (airway, expected) => {
    expect(idsOf({ items: { airway } })).toEqual(expected);
  });

  it('asks where trauma is chosen or an injury known, and nowhere else', () => {
    const asked = promptsOf({});
    for (const id of [
      'TR-R0',
      'TR-R1',
      'TR-R5',
      'TR-R6',
      'TR-R9',
      'TR-R10',
      'TR-R12',
      'TR-R13',
      'TR-R15',
      'TR-A3',
      'TR-Y1',
      'TR-Y8',
    ])
      expect(asked[id]?.length, id).toBeGreaterThan(0);
    expect(promptsOf({ specialty: null, items: { isInjured: true } })['TR-R5']).toEqual(['traumaPelvis']);
    const elsewhere = Object.keys(promptsOf({ specialty: 'stroke' }));
    expect(elsewhere.filter((id) => id.startsWith('TR-'))).toEqual([]);
  });
});

describe('TR-R10: commands', () => {
  it.each([
    ['motor 5', man30, {}, { gcs: gcsOf(4, 5, 5) }, true],
    ['motor 6', man30, {}, { gcs: gcsOf(4, 5, 6) }, false],
    ['does not obey', man30, { obeysCommands: false }, {}, true],
    ['obeys', man30, { obeysCommands: true }, {}, false],
    ['alert, does not obey', man30, { obeysCommands: false }, { consciousness: 'alert' }, true],
    ['alert', man30, {}, { consciousness: 'alert' }, false],
    ['to voice, not asked', man30, {}, { consciousness: 'voice' }, false],
    ['to pain', man30, {}, { consciousness: 'pain' }, true],
    ['unresponsive', man30, {}, { consciousness: 'unresponsive' }, true],
    ['23 months, does not obey', daysOld(364), { obeysCommands: false }, {}, false],
    ['1 y, no purposeful movement', aged(1), { traumaPurposefulMovement: false }, {}, true],
    ['1 y, purposeful movement', aged(1), { traumaPurposefulMovement: true, obeysCommands: false }, {}, false],
    ['1 y, motor 5', aged(1), {}, { gcs: gcsOf(4, 5, 5) }, true],
    ['1 y, motor 6', aged(1), {}, { gcs: gcsOf(4, 5, 6) }, false],
    ['1 y, to pain', aged(1), {}, { consciousness: 'pain' }, true],
    ['2 y, does not obey', aged(2), { obeysCommands: false }, {}, true],
    ['known disability', aged(40), { traumaNeverObeys: true, obeysCommands: false }, {}, false],
    [
      'known disability, moves without purpose',
      aged(40),
      { traumaNeverObeys: true, traumaPurposefulMovement: false },
      {},
      true,
    ],
    ['no age, does not obey', null, { obeysCommands: false }, {}, true],
  ] as const)('%s', (_name, patient, items, more, expected) => {
    expect(idsOf({ patient, items, more }).includes('TR-R10')).toBe(expected);
  });

  it('asks "obeys commands?" to voice, and for the motor part of an infant', () => {
    expect(promptsOf({ more: { consciousness: 'voice' } })['TR-R10']).toEqual(['obeysCommands']);
    expect(promptsOf({ more: { consciousness: 'alert' } })['TR-R10']).toBeUndefined();
    expect(promptsOf({ patient: aged(1) })['TR-R10']).toEqual(['gcsMotor']);
  });
});

describe('breathing and oxygen', () => {
  const breathing = (respiratoryRatePerMin: number, patient: Person | null = man30) =>
    traumaIds(repeated({ vitals: { respiratoryRatePerMin }, patient }), 60).filter((id) => id.startsWith('TR-R11'));

  it.each([
    [10, 30, ['TR-R11a']],
    [10, 29, []],
    [10, 10, []],
    [10, 9, ['TR-R11b']],
    [9, 30, []],
    [9, 41, ['TR-R11c']],
    [9, 40, []],
    [5, 41, ['TR-R11c']],
    [4, 60, []],
    [4, 61, ['TR-R11c']],
    [1, 61, ['TR-R11c']],
    [1, 10, []],
    [1, 9, ['TR-R11b']],
  ])('%i years, %i/min: %j', (years, rate, expected) => {
    expect(breathing(rate, aged(years))).toEqual(expected);
  });

  it.each([
    [91, 71, ['TR-R11c']],
    [91, 70, []],
    [90, 71, []],
    [90, 80, []],
    [90, 81, ['TR-R11c']],
    [200, 20, []],
    [200, 19, ['TR-R11b']],
  ])('%i days, %i/min: %j', (days, rate, expected) => {
    expect(breathing(rate, daysOld(days))).toEqual(expected);
  });

  it('without an age only what holds at any age fires', () => {
    expect(breathing(9, null)).toEqual(['TR-R11b']);
    expect(breathing(35, null)).toEqual([]);
    expect(promptsOf({ vitals: { respiratoryRatePerMin: 35 }, patient: null })['TR-R11a']).toEqual(['ageYears']);
  });

  it('above 29 waits for a second count a minute later, below 10 does not', () => {
    expect(idsOf({ vitals: { respiratoryRatePerMin: 34 } })).toEqual([]);
    expect(traumaIds(repeated({ vitals: { respiratoryRatePerMin: 34 } }, 59), 59)).toEqual([]);
    expect(traumaIds(repeated({ vitals: { respiratoryRatePerMin: 34 } }, 60), 60)).toEqual(['TR-R11a', 'TR-RTS']);
    expect(idsOf({ vitals: { respiratoryRatePerMin: 9 } })).toEqual(['TR-R11b']);
  });

  it('above 29 from the monitor waits 60 s', () => {
    const streamed = (until: number) =>
      evaluated(
        injured({}),
        everySecond(0, until, (second) => sampleOf(second, { respiratoryRatePerMin: 34 })),
        until,
      ).firing.map(({ ruleId }) => ruleId);
    expect(streamed(59)).not.toContain('TR-R11a');
    expect(streamed(60)).toContain('TR-R11a');
  });

  it.each([
    [89, 'air', ['TR-R13']],
    [90, 'air', []],
    [89, 'oxygen', ['TR-R13']],
    [90, 'oxygen', []],
    [89, null, ['TR-R13']],
  ] as const)('SpO2 %i on %s: %j', (spo2Percent, oxygen, expected) => {
    expect(idsOf({ vitals: { spo2Percent }, more: { oxygen } })).toEqual(expected);
  });

  it('oxygen at 90 and more is not a question', () => {
    expect(promptsOf({ vitals: { spo2Percent: 90 }, more: { oxygen: 'oxygen' } })['TR-R13']).toBeUndefined();
  });
});
