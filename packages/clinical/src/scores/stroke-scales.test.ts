import type { ItemAnswer } from '@pentad/protocol/assessment-items/item';
import type { Patient } from '@pentad/protocol/case-event-types';
import { describe, expect, it } from 'vitest';
import { assessmentOf, caseOf, evaluated } from '../testing/case-builder.ts';

const scoresOf = (items: Readonly<Record<string, ItemAnswer>>, patient: Partial<Patient> | null = { ageYears: 60 }) =>
  evaluated(caseOf('stroke', [assessmentOf(0, { items })], patient), [], 0).scores;

/** The range of a scale with all items at nought but one, which takes an answer. */
const withOne = (zero: Readonly<Record<string, ItemAnswer>>, name: string, answer: ItemAnswer) => ({
  ...zero,
  [name]: answer,
});

const lamsZero = { strokeLamsFace: 'absent', strokeLamsArm: 'none', strokeLamsGrip: 'normal' };
const raceZero = {
  strokeRaceFace: 'none',
  strokeRaceArm: 'normal',
  strokeRaceLeg: 'normal',
  strokeRaceGaze: 'absent',
  strokeWeakSide: 'none',
  strokeRaceAphasia: 'both',
};
const fastEdZero = {
  strokeFastEdFace: 'normal',
  strokeFastEdArm: 'normal',
  strokeFastEdSpeech: 'normal',
  strokeFastEdEyes: 'none',
  strokeFastEdNeglect: 'none',
};

describe('points of every answer', () => {
  it.each([
    ['lams', lamsZero, 'strokeLamsFace', { absent: 0, present: 1 }],
    ['lams', lamsZero, 'strokeLamsArm', { none: 0, drifts: 1, falls: 2 }],
    ['lams', lamsZero, 'strokeLamsGrip', { normal: 0, weak: 1, none: 2 }],
    ['race', raceZero, 'strokeRaceFace', { none: 0, mild: 1, severe: 2 }],
    ['race', raceZero, 'strokeRaceArm', { normal: 0, weak: 1, none: 2 }],
    ['race', raceZero, 'strokeRaceLeg', { normal: 0, weak: 1, none: 2 }],
    ['race', raceZero, 'strokeRaceGaze', { absent: 0, present: 1 }],
    ['race', raceZero, 'strokeRaceAphasia', { both: 0, one: 1, neither: 2 }],
    ['fast-ed', fastEdZero, 'strokeFastEdFace', { normal: 0, palsy: 1 }],
    ['fast-ed', fastEdZero, 'strokeFastEdArm', { normal: 0, drifts: 1, none: 2 }],
    ['fast-ed', fastEdZero, 'strokeFastEdSpeech', { normal: 0, moderate: 1, severe: 2 }],
    ['fast-ed', fastEdZero, 'strokeFastEdEyes', { none: 0, partial: 1, forced: 2 }],
    ['fast-ed', fastEdZero, 'strokeFastEdNeglect', { none: 0, extinction: 1, neglect: 2 }],
  ] as const)('%s %o %s', (score, zero, item, points) => {
    for (const [answer, expected] of Object.entries(points)) {
      const range = scoresOf(withOne(zero, item, answer))[score];
      expect(range, answer).toMatchObject({ minimum: expected, maximum: expected, missing: [] });
    }
    const open = scoresOf(withOne(zero, item, null))[score];
    expect(open).toMatchObject({ minimum: 0, maximum: Math.max(...Object.values(points)), missing: [item] });
  });

  it.each([
    ['lams', { strokeLamsFace: 'present', strokeLamsArm: 'falls', strokeLamsGrip: 'none' }, 5],
    [
      'race',
      {
        ...raceZero,
        strokeRaceFace: 'severe',
        strokeRaceArm: 'none',
        strokeRaceLeg: 'none',
        strokeRaceGaze: 'present',
        strokeRaceAphasia: 'neither',
      },
      9,
    ],
    [
      'fast-ed',
      {
        strokeFastEdFace: 'palsy',
        strokeFastEdArm: 'none',
        strokeFastEdSpeech: 'severe',
        strokeFastEdEyes: 'forced',
        strokeFastEdNeglect: 'neglect',
      },
      9,
    ],
  ])('%s %o: at most %i', (score, items, most) => {
    expect(scoresOf(items)[score]).toMatchObject({ minimum: most, maximum: most });
  });
});

describe('RACE: the side decides between aphasia and agnosia', () => {
  const left = { ...raceZero, strokeWeakSide: 'left', strokeRaceAphasia: 'neither' };
  it.each([
    ['none', 0],
    ['one', 1],
    ['both', 2],
  ])('left weakness: agnosia %s is %i, whatever the aphasia', (strokeRaceAgnosia, expected) => {
    expect(scoresOf({ ...left, strokeRaceAgnosia })['race']).toMatchObject({
      minimum: expected,
      maximum: expected,
      missing: [],
    });
  });

  it.each(['right', 'none'])('weakness %s: aphasia counts, whatever the agnosia', (strokeWeakSide) => {
    const range = scoresOf({ ...raceZero, strokeWeakSide, strokeRaceAphasia: 'one', strokeRaceAgnosia: 'both' })[
      'race'
    ];
    expect(range).toMatchObject({ minimum: 1, maximum: 1, missing: [] });
  });

  it('asks for the one that fits the side', () => {
    expect(scoresOf({ ...left, strokeRaceAgnosia: null })['race']).toMatchObject({
      minimum: 0,
      maximum: 2,
      missing: ['strokeRaceAgnosia'],
    });
    const noSide = scoresOf({ ...raceZero, strokeWeakSide: null })['race'];
    expect(noSide).toMatchObject({ minimum: 0, maximum: 2, missing: ['strokeWeakSide'] });
    const sameBothWays = scoresOf({
      ...raceZero,
      strokeWeakSide: null,
      strokeRaceAphasia: 'one',
      strokeRaceAgnosia: 'one',
    });
    expect(sameBothWays['race']).toMatchObject({ minimum: 1, maximum: 1, missing: [] });
  });
});

describe('BE-FAST and CPSS', () => {
  const none = { strokeBalance: false, strokeEyes: false, strokeFace: false, strokeArm: false, strokeSpeech: false };
  it.each([
    ['strokeBalance', 1, 0],
    ['strokeEyes', 1, 0],
    ['strokeFace', 1, 1],
    ['strokeArm', 1, 1],
    ['strokeSpeech', 1, 1],
  ])('%s: BE-FAST %i, CPSS %i', (item, beFast, cpss) => {
    const scores = scoresOf({ ...none, [item]: true });
    expect(scores['be-fast']).toMatchObject({ minimum: beFast, maximum: beFast, missing: [] });
    expect(scores['cpss']).toMatchObject({ minimum: cpss, maximum: cpss, missing: [] });
  });

  it('counts all five, and what is not asked from none to one', () => {
    const all = { strokeBalance: true, strokeEyes: true, strokeFace: true, strokeArm: true, strokeSpeech: true };
    expect(scoresOf(all)).toMatchObject({ 'be-fast': { minimum: 5 }, cpss: { minimum: 3 } });
    const { strokeSpeech: _, ...four } = all;
    expect(scoresOf(four)['be-fast']).toMatchObject({ minimum: 4, maximum: 5, missing: ['strokeSpeech'] });
  });
});

describe('whose scales they are', () => {
  const done = { ...lamsZero, strokeFace: true };
  it('never a newborn, else whoever was examined, also without an age', () => {
    expect(scoresOf(done, { ageYears: 0, ageDays: 5 })['lams']).toBeUndefined();
    expect(scoresOf(done, null)['lams']).toMatchObject({ minimum: 0, maximum: 0 });
    expect(scoresOf({})['lams']).toBeUndefined();
  });
});
