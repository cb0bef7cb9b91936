import { needsAirway } from './airway.ts';
import { arrested } from './arrest.ts';
import { chose, measured, said } from './answers.ts';
import {
  breaths,
  diastolic,
  glucose,
  heartRate,
  responds,
  saturation,
  systolic,
  temperature,
  threeTimesMean,
} from './measurements.ts';
import { apgar, ncis } from './newborn-scores.ts';
import { bornAtDays, minutesOfLife, newborn } from './person.ts';
import { level1, level2, type PlainCase, type Row } from './plain-case.ts';
import {
  above,
  all,
  any,
  atLeast,
  atMost,
  below,
  between,
  certainly,
  isKnown,
  not,
  spanOf,
  unlessKnown,
  verdictOf,
  type Verdict,
} from './three-valued.ts';

const red = (row: string, plain: PlainCase, verdict: Verdict): Row =>
  level1(row, 'neonate', all(newborn(plain), verdict));
const yellow = (row: string, plain: PlainCase, verdict: Verdict): Row =>
  level2(row, 'neonate', all(newborn(plain), verdict));

const poorPerfusion = (plain: PlainCase): Verdict =>
  any(above(measured(plain, 'capillaryRefillS'), 3), chose(plain, 'skin', 'mottled', 'cold-pale-sweating'));
const anyApnoea = (plain: PlainCase): Verdict =>
  any(
    chose(plain, 'neonateApnoea', 'brief', 'over-20s', 'repeated', 'gasping'),
    certainly(chose(plain, 'breathing', 'absent')),
  );
const fio2 = (plain: PlainCase) => measured(plain, 'neonateFio2Percent');
const lowSugarSign = (plain: PlainCase): Verdict =>
  any(said(plain, 'neonateHypoglycaemiaSigns'), fits(plain), chose(plain, 'neonateResponse', 'lethargic', 'none'));
const fits = (plain: PlainCase): Verdict => chose(plain, 'seizure', 'ongoing', 'stopped');
const comatose = (plain: PlainCase): Verdict =>
  any(
    chose(plain, 'neonateResponse', 'none'),
    responds(plain, 'unresponsive'),
    chose(plain, 'neonateEncephalopathy', 'severe'),
  );

/** One criterion of the 2001 draft is enough (NB-R1). */
const singleCriterion = (plain: PlainCase): Verdict =>
  any(
    needsAirway(plain),
    chose(plain, 'neonateApnoea', 'repeated'),
    chose(plain, 'neonateCriticalSign', 'severe-arrhythmia', 'dic', 'seizure-over-24h', 'sclerema-70'),
    comatose(plain),
    atMost(temperature(plain), 30),
    above(temperature(plain), 41),
    below(spanOf(plain.vitals.glucoseMmolPerL), 1.1),
    chose(plain, 'neonateJaundice', 'exchange-level'),
    atMost(measured(plain, 'neonateBirthWeightG'), 1000),
  );
/** HR below 100 during or after resuscitation in the first hour, or with poor perfusion or apnoea (R3). */
const slowHeart = (plain: PlainCase): Verdict =>
  all(
    below(heartRate(plain), 100),
    any(
      all(
        chose(plain, 'neonateResuscitation', 'ppv', 'compressions', 'done'),
        unlessKnown(above(minutesOfLife(plain), 60)),
      ),
      poorPerfusion(plain),
      anyApnoea(plain),
    ),
  );

/** Past the first ten minutes, in which a low saturation is how it should be. */
const settled = (plain: PlainCase): Verdict => unlessKnown(atMost(minutesOfLife(plain), 10));
/** Own limit of a child with known cyanotic heart disease, else 85 (C11). */
function desaturated(plain: PlainCase): Verdict {
  const own = measured(plain, 'neonateOwnSpo2LimitPercent');
  return all(settled(plain), below(saturation(plain), isKnown(own) ? own.most : 85));
}
const gruntingBadly = (plain: PlainCase): Verdict =>
  all(
    said(plain, 'neonateGrunting'),
    any(atLeast(fio2(plain), 40), below(saturation(plain), 90), anyApnoea(plain), below(bornAtDays(plain), 35 * 7)),
  );

/** Mean of the cuff below the completed weeks of gestation. */
function meanBelowWeeks(plain: PlainCase): Verdict {
  const days = bornAtDays(plain);
  if (!isKnown(days) || !isKnown(diastolic(plain))) return 'UNKNOWN';
  return below(threeTimesMean(plain), 3 * Math.floor(days.most / 7));
}
const shocked = (plain: PlainCase): readonly Row[] => {
  const days = bornAtDays(plain);
  const pressure = systolic(plain);
  const isPretermBelow32 = below(days, 32 * 7);
  return [
    red(
      'NB-R3',
      plain,
      any(
        all(poorPerfusion(plain), meanBelowWeeks(plain)),
        all(above(heartRate(plain), 180), poorPerfusion(plain)),
        below(heartRate(plain), 80),
        all(atMost(pressure, 40), unlessKnown(isPretermBelow32)),
        all(
          poorPerfusion(plain),
          any(
            all(unlessKnown(below(days, 37 * 7)), below(pressure, 60)),
            verdictOf(plain.isPressureUnrecordable === true),
          ),
        ),
      ),
    ),
    yellow('NB-R3', plain, all(atLeast(days, 37 * 7), between(pressure, 41, 49))),
  ];
};

/** Suspected HIE (B4.2): gas, or event with a poor start; and encephalopathy. Whom to cool is another question (35 weeks). */
function needsCooling(plain: PlainCase): Verdict {
  const [ph, deficit] = [measured(plain, 'neonateCordPh'), measured(plain, 'neonateBaseDeficit')];
  const badGas = any(atMost(ph, 7), atLeast(deficit, 16));
  const noGas = !isKnown(ph) && !isKnown(deficit) ? 'TRUE' : 'FALSE';
  const middling = any(between(ph, 7, 7.15), all(atLeast(deficit, 10), below(deficit, 16)), noGas);
  const poorStart = all(
    middling,
    said(plain, 'neonateAcuteEvent'),
    any(atMost(apgar(plain, 10), 5), said(plain, 'neonateLongVentilation')),
  );
  return all(any(badGas, poorStart), any(chose(plain, 'neonateEncephalopathy', 'moderate', 'severe'), fits(plain)));
}

const gapOver10 = (plain: PlainCase): Verdict => {
  const [before, after] = [
    measured(plain, 'neonatePreductalSpo2Percent'),
    measured(plain, 'neonatePostductalSpo2Percent'),
  ];
  if (!isKnown(before) || !isKnown(after)) return 'UNKNOWN';
  return Math.abs(before.most - after.most) > 10 ? 'TRUE' : 'FALSE';
};

function redRows(plain: PlainCase): readonly Row[] {
  const cooling = said(plain, 'neonateCoolingOrdered');
  const cold = below(temperature(plain), cooling === 'TRUE' ? 33 : 35);
  const lowSugarSigns = lowSugarSign(plain);
  const hie = any(said(plain, 'neonateHieSuspected'), needsCooling(plain));
  return [
    red(
      'NB-R1',
      plain,
      any(
        singleCriterion(plain),
        chose(plain, 'neonateResuscitation', 'ppv', 'compressions'),
        arrested(plain),
        slowHeart(plain),
      ),
    ),
    red(
      'NB-R2',
      plain,
      any(
        desaturated(plain),
        above(fio2(plain), 60),
        gruntingBadly(plain),
        chose(plain, 'neonateApnoea', 'over-20s', 'repeated', 'gasping'),
        certainly(chose(plain, 'breathing', 'absent')),
      ),
    ),
    ...shocked(plain),
    red('NB-R4', plain, any(cold, above(temperature(plain), 39))),
    red(
      'NB-R5',
      plain,
      any(below(glucose(plain), 1.5), all(below(spanOf(plain.vitals.glucoseMmolPerL), 2.6), lowSugarSigns)),
    ),
    red('NB-R6', plain, any(fits(plain), comatose(plain), all(hie, unlessKnown(above(minutesOfLife(plain), 360))))),
    red('NB-R7', plain, any(below(bornAtDays(plain), 196), below(measured(plain, 'neonateBirthWeightG'), 1000))),
    red(
      'NB-R8',
      plain,
      any(
        chose(
          plain,
          'neonateSurgical',
          'diaphragmatic-hernia',
          'gastroschisis',
          'oesophageal-fistula',
          'bilious-vomiting',
          'duct-dependent',
        ),
        gapOver10(plain),
        said(plain, 'neonateCyanosisDespiteOxygen'),
      ),
    ),
    red(
      'NB-R9',
      plain,
      any(atMost(apgar(plain, 5), 3), atMost(measured(plain, 'neonateCordPh'), 7), below(ncis(plain), 70)),
    ),
  ];
}

/** Fast breathing on two counts after the first hour, above 70, or with company (R3). */
const breathingHard = (plain: PlainCase): Verdict =>
  any(
    all(
      above(breaths(plain), 60),
      any(
        unlessKnown(atMost(minutesOfLife(plain), 60)),
        said(plain, 'neonateRetractions'),
        below(saturation(plain), 90),
      ),
    ),
    above(breaths(plain), 70),
  );
/** What a newborn shows when an exposure has reached it. */
const clinicalSign = (plain: PlainCase): Verdict =>
  any(
    said(plain, 'neonateGrunting'),
    said(plain, 'neonateRetractions'),
    anyApnoea(plain),
    said(plain, 'neonateHypoglycaemiaSigns'),
    chose(plain, 'neonateResponse', 'lethargic', 'none'),
    fits(plain),
    poorPerfusion(plain),
    said(plain, 'respiratoryDistress'),
    said(plain, 'vomiting'),
    chose(plain, 'neonateAbdomen', 'distension', 'both'),
    below(temperature(plain), 36),
    atLeast(temperature(plain), 38),
  );

function yellowRows(plain: PlainCase): readonly Row[] {
  const weight = measured(plain, 'neonateBirthWeightG');
  const hasOwnLimit = certainly(atLeast(measured(plain, 'neonateOwnSpo2LimitPercent'), 0));
  const lowSugar = all(atLeast(glucose(plain), 1.5), below(glucose(plain), 2.6));
  const signs = lowSugarSign(plain);
  const points = ncis(plain);
  return [
    yellow('NB-Y1', plain, any(between(bornAtDays(plain), 196, 237), all(above(weight, 1000), below(weight, 1800)))),
    yellow(
      'NB-Y2',
      plain,
      any(
        said(plain, 'neonateCpap'),
        between(fio2(plain), 30, 60),
        breathingHard(plain),
        said(plain, 'neonateRetractions'),
        all(settled(plain), unlessKnown(hasOwnLimit), atLeast(saturation(plain), 85), below(saturation(plain), 90)),
        said(plain, 'neonateGrunting'),
      ),
    ),
    yellow(
      'NB-Y3',
      plain,
      any(
        all(
          atLeast(temperature(plain), 35),
          below(temperature(plain), 36),
          unlessKnown(said(plain, 'neonateCoolingOrdered')),
        ),
        between(temperature(plain), 38, 39),
      ),
    ),
    yellow('NB-Y4', plain, all(lowSugar, unlessKnown(signs))),
    yellow(
      'NB-Y5',
      plain,
      any(
        all(atMost(apgar(plain, 5), 6), not(certainly(atMost(apgar(plain, 5), 3)))),
        all(atMost(points, 90), not(certainly(below(points, 70)))),
        chose(plain, 'neonateJaundice', 'before-24h'),
        said(plain, 'infectionSuspected'),
        said(plain, 'vomiting'),
        chose(plain, 'neonateAbdomen', 'distension', 'both'),
        all(said(plain, 'neonateMaternalExposure'), clinicalSign(plain)),
        all(said(plain, 'neonateChorioamnionitis'), unlessKnown(atLeast(bornAtDays(plain), 37 * 7))),
      ),
    ),
  ];
}

export const newbornRows = (plain: PlainCase): readonly Row[] => [...redRows(plain), ...yellowRows(plain)];
