import type { CaseState } from '@pentad/protocol/case-state';
import { describe, expect, it } from 'vitest';
import { caseOf, evaluated } from '../testing/case-builder.ts';
import { full, strokeCase, idsOf, flagsOf, lamsOf, raceOf, noBeFast } from '../testing/stroke-case.ts';

const caseOfPregnant = (): Pick<CaseState, 'patient'> => ({
  patient: caseOf('stroke', [], { ageYears: 30, sex: 'female', isPregnant: true }).patient,
});

describe('vectors', () => {
  it('V07: 90 min, LAMS 5, RACE 7, FAST-ED 5, glucose 6.8', () => {
    const items = {
      ...lamsOf('present', 'falls', 'none'),
      ...raceOf('severe', 'none', 'weak', 'present', 'one'),
      strokeFastEdFace: 'palsy',
      strokeFastEdArm: 'none',
      strokeFastEdSpeech: 'moderate',
      strokeFastEdEyes: 'partial',
      strokeFastEdNeglect: 'none',
    };
    const { firing, scores } = evaluated(strokeCase(items, 90, { vitals: { glucoseMmolPerL: 6.8 } }), [], 0);
    expect(firing.map(({ ruleId, specialty, tier }) => [ruleId, specialty, tier])).toEqual([
      ['ST-R1', 'stroke', 'level-1'],
      ['ST-R2', 'stroke', 'level-1'],
    ]);
    expect(firing[1]?.flags).toEqual(['stroke-suspected-lvo', 'stroke-ivt-window-open', 'stroke-evt-standard']);
    expect([scores['lams'], scores['race'], scores['fast-ed']].map((score) => score?.minimum)).toEqual([5, 7, 5]);
  });

  it('V09: RACE 5 at 271 min is ST-R2 with the window closed, at 270 the window is open', () => {
    const items = raceOf('mild', 'none', 'weak', 'absent', 'one');
    expect(idsOf(items, 271, { gcs: full })).toEqual(['ST-R2']);
    expect(flagsOf(items, 271)).toContain('stroke-ivt-window-closed');
    expect(idsOf(items, 270, { gcs: full })).toEqual(['ST-R1', 'ST-R2']);
    expect(flagsOf(items, 270)).toContain('stroke-ivt-window-open');
    expect(flagsOf(items, 270)).not.toContain('stroke-ivt-window-closed');
  });

  it('N03: tearing pain, arms 180 and 140, left arm weak, 60 min: stroke as co-alert with its flags', () => {
    const items = {
      hasChestPain: true,
      painTearing: true,
      rightArmSystolicMmHg: 180,
      leftArmSystolicMmHg: 140,
      focalNeuroDeficit: true,
      ...noBeFast,
      strokeArm: true,
    };
    const vitals = {
      respiratoryRatePerMin: 20,
      spo2Percent: 97,
      systolicMmHg: 180,
      diastolicMmHg: 100,
      heartRateBpm: 92,
      temperatureC: 36.7,
      glucoseMmolPerL: 7,
    };
    const state = strokeCase(items, 60, { vitals, consciousness: 'alert', oxygen: 'air', gcs: full }, 'chest-pain');
    const { firing } = evaluated(state, [], 0);
    const stroke = firing.find(({ ruleId }) => ruleId === 'ST-R1');
    expect(stroke).toMatchObject({ specialty: 'stroke', tier: 'level-1' });
    expect(stroke?.flags).toEqual(expect.arrayContaining(['stroke-pressure-180-100', 'thrombolysis-hold']));
    expect(firing.filter(({ specialty }) => specialty === 'emergency')).toEqual([]);
  });

  it.each([
    [1440, ['ST-R2']],
    [1441, ['ST-Y3']],
    [null, ['ST-R2b']],
  ])('N05: LAMS 4, RACE 4, last well %s: %j', (lastWell, expected) => {
    const items = { ...lamsOf('present', 'drifts', 'none'), ...raceOf('none', 'none', 'none', 'absent', 'both') };
    const vitals = {
      respiratoryRatePerMin: 18,
      spo2Percent: 96,
      systolicMmHg: 158,
      diastolicMmHg: 84,
      heartRateBpm: 84,
      temperatureC: 36.8,
      glucoseMmolPerL: 6.1,
    };
    const { firing, scores } = evaluated(
      strokeCase(items, lastWell, { vitals, consciousness: 'alert', oxygen: 'air' }),
      [],
      0,
    );
    expect(firing.map(({ ruleId }) => ruleId)).toEqual(expected);
    expect(scores['news2']).toMatchObject({ minimum: 0, maximum: 0 });
    expect(firing[0]?.flags?.includes('stroke-no-reperfusion-clock')).toBe(lastWell === 1441);
  });
});

describe('flags of a stroke alert', () => {
  const face = { strokeFace: true };
  it.each([
    ['stroke-glucose-below-2-8', 2.79, 2.8],
    ['stroke-glucose-above-22-22', 22.23, 22.22],
    ['stroke-hypoglycaemia', 3.29, 3.3],
  ])('%s: %d, not %d', (code, on, off) => {
    expect(flagsOf(face, 60, { vitals: { glucoseMmolPerL: on } })).toContain(code);
    expect(flagsOf(face, 60, { vitals: { glucoseMmolPerL: off } })).not.toContain(code);
    expect(flagsOf(face, 60)).not.toContain(code);
  });

  it.each([
    [180, 99, true],
    [179, 100, true],
    [179, 99, false],
  ])('pressure %d/%d: %s', (systolicMmHg, diastolicMmHg, expected) => {
    const flags = flagsOf(face, 60, { vitals: { systolicMmHg, diastolicMmHg } });
    expect(flags.includes('stroke-pressure-180-100')).toBe(expected);
  });

  it.each([
    [
      'stroke-doac-48-h',
      { strokeAnticoagulantDrug: 'doac', strokeAnticoagulantHours: 48 },
      { strokeAnticoagulantDrug: 'doac', strokeAnticoagulantHours: 48.1 },
    ],
    ['stroke-doac-48-h', { strokeAnticoagulantDrug: 'doac' }, { strokeAnticoagulantDrug: 'warfarin' }],
    [
      'stroke-lmwh-24-h',
      { strokeAnticoagulantDrug: 'lmwh', strokeAnticoagulantHours: 24 },
      { strokeAnticoagulantDrug: 'lmwh', strokeAnticoagulantHours: 24.1 },
    ],
    ['stroke-inr-pt', { strokeInr: 1.71 }, { strokeInr: 1.7 }],
    ['stroke-inr-pt', { strokeProthrombinS: 15.1 }, { strokeProthrombinS: 15 }],
    ['stroke-platelets-below-100', { strokePlatelets: 99 }, { strokePlatelets: 100 }],
    ['stroke-anticoagulant', { anticoagulant: true }, { anticoagulant: false }],
    ['stroke-anticoagulant', { strokeAnticoagulantDrug: 'other' }, {}],
    [
      'stroke-anticoagulant-time-unknown',
      { anticoagulant: true },
      { anticoagulant: true, strokeAnticoagulantHours: 3 },
    ],
    ['stroke-seizure-at-onset', { strokeSeizureAtOnset: true }, {}],
    ['stroke-no-consent-contact', { strokeConsentContact: false }, {}],
    ['stroke-glucose-below-2-8', { glucoseMeter: 'lo' }, { glucoseMeter: 'hi' }],
    ['stroke-glucose-above-22-22', { glucoseMeter: 'hi' }, { glucoseMeter: 'lo' }],
  ])('%s: %o, not %o', (code, on, off) => {
    expect(flagsOf({ ...face, ...on }, 60)).toContain(code);
    expect(flagsOf({ ...face, ...off }, 60)).not.toContain(code);
  });

  it.each([
    [360, 'stroke-evt-standard', 'stroke-evt-by-imaging'],
    [360.1, 'stroke-evt-by-imaging', 'stroke-evt-standard'],
    [1440, 'stroke-evt-by-imaging', 'stroke-no-reperfusion-clock'],
    [1440.1, 'stroke-no-reperfusion-clock', 'stroke-evt-by-imaging'],
    [null, 'stroke-time-unknown', 'stroke-ivt-window-open'],
  ])('the windows at %s min: %s, not %s', (lastWell, on, off) => {
    const flags = flagsOf(lamsOf('present', 'falls', 'none'), lastWell);
    expect(flags).toContain(on);
    expect(flags).not.toContain(off);
  });

  it.each(['doac', 'warfarin', 'lmwh', 'other'])(
    '%s: on an anticoagulant, its time not known until it is said',
    (drug) => {
      const taken = { ...face, strokeAnticoagulantDrug: drug };
      expect(flagsOf(taken, 60)).toEqual(
        expect.arrayContaining(['stroke-anticoagulant', 'stroke-anticoagulant-time-unknown']),
      );
      expect(flagsOf({ ...taken, strokeAnticoagulantHours: 0 }, 60)).not.toContain('stroke-anticoagulant-time-unknown');
    },
  );

  it('pregnancy is said when known', () => {
    const pregnant = { ...strokeCase(face, 60), ...caseOfPregnant() };
    expect(evaluated(pregnant, [], 0).firing.find(({ ruleId }) => ruleId === 'ST-R1')?.flags).toContain(
      'stroke-pregnancy',
    );
    expect(flagsOf(face, 60)).not.toContain('stroke-pregnancy');
  });
});
