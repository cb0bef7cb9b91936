import { describe, expect, it } from 'vitest';
import { gcsOf, idsOf, noBeFast, promptsOf } from '../testing/stroke-case.ts';
import { ruleSet } from './pentad-2.ts';

describe('a sign found by a scale is a sign', () => {
  it.each([
    ['strokeLamsFace', ['absent'], ['present']],
    ['strokeLamsArm', ['none'], ['drifts', 'falls']],
    ['strokeLamsGrip', ['normal'], ['weak', 'none']],
    ['strokeRaceFace', ['none'], ['mild', 'severe']],
    ['strokeRaceArm', ['normal'], ['weak', 'none']],
    ['strokeRaceLeg', ['normal'], ['weak', 'none']],
    ['strokeRaceGaze', ['absent'], ['present']],
    ['strokeRaceAphasia', ['both'], ['one', 'neither']],
    ['strokeRaceAgnosia', ['none'], ['one', 'both']],
    ['strokeFastEdFace', ['normal'], ['palsy']],
    ['strokeFastEdArm', ['normal'], ['drifts', 'none']],
    ['strokeFastEdSpeech', ['normal'], ['moderate', 'severe']],
    ['strokeFastEdEyes', ['none'], ['partial', 'forced']],
    ['strokeFastEdNeglect', ['none'], ['extinction', 'neglect']],
  ])('%s: not %j, but %j', (item, negative, positive) => {
    for (const answer of positive) {
      expect(idsOf({ ...noBeFast, [item]: answer }, 60), answer).toEqual(['ST-R1']);
      expect(idsOf({ ...noBeFast, [item]: answer }, 600), answer).toEqual(['ST-Y1']);
    }
    for (const answer of negative) expect(idsOf({ ...noBeFast, [item]: answer }, 60), answer).toEqual([]);
  });
});

describe('how loud each stroke rule is', () => {
  it.each([
    ['level-1', ['ST-R1', 'ST-R2', 'ST-R2b', 'ST-R3', 'ST-R3b', 'ST-R4']],
    ['level-2', ['ST-R1b', 'ST-R3c', 'ST-Y1', 'ST-Y2', 'ST-Y3', 'ST-Y4']],
    ['advice', ['ST-Y3b']],
  ] as const)('%s: %j, all of the stroke center', (tier, ids) => {
    const ofTier = ruleSet.rules.filter((rule) => rule.id.startsWith('ST-') && rule.tier === tier);
    expect(ofTier.map(({ id }) => id)).toEqual(ids);
    expect(new Set(ofTier.map(({ specialty }) => specialty))).toEqual(new Set(['stroke']));
  });
});

describe('what is asked, and when', () => {
  it('stroke chosen, nothing answered: the screen and the time, not the scales or the posterior signs', () => {
    const asked = promptsOf({}, null);
    expect(asked['ST-R1b']).toEqual(expect.arrayContaining(['strokeBalance', 'strokeEyes', 'lastKnownWell']));
    expect(asked['ST-Y1']).toEqual(expect.arrayContaining(['strokeFace', 'lastKnownWell']));
    expect([asked['ST-R2'], asked['ST-R3'], asked['ST-R3b'], asked['ST-R4'], asked['ST-Y2'], asked['ST-Y4']]).toEqual(
      Array.from({ length: 6 }),
    );
  });

  it('the posterior signs: with a positive screen, or in coma where stroke is chosen', () => {
    expect(promptsOf({ strokeFace: true }, 60)['ST-R4']).toContain('strokeGazePalsy');
    const deep = { gcs: gcsOf(1, 1, 4) };
    expect(promptsOf({}, 60, deep)['ST-R4']).toContain('strokePupilsAbnormal');
    expect(promptsOf({}, 60, { consciousness: 'pain' })['ST-R4']).toContain('strokePupilsAbnormal');
    expect(promptsOf({}, 60, deep, 'trauma')['ST-R4']).toBeUndefined();
    expect(promptsOf({}, 60, { gcs: gcsOf(3, 5, 6) })['ST-R4']).toBeUndefined();
  });

  it('a GCS of 8 counts also beside "alert"', () => {
    expect(idsOf({ ...noBeFast, strokeArm: true }, 60, { consciousness: 'alert', gcs: gcsOf(2, 2, 4) })).toContain(
      'ST-R3',
    );
  });
});
