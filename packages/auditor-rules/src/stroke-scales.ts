import { choiceOf, said, chose } from './answers.ts';
import type { PlainCase } from './plain-case.ts';
import { pointsFor, sum } from './points.ts';
import { all, any, atLeast, certainly, not, unlessKnown, type Span, type Verdict } from './three-valued.ts';
import { newborn } from './person.ts';

/** LAMS 0 to 5. */
export const lams = (plain: PlainCase): Span =>
  sum(
    pointsFor(choiceOf(plain, 'strokeLamsFace'), { absent: 0, present: 1 }),
    pointsFor(choiceOf(plain, 'strokeLamsArm'), { none: 0, drifts: 1, falls: 2 }),
    pointsFor(choiceOf(plain, 'strokeLamsGrip'), { normal: 0, weak: 1, none: 2 }),
  );

/** Right or no weakness: the two commands; left weakness: agnosia. */
function raceCortex(plain: PlainCase): Span {
  const aphasia = pointsFor(choiceOf(plain, 'strokeRaceAphasia'), { both: 0, one: 1, neither: 2 });
  const agnosia = pointsFor(choiceOf(plain, 'strokeRaceAgnosia'), { none: 0, one: 1, both: 2 });
  const side = choiceOf(plain, 'strokeWeakSide');
  if (side === 'left') return agnosia;
  if (side === 'right' || side === 'none') return aphasia;
  return { least: Math.min(aphasia.least, agnosia.least), most: Math.max(aphasia.most, agnosia.most) };
}

/** RACE 0 to 9. */
export const race = (plain: PlainCase): Span =>
  sum(
    pointsFor(choiceOf(plain, 'strokeRaceFace'), { none: 0, mild: 1, severe: 2 }),
    pointsFor(choiceOf(plain, 'strokeRaceArm'), { normal: 0, weak: 1, none: 2 }),
    pointsFor(choiceOf(plain, 'strokeRaceLeg'), { normal: 0, weak: 1, none: 2 }),
    pointsFor(choiceOf(plain, 'strokeRaceGaze'), { absent: 0, present: 1 }),
    raceCortex(plain),
  );

/** FAST-ED 0 to 9. */
export const fastEd = (plain: PlainCase): Span =>
  sum(
    pointsFor(choiceOf(plain, 'strokeFastEdFace'), { normal: 0, palsy: 1 }),
    pointsFor(choiceOf(plain, 'strokeFastEdArm'), { normal: 0, drifts: 1, none: 2 }),
    pointsFor(choiceOf(plain, 'strokeFastEdSpeech'), { normal: 0, moderate: 1, severe: 2 }),
    pointsFor(choiceOf(plain, 'strokeFastEdEyes'), { none: 0, partial: 1, forced: 2 }),
    pointsFor(choiceOf(plain, 'strokeFastEdNeglect'), { none: 0, extinction: 1, neglect: 2 }),
  );

/** Large-vessel occlusion: LAMS >= 4 or RACE >= 5, or FAST-ED >= 4; negative when both of the first two are recorded so. */
export const largeVessel = (plain: PlainCase): Verdict =>
  any(atLeast(lams(plain), 4), atLeast(race(plain), 5), certainly(atLeast(fastEd(plain), 4)));

/** Face, arm or speech, as ticked or as a scale found it. */
export const faceArmSpeech = (plain: PlainCase): Verdict => {
  const found = any(said(plain, 'strokeFace'), said(plain, 'strokeArm'), said(plain, 'strokeSpeech'));
  const onScale = any(
    chose(plain, 'strokeLamsFace', 'present'),
    chose(plain, 'strokeLamsArm', 'drifts', 'falls'),
    chose(plain, 'strokeLamsGrip', 'weak', 'none'),
    chose(plain, 'strokeRaceLeg', 'weak', 'none'),
    chose(plain, 'strokeRaceFace', 'mild', 'severe'),
    chose(plain, 'strokeRaceArm', 'weak', 'none'),
    chose(plain, 'strokeRaceAphasia', 'one', 'neither'),
    chose(plain, 'strokeFastEdFace', 'palsy'),
    chose(plain, 'strokeFastEdArm', 'drifts', 'none'),
    chose(plain, 'strokeFastEdSpeech', 'moderate', 'severe'),
    chose(plain, 'strokeRaceGaze', 'present'),
    chose(plain, 'strokeRaceAgnosia', 'one', 'both'),
    chose(plain, 'strokeFastEdEyes', 'partial', 'forced'),
    chose(plain, 'strokeFastEdNeglect', 'extinction', 'neglect'),
  );
  return onScale === 'TRUE' ? 'TRUE' : found;
};
export const balanceOrEyes = (plain: PlainCase): Verdict =>
  any(said(plain, 'strokeBalance'), said(plain, 'strokeEyes'));

/** Face, arm or speech, or balance or eyes with an objective sign (R3, ST-R1). */
export const firmScreen = (plain: PlainCase): Verdict =>
  all(
    unlessKnown(newborn(plain)),
    any(faceArmSpeech(plain), all(balanceOrEyes(plain), said(plain, 'strokeObjectiveSign'))),
  );
/** Balance or eyes alone. */
export const looseScreen = (plain: PlainCase): Verdict =>
  all(unlessKnown(newborn(plain)), balanceOrEyes(plain), not(certainly(firmScreen(plain))));
/** Any new sudden item: a suspected stroke. */
export const screenPositive = (plain: PlainCase): Verdict =>
  all(unlessKnown(newborn(plain)), any(firmScreen(plain), balanceOrEyes(plain)));
