import { describe, expect, it } from 'vitest';
import { caseOf, evaluated } from '../testing/case-builder.ts';
import {
  full,
  gcsOf,
  strokeCase,
  strokeIdsAt,
  idsOf,
  promptsOf,
  lamsOf,
  raceOf,
  noBeFast,
  lvoNegative,
} from '../testing/stroke-case.ts';

describe('ST-R1, ST-R1b: signs inside the thrombolysis window', () => {
  it.each([
    ['strokeFace', 270, ['ST-R1']],
    ['strokeArm', 269, ['ST-R1']],
    ['strokeSpeech', 0, ['ST-R1']],
    ['strokeFace', 270.1, ['ST-Y1']],
    ['strokeBalance', 270, ['ST-R1b']],
    ['strokeEyes', 270, ['ST-R1b']],
    ['strokeBalance', 271, ['ST-Y1']],
  ])('%s, last well %d min ago: %j', (item, lastWell, expected) => {
    expect(idsOf({ ...noBeFast, [item]: true }, lastWell)).toEqual(expected);
  });

  it('balance or eyes with an objective sign are level 1, without one level 2', () => {
    expect(idsOf({ ...noBeFast, strokeBalance: true, strokeObjectiveSign: true }, 60)).toEqual(['ST-R1']);
    expect(idsOf({ ...noBeFast, strokeEyes: true, strokeObjectiveSign: false }, 60)).toEqual(['ST-R1b']);
    expect(promptsOf({ ...noBeFast, strokeBalance: true }, 60)['ST-R1']).toContain('strokeObjectiveSign');
  });

  it('an objective sign alone, or nothing positive, is quiet', () => {
    expect(idsOf({ ...noBeFast, strokeObjectiveSign: true }, 60)).toEqual([]);
    expect(idsOf({ ...noBeFast, ...lamsOf('absent', 'none', 'normal') }, 60)).toEqual([]);
  });

  it('asks for what it lacks where stroke is chosen, and is silent elsewhere', () => {
    expect(promptsOf({}, 60)['ST-R1']).toEqual(expect.arrayContaining(['strokeFace', 'strokeArm', 'strokeSpeech']));
    expect(promptsOf({ strokeFace: true }, null)['ST-R1']).toEqual(['lastKnownWell']);
    const other = promptsOf({}, null, {}, 'trauma');
    expect(Object.keys(other).filter((id) => id.startsWith('ST-'))).toEqual([]);
    expect(idsOf({}, 60)).toEqual([]);
  });

  it('fires whatever center is chosen, and never for a newborn', () => {
    expect(idsOf({ strokeFace: true }, 60, {}, 'chest-pain')).toContain('ST-R1');
    const state = strokeCase({ strokeFace: true, ...lamsOf('present', 'falls', 'none') }, 60);
    const patient = { ageYears: 0, ageDays: 3, sex: null, gestationDays: 275, isPregnant: null };
    const newborn = { ...caseOf('stroke', Object.values(state.assessments), patient), onset: state.onset };
    expect(strokeIdsAt(newborn, 0)).toEqual([]);
    const ofNoAge = { ...caseOf('stroke', Object.values(state.assessments), null), onset: state.onset };
    expect(strokeIdsAt(ofNoAge, 0)).toEqual(['ST-R1', 'ST-R2']);
  });
});

describe('ST-R2, ST-R2b: suspected large-vessel occlusion', () => {
  const lams4 = lamsOf('present', 'drifts', 'none');
  it.each([
    ['LAMS 4', lams4, 1440, ['ST-R2']],
    ['LAMS 3', lamsOf('present', 'drifts', 'weak'), 1440, ['ST-Y1']],
    ['RACE 5', raceOf('mild', 'none', 'weak', 'absent', 'one'), 1440, ['ST-R2']],
    ['RACE 4', raceOf('mild', 'none', 'weak', 'absent', 'both'), 1440, ['ST-Y1']],
    ['LAMS 4', lams4, 1440.1, ['ST-Y3']],
    ['LAMS 4', lams4, null, ['ST-R2b']],
    ['LAMS 3', lamsOf('present', 'drifts', 'weak'), null, ['ST-Y3b']],
  ] as const)('%s: %o, %s min: %j', (_name, items, lastWell, expected) => {
    expect(idsOf(items, lastWell)).toEqual(expected);
  });

  it('counts FAST-ED 4 where it was done, not 3', () => {
    const fastEd = {
      strokeFastEdFace: 'palsy',
      strokeFastEdArm: 'drifts',
      strokeFastEdSpeech: 'moderate',
      strokeFastEdNeglect: 'none',
    };
    expect(idsOf({ ...fastEd, strokeFastEdEyes: 'partial' }, 600)).toEqual(['ST-R2']);
    expect(idsOf({ ...fastEd, strokeFastEdEyes: 'none' }, 600)).toEqual(['ST-Y1']);
  });

  it('is sure before the scale is complete, and asks for the rest when it is not', () => {
    expect(idsOf({ strokeLamsArm: 'falls', strokeLamsGrip: 'none' }, 600)).toEqual(['ST-R2']);
    const open = { strokeLamsFace: 'present', strokeLamsArm: 'falls' };
    expect(idsOf(open, 600)).toEqual(['ST-Y1']);
    expect(promptsOf(open, 600)['ST-R2']).toEqual(expect.arrayContaining(['strokeLamsGrip', 'strokeRaceFace']));
    expect(promptsOf(open, null)['ST-R2']).toContain('lastKnownWell');
  });
});

describe('ST-R3, ST-R3b, ST-R3c: coma, seizure, headache', () => {
  const arm = { ...noBeFast, strokeArm: true };
  it.each([
    ['GCS 8', arm, { gcs: gcsOf(2, 2, 4) }, true],
    ['GCS 9', arm, { gcs: gcsOf(2, 2, 5) }, false],
    ['intubated, at most 8', arm, { gcs: { eye: 1, verbal: null, motor: 2, notTestable: ['verbal'] } as const }, true],
    ['intubated, 8 to 12', arm, { gcs: { eye: 2, verbal: null, motor: 5, notTestable: ['verbal'] } as const }, false],
    ['unresponsive', arm, { consciousness: 'unresponsive' }, true],
    ['answers to pain', arm, { consciousness: 'pain' }, false],
    ['seizure going on', { ...arm, seizure: 'ongoing' }, {}, true],
    ['seizure over', { ...arm, seizure: 'stopped' }, {}, false],
    ['vomiting and severe headache', { ...arm, vomiting: true, strokeSevereHeadache: true }, {}, true],
    ['vomiting alone', { ...arm, vomiting: true, strokeSevereHeadache: false }, {}, false],
    ['severe headache alone', { ...arm, vomiting: false, strokeSevereHeadache: true }, {}, false],
    ['rapid decline', { ...arm, strokeRapidDecline: true }, {}, true],
    ['no stroke sign', { ...noBeFast, seizure: 'ongoing', strokeRapidDecline: true }, {}, false],
  ] as const)('%s: %o %o: %s', (_name, items, more, fires) => {
    expect(idsOf(items, 2000, more).includes('ST-R3')).toBe(fires);
  });

  it('asks for the GCS of a patient with signs, not of one who is alert', () => {
    expect(promptsOf(arm, 60)['ST-R3']).toContain('gcsEye');
    expect(promptsOf(arm, 60, { consciousness: 'alert' })['ST-R3']).not.toContain('gcsEye');
  });

  it.each([
    [{}, { gcs: full }, ['ST-R3c']],
    [{ vomiting: true }, {}, ['ST-R3b', 'ST-R3c']],
    [{ strokeNeckStiffness: true }, {}, ['ST-R3b', 'ST-R3c']],
    [{ strokeSyncope: true }, {}, ['ST-R3b', 'ST-R3c']],
    [{}, { gcs: gcsOf(4, 4, 6) }, ['ST-R3b', 'ST-R3c']],
    [{}, { consciousness: 'confusion' }, ['ST-R3b', 'ST-R3c']],
    [{}, { consciousness: 'alert' }, ['ST-R3c']],
  ] as const)('thunderclap headache with %o %o: %j', (items, more, expected) => {
    expect(idsOf({ ...noBeFast, strokeThunderclap: true, ...items }, null, more)).toEqual(expected);
  });

  it('no thunderclap, no rule, whatever goes with it; unanswered questions are asked', () => {
    expect(idsOf({ ...noBeFast, strokeThunderclap: false, vomiting: true, strokeNeckStiffness: true }, null)).toEqual(
      [],
    );
    expect(promptsOf({ strokeThunderclap: true }, null)['ST-R3b']).toEqual(
      expect.arrayContaining(['vomiting', 'strokeNeckStiffness', 'strokeSyncope', 'gcsEye']),
    );
  });
});

describe('ST-R4: suspected basilar occlusion', () => {
  const coma = { gcs: gcsOf(1, 2, 4), vitals: { glucoseMmolPerL: 6 } };
  const fires = (...of: Parameters<typeof strokeCase>) => idsOf(...of).includes('ST-R4');

  it.each(['strokePupilsAbnormal', 'strokeGazePalsy', 'strokePosturing', 'strokeBilateralSigns', 'strokeAbruptComa'])(
    'coma with %s, not coma alone',
    (sign) => {
      expect(fires({ ...noBeFast, [sign]: true }, 1440, coma)).toBe(true);
      expect(fires({ ...noBeFast, [sign]: false }, 1440, coma)).toBe(false);
    },
  );

  it.each([
    ['1440 min', 1440, {}, coma, true],
    ['past 1440 min', 1440.1, {}, coma, false],
    ['no time', null, {}, coma, true],
    ['GCS 9', 60, {}, { ...coma, gcs: gcsOf(2, 2, 5) }, false],
    ['glucose 3.3', 60, {}, { ...coma, vitals: { glucoseMmolPerL: 3.3 } }, true],
    ['glucose 3.2', 60, {}, { ...coma, vitals: { glucoseMmolPerL: 3.2 } }, false],
    ['glucose not measured', 60, {}, { ...coma, vitals: {} }, true],
    ['meter says LO', 60, { glucoseMeter: 'lo' }, { ...coma, vitals: {} }, false],
    ['after an arrest', 60, { arrest: 'rosc' }, coma, false],
    ['injured', 60, { isInjured: true }, coma, false],
    ['injured, with a stroke sign', 60, { isInjured: true, strokeFace: true }, coma, true],
    ['unresponsive, no GCS', 60, {}, { consciousness: 'unresponsive' }, true],
  ] as const)('%s', (_name, lastWell, items, more, expected) => {
    expect(fires({ ...noBeFast, strokePupilsAbnormal: true, ...items }, lastWell, more)).toBe(expected);
  });

  it('bilateral signs or gaze palsy count without coma beside a positive screen', () => {
    expect(fires({ ...noBeFast, strokeBalance: true, strokeGazePalsy: true }, 60, { gcs: full })).toBe(true);
    expect(fires({ ...noBeFast, strokeBalance: true, strokeBilateralSigns: true }, 60, { gcs: full })).toBe(true);
    expect(fires({ ...noBeFast, strokeGazePalsy: true }, 60, { gcs: full })).toBe(false);
    expect(promptsOf({ ...noBeFast, strokeBalance: true }, 60, { gcs: full })['ST-R4']).toContain('strokeGazePalsy');
  });
});

describe('ST-Y1 to ST-Y3: late, resolved, very late', () => {
  it.each([
    [270, ['ST-R1']],
    [270.1, ['ST-Y1']],
    [1440, ['ST-Y1']],
    [1440.1, ['ST-Y3b']],
    [null, ['ST-Y3b']],
  ])('LVO scales negative, last well %s min ago: %j', (lastWell, expected) => {
    expect(idsOf({ strokeFace: true, ...lvoNegative }, lastWell)).toEqual(expected);
  });

  it.each([
    ['face-arm-speech', 1440, ['ST-Y2']],
    ['face-arm-speech', 1440.1, []],
    ['face-arm-speech', null, []],
    ['other', 60, []],
    ['no', 60, []],
  ] as const)('resolved: %s, %s min: %j', (strokeResolved, lastWell, expected) => {
    expect(idsOf({ ...noBeFast, strokeResolved }, lastWell)).toEqual(expected);
  });

  it('asks when it began for a resolved deficit', () => {
    expect(promptsOf({ ...noBeFast, strokeResolved: 'face-arm-speech' }, null)['ST-Y2']).toEqual(['lastKnownWell']);
  });

  it('over 24 h: level 2 with a decline or LVO signs, else advice', () => {
    expect(idsOf({ strokeFace: true, strokeRapidDecline: true }, 1441)).toEqual(['ST-R3', 'ST-Y3']);
    expect(idsOf({ strokeFace: true, ...lamsOf('present', 'falls', 'weak') }, 1441)).toEqual(['ST-Y3']);
    const { firing } = evaluated(strokeCase({ strokeFace: true }, 1441), [], 0);
    expect(firing.find(({ ruleId }) => ruleId === 'ST-Y3b')?.tier).toBe('advice');
    expect(promptsOf({ strokeFace: true }, 1441)['ST-Y3']).toContain('strokeLamsArm');
  });
});
