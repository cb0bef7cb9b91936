import { describe, expect, it } from 'vitest';
import { at, evaluated } from '../testing/case-builder.ts';
import {
  type Items,
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
  flagsOf,
  promptsOf,
} from '../testing/trauma-case.ts';

describe('flags', () => {
  it.each([
    [{ items: { traumaPressureConfirmed: true }, vitals: { systolicMmHg: 89 } }, true],
    [{ items: { traumaPressureConfirmed: true }, vitals: { systolicMmHg: 90 } }, false],
    [{ items: { traumaPressureConfirmed: true }, vitals: { systolicMmHg: 100 }, patient: aged(70) }, false],
    [{ items: { traumaPressureConfirmed: true }, vitals: { systolicMmHg: 79 }, patient: aged(5) }, true],
    [{ items: { traumaPressureConfirmed: true }, vitals: { systolicMmHg: 69 }, patient: daysOld(100) }, true],
    [{ vitals: { systolicMmHg: 89 } }, false],
    [{ more: { isPressureUnrecordable: true } }, true],
    [{ items: { traumaGunshot: true, traumaPenetratingNeck: true } }, true],
    [{ items: { traumaGunshot: true, traumaPenetratingTorso: true } }, true],
    [{ items: { traumaGunshot: true, traumaPenetratingProximalLimb: true } }, true],
    [{ items: { traumaGunshot: true, traumaPenetratingDistalLimb: true } }, false],
    [{ items: { traumaGunshot: false, traumaPenetratingTorso: true } }, false],
    [{ more: { gcs: gcsOf(1, 1, 6) } }, true],
    [{ more: { gcs: gcsOf(1, 2, 6) } }, false],
    [{ items: { traumaBloodGiven: true } }, true],
    [{ items: { airway: 'intubated' } }, true],
    [{ items: { respiratoryDistress: true } }, true],
    [{ items: { traumaPhysicianActivates: true } }, true],
    [{ items: { traumaPelvis: true } }, false],
  ] satisfies readonly (readonly [Story, boolean])[])('full activation with %o: %s', (story, expected) => {
    expect(flagsOf(story).includes('full-activation')).toBe(expected);
  });

  it.each([
    [
      'two of ABC',
      { items: { traumaPenetratingDistalLimb: true }, vitals: { heartRateBpm: 120, systolicMmHg: 130 } },
      true,
    ],
    [
      'HR 119',
      { items: { traumaPenetratingDistalLimb: true }, vitals: { heartRateBpm: 119, systolicMmHg: 130 } },
      false,
    ],
    ['SBP 90, HR 120', { vitals: { heartRateBpm: 120, systolicMmHg: 90 } }, true],
    ['SBP 91, HR 120, not bleeding', { vitals: { heartRateBpm: 120, systolicMmHg: 91 } }, false],
    [
      'SI 1.0 with bleeding',
      { items: { traumaPelvis: true }, vitals: { heartRateBpm: 100, systolicMmHg: 100 } },
      false,
    ],
    [
      'SI above 1.0 with a pelvis',
      { items: { traumaPelvis: true }, vitals: { heartRateBpm: 101, systolicMmHg: 100 } },
      true,
    ],
    [
      'SI above 1.0 with visible bleeding',
      { items: { traumaVisibleBleeding: true }, vitals: { heartRateBpm: 101, systolicMmHg: 100 } },
      true,
    ],
    [
      'SI above 1.0 with FAST',
      { items: { traumaFastPositive: true }, vitals: { heartRateBpm: 101, systolicMmHg: 100 } },
      true,
    ],
    ['SI above 1.0 alone', { vitals: { heartRateBpm: 110, systolicMmHg: 100 } }, false],
    ['no pressure, pelvis', { items: { traumaPelvis: true }, more: { isPressureUnrecordable: true } }, true],
    ['child, ABC 2, no bleeding', { vitals: { heartRateBpm: 120, systolicMmHg: 90 }, patient: aged(8) }, false],
    [
      'child, SIPA and bleeding',
      { items: { traumaActiveBleeding: true }, vitals: { heartRateBpm: 101, systolicMmHg: 100 }, patient: aged(8) },
      true,
    ],
    [
      'child, bleeding alone',
      { items: { traumaActiveBleeding: true }, vitals: { heartRateBpm: 100, systolicMmHg: 100 }, patient: aged(8) },
      false,
    ],
  ] satisfies readonly (readonly [string, Story, boolean])[])('massive transfusion: %s', (_name, story, expected) => {
    expect(flagsOf(story).includes('trauma-mtp')).toBe(expected);
  });

  it.each([
    ['in-progress', pregnant, true],
    ['in-progress', { ...pregnant, gestationDays: 140 }, true],
    ['in-progress', { ...pregnant, gestationDays: 139 }, false],
    ['in-progress', { ...pregnant, gestationDays: null }, true],
    ['rosc', pregnant, false],
    ['in-progress', man30, false],
  ] as const)('hysterotomy: %s, %o: %s', (arrest, patient, expected) => {
    expect(flagsOf({ items: { arrest }, patient }).includes('hysterotomy-prompt')).toBe(expected);
  });

  it('tranexamic acid up to 3 h after the injury when bleeding is suspected', () => {
    const hurt = (minutes: number, items: Items): readonly string[] => {
      const state = injured({ items: { traumaCrewConcern: true, ...items } });
      const value = { kind: 'onset', atMs: at(-60 * minutes), certainty: 'exact' } as const;
      const onset = { current: { value, caseSeq: 2, writer: 'vehicle', basedOnCaseSeq: 1 }, earlier: [] } as const;
      return evaluated({ ...state, onset }, [], 0).firing[0]?.flags ?? [];
    };
    expect(hurt(180, { traumaVisibleBleeding: true })).toContain('trauma-txa');
    expect(hurt(181, { traumaVisibleBleeding: true })).not.toContain('trauma-txa');
    expect(hurt(60, {})).not.toContain('trauma-txa');
    expect(flagsOf({ items: { anticoagulant: true } })).toContain('trauma-anticoagulant');
    expect(flagsOf({ items: { anticoagulant: false } })).not.toContain('trauma-anticoagulant');
  });
});

describe('vectors', () => {
  const at15 = { gcs: gcsOf(4, 5, 6), consciousness: 'alert', oxygen: 'air' } as const;

  it('V12: every value on the line is no trauma rule; NEWS2 alone rings the emergency desk', () => {
    const vitals = { systolicMmHg: 90, heartRateBpm: 90, respiratoryRatePerMin: 29, spo2Percent: 90 };
    const state = repeated({ vitals, more: at15, items: { traumaFallHeightM: 3.048 } });
    const { firing, scores } = evaluated(state, [], 60);
    expect(traumaIds(state, 60)).toEqual([]);
    expect(firing.map(({ ruleId }) => ruleId)).toContain('GEN-3');
    expect([scores['t-rts']?.minimum, scores['rts']?.minimum]).toEqual([12, 7.8408]);
    expect(flagsOf({ vitals, more: at15 })).not.toContain('trauma-mtp');
  });

  it('V12, one worse: RED by pressure, ratio, breathing and oxygen', () => {
    const vitals = { systolicMmHg: 89, heartRateBpm: 90, respiratoryRatePerMin: 30, spo2Percent: 89 };
    const state = repeated({ vitals, more: at15, items: { traumaFallHeightM: 3.048 } });
    expect(traumaIds(state, 60)).toEqual(['TR-SI', 'TR-R11a', 'TR-R13', 'TR-R15', 'TR-A1', 'TR-RTS']);
    const { scores } = evaluated(state, [], 60);
    expect([scores['t-rts']?.minimum, scores['rts']?.minimum]).toEqual([10, 6.8174]);
  });

  it('V14: 5 years, 80 is none, 79 RED; SIPA 1.225 elevated, 1.2125 not', () => {
    const child = (systolicMmHg: number, heartRateBpm = 90) =>
      idsOf({ vitals: { systolicMmHg, heartRateBpm }, patient: aged(5) });
    expect(child(80)).toEqual([]);
    expect(child(79)).toEqual(['TR-R14a']);
    expect(child(80, 98)).toEqual(['TR-SIPA']);
    expect(child(80, 97)).toEqual([]);
  });

  it('V16: about 7 months pregnant, crash, arrest: trauma level 1 with the hysterotomy prompt', () => {
    const patient = { ...pregnant, gestationDays: 210 };
    const { firing } = evaluated(injured({ items: { arrest: 'in-progress' }, patient }), [], 0);
    const trauma = firing.find(({ ruleId }) => ruleId === 'TR-R0');
    expect(trauma).toMatchObject({ specialty: 'trauma', tier: 'level-1' });
    expect(trauma?.flags).toContain('hysterotomy-prompt');
  });

  it('V31: to voice, no pressure, fall of 4 m: YELLOW only, asks pressure and commands', () => {
    const story = {
      vitals: { heartRateBpm: 120 },
      more: { consciousness: 'voice' },
      items: { traumaFallHeightM: 4 },
      patient: aged(40),
    } as const;
    expect(idsOf(story)).toEqual(['TR-Y8']);
    const asked = promptsOf(story);
    expect(asked['TR-R10']).toEqual(['obeysCommands']);
    expect(asked['TR-R15']).toEqual(['systolicMmHg']);
    expect(asked['TR-SI']).toEqual(['systolicMmHg']);
  });

  it('N07: infant of 180 days, fall of 0.6 m: nothing; T-RTS 10 for display', () => {
    const items = {
      traumaFallHeightM: 0.6,
      traumaLowFall: true,
      traumaHeadImpact: false,
      traumaPurposefulMovement: true,
      capillaryRefillS: 1,
    };
    const vitals = {
      respiratoryRatePerMin: 36,
      spo2Percent: 98,
      systolicMmHg: 82,
      heartRateBpm: 140,
      temperatureC: 36.8,
    };
    const state = repeated({ items, vitals, more: at15, patient: daysOld(180) });
    const { firing, scores } = evaluated(state, [], 60);
    expect(firing).toEqual([]);
    expect([scores['t-rts']?.minimum, scores['rts']?.minimum]).toEqual([10, 6.8174]);
    expect([scores['news2'], scores['sipa'], scores['abc']]).toEqual([undefined, undefined, undefined]);
  });
});
