import { arrested } from './arrest.ts';
import { chose, measured, said } from './answers.ts';
import {
  altered,
  breaths,
  diastolic,
  dyspnoea,
  heartRate,
  lowPressure,
  rateAbovePressure,
  responds,
  saturation,
  shockIndexFrom,
  systolic,
  temperature,
  threeTimesMean,
} from './measurements.ts';
import { meowsTriggers } from './meows.ts';
import { obstetric, postpartum, pregnancyDays, pregnant, twentyWeeks, withinDayOfDelivery } from './person.ts';
import { level1, level2, type PlainCase, type Row } from './plain-case.ts';
import {
  above,
  all,
  any,
  atLeast,
  below,
  certainly,
  not,
  spanOf,
  unlessKnown,
  verdictOf,
  type Span,
  type Verdict,
} from './three-valued.ts';

const red = (row: string, plain: PlainCase, verdict: Verdict): Row =>
  level1(row, 'maternal', all(obstetric(plain), verdict));
/** Of a woman, unless it is known that she is neither pregnant nor after birth. */
const maybe = (row: string, plain: PlainCase, verdict: Verdict): Row =>
  level1(row, 'maternal', all(unlessKnown(not(obstetric(plain))), verdict));
const yellow = (row: string, plain: PlainCase, verdict: Verdict): Row =>
  level2(row, 'maternal', all(obstetric(plain), verdict));

const loss = (plain: PlainCase): Span =>
  plain.bloodLossMl === null ? { least: 0, most: Infinity } : spanOf(plain.bloodLossMl);
const isUnmeasured = (plain: PlainCase): Verdict => (plain.bloodLossMl === null ? 'TRUE' : 'FALSE');
const bleeds = (plain: PlainCase): Verdict =>
  any(
    chose(plain, 'maternalBleeding', 'light', 'heavy'),
    certainly(said(plain, 'maternalBleedingOngoing')),
    certainly(above(loss(plain), 0)),
  );
const pressureShock = (plain: PlainCase): Verdict =>
  any(lowPressure(plain), chose(plain, 'skin', 'cold-pale-sweating'));

/** omqSOFA: SBP < 90, RR >= 25, altered mentation. */
export function omqSofa(plain: PlainCase): Span {
  const items = [lowPressure(plain), atLeast(breaths(plain), 25), altered(plain)];
  return {
    least: items.filter((verdict) => verdict === 'TRUE').length,
    most: items.filter((verdict) => verdict !== 'FALSE').length,
  };
}

/** Bleeding after birth (OB-R3, OB-Y3; C16, C37). */
function haemorrhage(plain: PlainCase): readonly Row[] {
  const lost = loss(plain);
  const after = postpartum(plain);
  const soon = withinDayOfDelivery(plain);
  const unwell = any(shockIndexFrom(plain, 9), above(heartRate(plain), 110), below(systolic(plain), 100));
  const sign = any(above(heartRate(plain), 100), below(systolic(plain), 100), rateAbovePressure(plain));
  const isCaesarean = certainly(chose(plain, 'maternalBirthMode', 'caesarean'));
  return [
    red('OB-R3', plain, any(atLeast(lost, 1000), all(after, not(soon), atLeast(lost, 500), unwell))),
    yellow(
      'OB-Y3',
      plain,
      any(all(atLeast(lost, 500), unlessKnown(all(isCaesarean, soon))), all(atLeast(lost, 300), sign)),
    ),
  ];
}

/** Bleeding with a shock index of 0.9 (OB-R4 as R3 has it). */
function bleedingWithShockIndex(plain: PlainCase): readonly Row[] {
  const raised = shockIndexFrom(plain, 9);
  const after = all(postpartum(plain), bleeds(plain), raised);
  const before = all(pregnant(plain), bleeds(plain), raised);
  const serious = any(atLeast(loss(plain), 300), isUnmeasured(plain), said(plain, 'maternalBleedingOngoing'));
  const company = any(
    chose(plain, 'maternalBleeding', 'heavy'),
    said(plain, 'maternalAbdominalPain'),
    said(plain, 'maternalRigidUterus'),
    below(systolic(plain), 100),
    atLeast(heartRate(plain), 120),
    said(plain, 'maternalFainting'),
    shockIndexFrom(plain, 12),
  );
  return [
    red('OB-R4', plain, any(all(after, serious), all(before, company))),
    yellow('OB-R4', plain, any(after, before)),
  ];
}

const antepartum = pregnant;

/** P or U, SpO2 < 90, MAP < 55; HR > 130 or RR > 30 between contractions or with company (OB-R9). */
function exhausted(plain: PlainCase): Verdict {
  const fast = any(above(heartRate(plain), 130), above(breaths(plain), 30));
  const company = any(below(systolic(plain), 100), above(temperature(plain), 38), dyspnoea(plain), bleeds(plain));
  return any(
    responds(plain, 'pain', 'unresponsive'),
    below(saturation(plain), 90),
    below(threeTimesMean(plain), 165),
    verdictOf(plain.isPressureUnrecordable === true),
    all(fast, any(unlessKnown(said(plain, 'maternalInContraction')), company)),
  );
}

const severeFeatures = (plain: PlainCase): Verdict =>
  all(
    any(atLeast(systolic(plain), 140), atLeast(diastolic(plain), 90)),
    unlessKnown(any(atLeast(systolic(plain), 160), atLeast(diastolic(plain), 110))),
    any(
      said(plain, 'maternalHeadache'),
      said(plain, 'maternalVisualDisturbance'),
      said(plain, 'maternalUpperAbdominalPain'),
      dyspnoea(plain),
      altered(plain),
    ),
  );

/** Below 100 for 3 min, or below 110 for 10 (C17). */
export const slowFetalHeart = (plain: PlainCase): Verdict => {
  const rate = measured(plain, 'maternalFetalHeartRate');
  const minutes = measured(plain, 'maternalFetalHeartLowMin');
  return any(all(below(rate, 100), atLeast(minutes, 3)), all(below(rate, 110), atLeast(minutes, 10)));
};

function fetal(plain: PlainCase): readonly Row[] {
  const days = pregnancyDays(plain);
  const labour = chose(plain, 'maternalBirthStage', 'in-labour', 'imminent');
  const fetalRate = measured(plain, 'maternalFetalHeartRate');
  return [
    red('OB-Y4', plain, slowFetalHeart(plain)),
    yellow(
      'OB-Y4',
      plain,
      all(
        any(
          all(labour, below(days, 34 * 7)),
          all(said(plain, 'maternalWatersBroken'), below(days, 37 * 7)),
          said(plain, 'maternalReducedMovements'),
          below(fetalRate, 110),
          above(fetalRate, 160),
        ),
      ),
    ),
  ];
}

export function maternalRows(plain: PlainCase): readonly Row[] {
  const before = antepartum(plain);
  const rows: readonly Row[] = [
    red('OB-R1', plain, chose(plain, 'seizure', 'ongoing', 'stopped')),
    red('OB-R2', plain, any(atLeast(systolic(plain), 160), atLeast(diastolic(plain), 110))),
    ...haemorrhage(plain),
    ...bleedingWithShockIndex(plain),
    maybe(
      'OB-R5',
      plain,
      any(
        all(bleeds(plain), any(all(before, pressureShock(plain)), said(plain, 'maternalPreviaOrAccreta'))),
        said(plain, 'maternalAbruptionSuspected'),
        said(plain, 'maternalUterineRuptureSuspected'),
      ),
    ),
    maybe(
      'OB-R6',
      plain,
      any(
        chose(plain, 'maternalBirthEmergency', 'cord-prolapse', 'shoulder-dystocia', 'breech-head-stuck'),
        all(chose(plain, 'maternalBirthStage', 'imminent'), chose(plain, 'maternalBirthEmergency', 'other')),
      ),
    ),
    maybe('OB-R7', plain, said(plain, 'maternalAmnioticEmbolismSuspected')),
    red(
      'OB-R7',
      plain,
      any(
        said(plain, 'maternalPulmonaryEmbolismSuspected'),
        said(plain, 'peSuspected'),
        said(plain, 'maternalHeartFailureSuspected'),
        all(arrested(plain), any(all(pregnant(plain), unlessKnown(not(twentyWeeks(plain)))), postpartum(plain))),
      ),
    ),
    red('OB-R8', plain, all(said(plain, 'infectionSuspected'), atLeast(omqSofa(plain), 2))),
    red('OB-R9', plain, exhausted(plain)),
    red('OB-Y2', plain, severeFeatures(plain)),
    ...fetal(plain),
    yellow(
      'OB-Y5',
      plain,
      any(
        all(chose(plain, 'maternalRiskColour', 'red'), chose(plain, 'maternalAcuteSymptom', 'of-listed-risk', 'other')),
        all(chose(plain, 'maternalRiskColour', 'orange'), chose(plain, 'maternalAcuteSymptom', 'of-listed-risk')),
      ),
    ),
  ];
  const trigger = all(meowsTriggers(plain), unlessKnown(said(plain, 'maternalInContraction')));
  return [...rows, yellow('OB-Y1', plain, trigger)];
}
