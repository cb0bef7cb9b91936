import { chose, measured, said } from './answers.ts';
import {
  blockedCriteria,
  bundleBranchOrPaced,
  elevationMet,
  fresh,
  leftMainPattern,
  nearlyInV2V3,
  posteriorDepression,
  smallElsewhere,
  stemiCriteria,
} from './ecg.ts';
import { altered, lowPressure, saturation } from './measurements.ts';
import { chestPain, circulationReturned, fromAge, inArrest, knownChild } from './person.ts';
import { needsAirway } from './airway.ts';
import { advice, level1, level2, type PlainCase, type Row } from './plain-case.ts';
import { cardiacArrest } from './arrest.ts';
import { focalDeficit } from './stroke-rows.ts';
import {
  all,
  any,
  atLeast,
  below,
  certainly,
  isKnown,
  not,
  unlessKnown,
  verdictOf,
  type Span,
  type Verdict,
} from './three-valued.ts';

/** Ischaemic symptoms; the chosen center stands for them until the pain is denied. */
const symptoms = (plain: PlainCase): Verdict =>
  any(
    said(plain, 'hasChestPain'),
    said(plain, 'hasAnginaEquivalent'),
    all(verdictOf(plain.specialty === 'chest-pain'), unlessKnown(not(said(plain, 'hasChestPain')))),
  );

/** Low pressure, a pressor, or cold, pale and sweating with altered consciousness (CP-R2). */
export const shock = (plain: PlainCase): Verdict =>
  any(
    lowPressure(plain),
    said(plain, 'onVasopressor'),
    all(chose(plain, 'skin', 'cold-pale-sweating'), altered(plain)),
  );

const painAtAll = (plain: PlainCase): Verdict =>
  any(said(plain, 'painAbrupt'), said(plain, 'painSevere'), said(plain, 'painTearing'));
function armGap(plain: PlainCase): Verdict {
  const [right, left] = [measured(plain, 'rightArmSystolicMmHg'), measured(plain, 'leftArmSystolicMmHg')];
  if (!isKnown(right) || !isKnown(left)) return 'UNKNOWN';
  return Math.abs(right.most - left.most) > 20 ? 'TRUE' : 'FALSE';
}
const pulseOrPressureDeficit = (plain: PlainCase): Verdict => any(said(plain, 'pulseDeficit'), armGap(plain));
const aorticExam = (plain: PlainCase): Verdict =>
  any(pulseOrPressureDeficit(plain), focalDeficit(plain), said(plain, 'newAorticMurmur'));

/** ADD-RS: one point each for condition, pain and examination. */
export function addRs(plain: PlainCase): Span {
  const categories = [
    said(plain, 'aorticHighRiskHistory'),
    painAtAll(plain),
    any(aorticExam(plain), lowPressure(plain), certainly(shock(plain))),
  ];
  return {
    least: categories.filter((verdict) => verdict === 'TRUE').length,
    most: categories.filter((verdict) => verdict !== 'FALSE').length,
  };
}
/** Whom ADD-RS is for: someone with the pain of it. */
export const maybeDissection = (plain: PlainCase): Verdict =>
  any(chestPain(plain), all(not(knownChild(plain)), verdictOf(plain.specialty !== 'trauma'), painAtAll(plain)));

const highRiskEmbolism = (plain: PlainCase): Verdict =>
  all(
    not(knownChild(plain)),
    said(plain, 'peSuspected'),
    any(lowPressure(plain), said(plain, 'systolicFellBy40'), inArrest(plain), circulationReturned(plain)),
  );

function ongoingPain(plain: PlainCase): readonly Row[] {
  const ongoing = all(chestPain(plain), said(plain, 'chestPainOngoing'));
  const weighty = any(
    said(plain, 'dynamicIschaemia'),
    atLeast(measured(plain, 'stChangeBetweenEcgsMm'), 0.5),
    said(plain, 'chestSweating'),
    certainly(chose(plain, 'skin', 'cold-pale-sweating')),
    said(plain, 'vomiting'),
    said(plain, 'chestPainBothArms'),
    said(plain, 'knownCoronaryDisease'),
    said(plain, 'chestPainRecurred'),
    all(fromAge(plain, 65), said(plain, 'coronaryRiskFactors')),
  );
  return [
    level2('CP-Y1', 'chest-pain', any(all(ongoing, weighty), all(chestPain(plain), said(plain, 'dynamicIschaemia')))),
    advice('CP-Y1', 'chest-pain', ongoing),
  ];
}

/** Symptoms, circulation that returned, or shock: what makes ST elevation an infarction (R3, CP-R1). */
export const ischaemicContext = (plain: PlainCase): Verdict =>
  any(symptoms(plain), chose(plain, 'arrest', 'rosc'), shock(plain));

/** Of the crew's own ST levels nothing above two tiers until a site signs it off (issue 4, item 5). */
function ecgRows(plain: PlainCase): readonly Row[] {
  const grown = not(knownChild(plain));
  const criteria = stemiCriteria(plain);
  const company = ischaemicContext(plain);
  const equivalent = any(blockedCriteria(plain), posteriorDepression(plain));
  const alone = all(any(criteria, blockedCriteria(plain), leftMainPattern(plain)), unlessKnown(company));
  const noOtherName = unlessKnown(any(elevationMet(plain), bundleBranchOrPaced(plain), said(plain, 'ecgLvh')));
  const near = all(grown, symptoms(plain), nearlyInV2V3(plain), unlessKnown(elevationMet(plain)));
  return [
    level1(
      'CP-R1',
      'chest-pain',
      any(all(grown, said(plain, 'deviceAcuteMi')), said(plain, 'readerStemi'), said(plain, 'readerStemiEquivalent')),
    ),
    level2('CP-R1', 'chest-pain', all(grown, any(criteria, equivalent), company)),
    advice(
      'CP-R1',
      'chest-pain',
      all(grown, any(alone, all(elevationMet(plain), said(plain, 'ecgLvh')), said(plain, 'deviceProbablyBenign'))),
    ),
    level2('CP-R6', 'chest-pain', all(grown, leftMainPattern(plain), company)),
    level2(
      'CP-Y3',
      'chest-pain',
      any(
        all(near, fresh(plain), noOtherName),
        all(smallElsewhere(plain), chestPain(plain), symptoms(plain), noOtherName),
        all(bundleBranchOrPaced(plain), chestPain(plain), symptoms(plain)),
      ),
    ),
    advice(
      'CP-Y3',
      'chest-pain',
      all(chestPain(plain), any(all(near, unlessKnown(fresh(plain))), said(plain, 'ecgUninterpretable'))),
    ),
  ];
}

export function chestPainRows(plain: PlainCase): readonly Row[] {
  const pain = chestPain(plain);
  const risk = addRs(plain);
  const suspected = maybeDissection(plain);
  const certainRisk = any(said(plain, 'aorticHighRiskHistory'), aorticExam(plain));
  const abruptAndSevere = all(said(plain, 'painAbrupt'), any(said(plain, 'painSevere'), said(plain, 'painTearing')));
  return [
    ...ecgRows(plain),
    level1('CP-R2', 'chest-pain', all(pain, shock(plain))),
    level1(
      'CP-R3',
      'chest-pain',
      all(pain, any(below(saturation(plain), 90), said(plain, 'respiratoryFailure'), needsAirway(plain))),
    ),
    level1(
      'CP-R4',
      'chest-pain',
      any(chose(plain, 'heartRhythm', 'vt', 'vf', 'high-degree-block'), said(plain, 'arrhythmiaUnstable')),
    ),
    level1(
      'CP-R5',
      'chest-pain',
      all(not(knownChild(plain)), any(said(plain, 'ischaemicHeartFailure'), said(plain, 'mechanicalComplication'))),
    ),
    level1(
      'CP-R7',
      'chest-pain',
      all(suspected, any(atLeast(risk, 2), focalDeficit(plain), all(aorticExam(plain), shock(plain)))),
    ),
    level1(
      'CP-R8',
      'chest-pain',
      any(highRiskEmbolism(plain), said(plain, 'tensionPneumothorax'), said(plain, 'cardiacTamponade')),
    ),
    level1('CP-R9', 'chest-pain', all(circulationReturned(plain), certainly(cardiacArrest(plain)))),
    ...ongoingPain(plain),
    level2(
      'CP-Y2',
      'chest-pain',
      any(
        all(suspected, any(certainRisk, abruptAndSevere)),
        all(not(knownChild(plain)), said(plain, 'peSuspected')),
        all(pain, said(plain, 'chestPainSyncope')),
      ),
    ),
  ];
}
