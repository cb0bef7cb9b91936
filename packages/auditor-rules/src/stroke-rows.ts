import { arrested } from './arrest.ts';
import { chose, said } from './answers.ts';
import { newborn } from './person.ts';
import { altered, gcsAtMost8, gcsTotal, glucose, responds } from './measurements.ts';
import { advice, level1, level2, type PlainCase, type Row } from './plain-case.ts';
import { firmScreen, largeVessel, looseScreen, screenPositive } from './stroke-scales.ts';
import {
  above,
  all,
  any,
  atMost,
  below,
  certainly,
  not,
  spanOf,
  unlessKnown,
  verdictOf,
  type Span,
  type Verdict,
} from './three-valued.ts';

/** Last known well; a witnessed onset is the same moment. Nobody knows it: unknown, and no window is open. */
const clock = (plain: PlainCase): Span => spanOf(plain.minutesSinceLastKnownWell ?? plain.minutesSinceOnset);
const hasClock = (plain: PlainCase): Verdict =>
  verdictOf((plain.minutesSinceLastKnownWell ?? plain.minutesSinceOnset) !== null);

const coma = (plain: PlainCase): Verdict => any(gcsAtMost8(plain), certainly(responds(plain, 'pain')));

/** ST-R3 */
const severity = (plain: PlainCase): Verdict =>
  any(
    gcsAtMost8(plain),
    chose(plain, 'seizure', 'ongoing'),
    all(said(plain, 'vomiting'), said(plain, 'strokeSevereHeadache')),
    said(plain, 'strokeRapidDecline'),
  );
/** C32: the worst headache, with a companion. */
const thunderclapWith = (plain: PlainCase): Verdict =>
  all(
    unlessKnown(newborn(plain)),
    said(plain, 'strokeThunderclap'),
    any(
      said(plain, 'vomiting'),
      said(plain, 'strokeNeckStiffness'),
      said(plain, 'strokeSyncope'),
      certainly(altered(plain)),
    ),
  );
/** C33: coma with a sign of the brain stem, or abrupt with no other cause; or the signs themselves of a positive screen. */
const basilar = (plain: PlainCase): Verdict =>
  all(
    unlessKnown(newborn(plain)),
    any(
      all(
        unlessKnown(arrested(plain)),
        any(unlessKnown(said(plain, 'isInjured')), certainly(screenPositive(plain))),
        unlessKnown(below(glucose(plain), 3.3)),
        coma(plain),
        any(
          said(plain, 'strokePupilsAbnormal'),
          said(plain, 'strokeGazePalsy'),
          said(plain, 'strokePosturing'),
          said(plain, 'strokeBilateralSigns'),
          said(plain, 'strokeAbruptComa'),
        ),
      ),
      all(screenPositive(plain), any(said(plain, 'strokeBilateralSigns'), said(plain, 'strokeGazePalsy'))),
    ),
  );

const lowSugarWithDeficit = (plain: PlainCase): Verdict =>
  all(screenPositive(plain), below(glucose(plain), 3.3), not(largeVessel(plain)), above(gcsTotal(plain), 8));

/** 0.6.6 as C14 has it: pressed by the crew, only on what is recorded, not with ST-R3 or ST-R4, until scored again. */
const mimicHold = (plain: PlainCase): Verdict =>
  all(
    said(plain, 'strokeHypoglycaemiaHold'),
    lowSugarWithDeficit(plain),
    not(severity(plain)),
    unlessKnown(said(plain, 'strokeThunderclap')),
    not(basilar(plain)),
    unlessKnown(chose(plain, 'strokeAfterGlucose', 'persists')),
  );

export function strokeRows(plain: PlainCase): readonly Row[] {
  const positive = screenPositive(plain);
  const vessel = largeVessel(plain);
  const isTimed = hasClock(plain);
  const after24h = above(clock(plain), 1440);
  const late = any(after24h, not(isTimed));
  const firm = firmScreen(plain);
  const grown = unlessKnown(newborn(plain));
  return [
    level1('ST-R1', 'stroke', all(firmScreen(plain), atMost(clock(plain), 270), not(certainly(mimicHold(plain))))),
    level2('ST-R1', 'stroke', all(looseScreen(plain), atMost(clock(plain), 270))),
    level1('ST-R2', 'stroke', all(positive, vessel, any(not(isTimed), atMost(clock(plain), 1440)))),
    level1('ST-R3', 'stroke', any(all(positive, severity(plain)), thunderclapWith(plain))),
    level2('ST-R3', 'stroke', all(grown, said(plain, 'strokeThunderclap'))),
    level1('ST-R4', 'stroke', all(basilar(plain), unlessKnown(after24h))),
    level2('ST-Y1', 'stroke', all(positive, unlessKnown(vessel), above(clock(plain), 270), atMost(clock(plain), 1440))),
    level2(
      'ST-Y2',
      'stroke',
      all(grown, chose(plain, 'strokeResolved', 'face-arm-speech'), atMost(clock(plain), 1440)),
    ),
    level2('ST-Y3', 'stroke', all(firm, after24h, any(vessel, said(plain, 'strokeRapidDecline')))),
    advice('ST-Y3', 'stroke', all(positive, late, unlessKnown(any(vessel, said(plain, 'strokeRapidDecline'))))),
    level2('ST-Y4', 'stroke', lowSugarWithDeficit(plain)),
  ];
}

export const focalDeficit = (plain: PlainCase): Verdict =>
  any(
    said(plain, 'focalNeuroDeficit'),
    certainly(any(said(plain, 'strokeFace'), said(plain, 'strokeArm'), said(plain, 'strokeSpeech'))),
  );
/** Not known to be past the 24 hours. */
export const mayBeWithin24h = (plain: PlainCase): Verdict => unlessKnown(above(clock(plain), 1440));
