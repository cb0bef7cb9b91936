import { describe, expect, it } from 'vitest';
import { evaluated } from '../testing/case-builder.ts';
import {
  type Story,
  man30,
  aged,
  pregnant,
  injured,
  idsOf,
  flagsOf,
  promptsOf,
  type Items,
} from '../testing/trauma-case.ts';

describe('YELLOW', () => {
  it.each([
    ['TR-Y1', { traumaEjection: true }, { traumaEjection: false }],
    ['TR-Y2', { traumaIntrusionOccupantCm: 30.6 }, { traumaIntrusionOccupantCm: 30.5 }],
    ['TR-Y2', { traumaIntrusionAnyCm: 45.8 }, { traumaIntrusionAnyCm: 45.7 }],
    ['TR-Y2', { traumaExtrication: true }, { traumaExtrication: false }],
    ['TR-Y3', { traumaDeathInCompartment: true }, { traumaDeathInCompartment: false }],
    ['TR-Y5', { traumaTelemetrySevere: true }, { traumaTelemetrySevere: false }],
    ['TR-Y6', { traumaRiderSeparated: true }, { traumaRiderSeparated: false }],
    ['TR-Y7', { traumaPedestrianStruck: true }, { traumaPedestrianStruck: false }],
    ['TR-Y8', { traumaFallHeightM: 3.06 }, { traumaFallHeightM: 3.05 }],
    ['TR-Y12', { traumaSpecialNeeds: true, traumaTorsoImpact: true }, { traumaSpecialNeeds: true }],
    ['TR-Y10', { anticoagulant: true, traumaHeadImpact: true }, { anticoagulant: true, traumaHeadImpact: false }],
    ['TR-Y14', { traumaBurns: true, traumaHeadImpact: true }, { traumaBurns: true }],
    ['TR-Y15', { traumaCrewConcern: true }, { traumaCrewConcern: false }],
  ])('%s: %o, not %o', (id, on, off) => {
    const { firing } = evaluated(injured({ items: on }), [], 0);
    expect(firing.map(({ ruleId, tier, specialty }) => [ruleId, tier, specialty])).toEqual([[id, 'level-2', 'trauma']]);
    expect(idsOf({ items: off })).toEqual([]);
    expect(idsOf({ items: on, specialty: 'stroke' })).toEqual([]);
  });

  it.each([
    ['TR-Y4', { traumaUnrestrained: true }, aged(9), aged(10)],
    ['TR-Y9', { traumaLowFall: true, traumaHeadImpact: true }, aged(5), aged(6)],
    ['TR-Y9', { traumaLowFall: true, traumaHeadImpact: true }, aged(65), aged(64)],
    ['TR-Y11', { traumaAbuseSuspected: true }, aged(15), aged(16)],
    ['TR-Y13', { traumaHeadImpact: true }, { ...pregnant, gestationDays: 141 }, { ...pregnant, gestationDays: 140 }],
    ['TR-Y13', { traumaTorsoImpact: true }, pregnant, { ...pregnant, isPregnant: false }],
    [
      'TR-Y13',
      { traumaTorsoImpact: true, maternalFundusAtUmbilicus: true },
      { ...pregnant, gestationDays: null },
      man30,
    ],
  ] as const)('%s with %o: %o, not %o', (id, items, on, off) => {
    expect(idsOf({ items, patient: on })).toEqual([id]);
    expect(idsOf({ items, patient: off })).toEqual([]);
  });

  it('a judgement item alone asks and does not ring', () => {
    const asked = promptsOf({ items: { anticoagulant: true }, patient: aged(70) });
    expect(asked['TR-Y10']).toEqual(['traumaHeadImpact', 'traumaTorsoImpact', 'traumaCrewConcern']);
    expect(promptsOf({ patient: pregnant })['TR-Y13']).toEqual([
      'traumaHeadImpact',
      'traumaTorsoImpact',
      'traumaCrewConcern',
    ]);
    expect(promptsOf({ items: { traumaBurns: true } })['TR-Y14']).toContain('traumaCrewConcern');
    expect(promptsOf({ items: { traumaSpecialNeeds: true } })['TR-Y12']).toContain('traumaCrewConcern');
    expect(promptsOf({ items: { traumaLowFall: true }, patient: aged(70) })['TR-Y9']).toEqual(['traumaHeadImpact']);
    expect(promptsOf({ patient: aged(30) })['TR-Y10']).toBeUndefined();
    expect(promptsOf({ patient: aged(8) })['TR-Y4']).toEqual(['traumaUnrestrained']);
  });

  it('is no longer asked for once a RED injury stands', () => {
    expect(promptsOf({})['TR-Y8']).toEqual(['traumaFallHeightM']);
    expect(promptsOf({ items: { traumaPelvis: true } })['TR-Y8']).toBeUndefined();
  });

  it('all injured children are not yellow', () => {
    expect(idsOf({ patient: aged(7) })).toEqual([]);
    expect(flagsOf({ patient: aged(7) })).toContain('trauma-child');
  });
});

describe('CO-7: RED trauma with stroke signs', () => {
  const ids = (story: Story) => evaluated(injured(story), [], 0).firing.map(({ ruleId }) => ruleId);
  it('raises the stroke center beside trauma', () => {
    const both = { strokeFace: true, traumaPelvis: true };
    const { firing } = evaluated(injured({ items: both }), [], 0);
    expect(firing.find(({ ruleId }) => ruleId === 'CO-7')).toMatchObject({ specialty: 'stroke', tier: 'level-2' });
    expect(ids({ items: { strokeFace: true, traumaEjection: true } })).not.toContain('CO-7');
    expect(ids({ items: { strokeFace: false, traumaPelvis: true } })).not.toContain('CO-7');
    expect(ids({ items: both, specialty: 'stroke' })).not.toContain('CO-7');
  });

  it.each([
    [{ spo2Percent: 89 }, man30],
    [{ systolicMmHg: 89 }, man30],
    [{ systolicMmHg: 109 }, aged(65)],
    [{ respiratoryRatePerMin: 9 }, man30],
    [{ heartRateBpm: 121, systolicMmHg: 120 }, man30],
  ] as const)('by %o of %o', (vitals, patient) => {
    expect(ids({ items: { strokeFace: true }, vitals, patient })).toContain('CO-7');
  });
});

const redInjuries: readonly Items[] = [
  { traumaPenetratingHead: true },
  { traumaPenetratingNeck: true },
  { traumaPenetratingTorso: true },
  { traumaPenetratingProximalLimb: true },
  { traumaSkull: true },
  { traumaSpinalLoss: true },
  { traumaChestWall: true },
  { traumaPelvis: true },
  { traumaProximalLongBones: 2 },
  { traumaCrushedLimb: true },
  { traumaAmputation: true },
  { traumaActiveBleeding: true },
];
const mechanisms: readonly Items[] = [
  { traumaEjection: true },
  { traumaIntrusionOccupantCm: 30.6 },
  { traumaIntrusionAnyCm: 45.8 },
  { traumaExtrication: true },
  { traumaDeathInCompartment: true },
  { traumaTelemetrySevere: true },
  { traumaRiderSeparated: true },
  { traumaPedestrianStruck: true },
  { traumaFallHeightM: 3.06 },
];
const noMechanism: readonly Items[] = [
  { traumaIntrusionOccupantCm: 30.5 },
  { traumaIntrusionAnyCm: 45.7 },
  { traumaFallHeightM: 3.05 },
  { traumaProximalLongBones: 1 },
  { traumaUnrestrained: true },
];

describe('what the injuries and mechanisms stand for elsewhere', () => {
  const ratio = { heartRateBpm: 121, systolicMmHg: 120 };
  const pregnantIds = (items: Items) => idsOf({ items, vitals: ratio, patient: pregnant });
  it.each([...redInjuries, ...mechanisms])('pregnant with %o: level 1', (items) => {
    expect(pregnantIds(items)).toContain('TR-R17c');
    expect(pregnantIds(items)).not.toContain('TR-R17d');
  });
  it.each([...noMechanism])('pregnant with %o: level 2', (items) => {
    expect(pregnantIds(items)).toContain('TR-R17d');
    expect(pregnantIds(items)).not.toContain('TR-R17c');
  });
  it.each([...redInjuries])('%o with stroke signs is CO-7, and stops the YELLOW questions', (items) => {
    const state = injured({ items: { ...items, strokeArm: true } });
    expect(evaluated(state, [], 0).firing.map(({ ruleId }) => ruleId)).toContain('CO-7');
    expect(promptsOf({ items })['TR-Y1']).toBeUndefined();
  });
  it.each([
    { items: { traumaProximalLongBones: 1 } },
    { vitals: { systolicMmHg: 110 }, patient: aged(65) },
    { vitals: { spo2Percent: 90 } },
    { vitals: { respiratoryRatePerMin: 10 } },
    { more: { consciousness: 'voice' } },
    { items: { arrest: 'none' } },
  ])('no CO-7 with %o', (story) => {
    const state = injured({ ...story, items: { ...story.items, strokeArm: true } });
    expect(evaluated(state, [], 0).firing.map(({ ruleId }) => ruleId)).not.toContain('CO-7');
  });
  it.each([
    { more: { consciousness: 'pain' } },
    { more: { isPressureUnrecordable: true } },
    { items: { airway: 'assisted' } },
    { items: { arrest: 'rosc' } },
    { items: { arrest: 'in-progress' } },
  ])('CO-7 with %o', (story) => {
    const state = injured({ ...story, items: { ...story.items, strokeArm: true } });
    expect(evaluated(state, [], 0).firing.map(({ ruleId }) => ruleId)).toContain('CO-7');
  });
});
