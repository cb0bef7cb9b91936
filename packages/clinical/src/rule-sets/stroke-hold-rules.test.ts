import { describe, expect, it } from 'vitest';
import { evaluated, everySecond, sampleOf } from '../testing/case-builder.ts';
import {
  type Items,
  gcsOf,
  strokeCase,
  idsOf,
  flagsOf,
  promptsOf,
  lamsOf,
  noBeFast,
  lvoNegative,
} from '../testing/stroke-case.ts';

describe('ST-Y4 and the hypoglycaemia hold', () => {
  const calm: Items = {
    ...noBeFast,
    strokeFace: true,
    ...lvoNegative,
    seizure: 'none',
    vomiting: false,
    strokeSevereHeadache: false,
    strokeRapidDecline: false,
    strokeGazePalsy: false,
    strokeBilateralSigns: false,
    strokeHypoglycaemiaHold: true,
  };
  const low = { gcs: gcsOf(3, 4, 6), vitals: { glucoseMmolPerL: 3.2 } };

  it.each([
    ['all recorded', {}, low, ['ST-Y4']],
    ['glucose 3.3', {}, { ...low, vitals: { glucoseMmolPerL: 3.3 } }, ['ST-R1']],
    ['meter LO', { glucoseMeter: 'lo' }, { gcs: low.gcs }, ['ST-Y4']],
    ['meter LO, then 5.0', { glucoseMeter: 'lo' }, { ...low, vitals: { glucoseMmolPerL: 5 } }, ['ST-R1']],
    ['meter LO, then 3.3', { glucoseMeter: 'lo' }, { ...low, vitals: { glucoseMmolPerL: 3.3 } }, ['ST-R1']],
    ['the crew does not hold', { strokeHypoglycaemiaHold: false }, low, ['ST-R1', 'ST-Y4']],
    ['the crew was not asked', { strokeHypoglycaemiaHold: null }, low, ['ST-R1', 'ST-Y4']],
    ['LVO scale not complete', { strokeLamsGrip: null }, low, ['ST-R1']],
    ['RACE not done', { strokeRaceLeg: null, strokeRaceArm: null }, low, ['ST-R1']],
    ['LVO positive', lamsOf('present', 'falls', 'weak'), low, ['ST-R1', 'ST-R2']],
    ['GCS not recorded', {}, { vitals: low.vitals }, ['ST-R1']],
    ['GCS 9', {}, { ...low, gcs: gcsOf(2, 2, 5) }, ['ST-Y4']],
    ['GCS 8', {}, { ...low, gcs: gcsOf(2, 2, 4) }, ['ST-R1', 'ST-R3']],
    ['seizure not asked', { seizure: null }, low, ['ST-R1', 'ST-Y4']],
    ['seizure going on', { seizure: 'ongoing' }, low, ['ST-R1', 'ST-R3', 'ST-Y4']],
    ['thunderclap', { strokeThunderclap: true }, low, ['ST-R1', 'ST-R3b', 'ST-R3c', 'ST-Y4']],
    ['deficit persists after glucose', { strokeAfterGlucose: 'persists' }, low, ['ST-R1', 'ST-Y4']],
  ] as const)('%s: %o %o: %j', (_name, items, more, expected) => {
    expect(idsOf({ ...calm, ...items }, 60, more)).toEqual(expected);
  });

  it('ends of itself after 15 min, and the flag says to correct the glucose', () => {
    const state = strokeCase(calm, 60, low);
    const watched = (until: number) =>
      evaluated(
        state,
        everySecond(until - 40, until, (second) => sampleOf(second, { heartRateBpm: 80 })),
        until,
      ).firing.map(({ ruleId }) => ruleId);
    expect(watched(15 * 60)).not.toContain('ST-R1');
    expect(watched(15 * 60 + 1)).toContain('ST-R1');
    expect(flagsOf(calm, 60, low)).toContain('stroke-hypoglycaemia');
  });

  it('asks for the scales and the GCS while the glucose is low', () => {
    expect(promptsOf({ strokeFace: true }, 60, { vitals: { glucoseMmolPerL: 3 } })['ST-Y4']).toEqual(
      expect.arrayContaining(['strokeLamsArm', 'strokeRaceLeg', 'gcsEye']),
    );
  });

  it('holds ST-R1 only: LVO positive beyond the window is still level 1', () => {
    expect(idsOf({ ...calm, ...lamsOf('present', 'falls', 'none') }, 600, low)).toEqual(['ST-R2']);
  });
});
