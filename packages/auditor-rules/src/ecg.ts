import { chose, measured, said } from './answers.ts';
import type { PlainCase } from './plain-case.ts';
import { all, any, atLeast, atMost, certainly, not, unlessKnown, type Span, type Verdict } from './three-valued.ts';

/** Neighbouring leads; -aVR keeps I and II apart and is itself never counted (C20). */
const neighbours: readonly (readonly [Lead, Lead])[] = [
  ['V1', 'V2'],
  ['V2', 'V3'],
  ['V3', 'V4'],
  ['V4', 'V5'],
  ['V5', 'V6'],
  ['Avl', 'I'],
  ['II', 'Avf'],
  ['Avf', 'III'],
  ['V7', 'V8'],
  ['V8', 'V9'],
  ['V3r', 'V4r'],
  ['V4r', 'V5r'],
  ['V5r', 'V6r'],
];
/** aVR looks from the other side: its depression is none of these (C20). */
const eleven = ['I', 'II', 'III', 'Avl', 'Avf', 'V1', 'V2', 'V3', 'V4', 'V5', 'V6'] as const;
type Lead = (typeof eleven)[number] | 'Avr' | 'V7' | 'V8' | 'V9' | 'V3r' | 'V4r' | 'V5r' | 'V6r';

export const stIn = (plain: PlainCase, lead: Lead): Span => measured(plain, `st${lead}Mm`);

/** mm of elevation that count in a lead, of this patient; sex or age unknown: the lower cut-off, provisional. */
function cutOff({ patient: { sex, ageYears } }: PlainCase, lead: Lead): number {
  const isManBelow = (years: number): boolean => sex === 'male' && ageYears !== null && ageYears < years;
  switch (lead) {
    case 'V2':
    case 'V3':
      if (sex !== 'male' || ageYears === null) return 1.5;
      return ageYears < 40 ? 2.5 : 2;
    case 'V3r':
    case 'V4r':
      return isManBelow(30) ? 1 : 0.5;
    case 'V7':
    case 'V8':
    case 'V9':
      return isManBelow(40) ? 1 : 0.5;
    default:
      return 1;
  }
}

const elevated = (plain: PlainCase, lead: Lead): Verdict => atLeast(stIn(plain, lead), cutOff(plain, lead));

/** Two neighbouring leads at their cut-offs. */
export const elevationMet = (plain: PlainCase): Verdict =>
  any(...neighbours.map(([one, other]) => all(elevated(plain, one), elevated(plain, other))));
/** No LVH and no bundle branch block (or paced beats) known. */
export const stemiCriteria = (plain: PlainCase): Verdict =>
  all(elevationMet(plain), unlessKnown(any(said(plain, 'ecgLvh'), bundleBranchOrPaced(plain))));

export const bundleBranchOrPaced = (plain: PlainCase): Verdict =>
  any(said(plain, 'ecgLbbb'), said(plain, 'ecgPaced'), chose(plain, 'heartRhythm', 'paced'));

/** V2 and V3 both within 0.5 mm of their cut-off, not both at it. */
export const nearlyInV2V3 = (plain: PlainCase): Verdict => {
  const near = (lead: Lead): Verdict => atLeast(stIn(plain, lead), cutOff(plain, lead) - 0.5);
  return all(near('V2'), near('V3'), not(all(elevated(plain, 'V2'), elevated(plain, 'V3'))));
};
/** 0.5 mm or more in two neighbouring leads of the chest wall from V4 or of the limbs, the criteria not met. */
export const smallElsewhere = (plain: PlainCase): Verdict => {
  const isOther = (lead: Lead): boolean => ['V4', 'V5', 'V6', 'Avl', 'I', 'II', 'Avf', 'III'].includes(lead);
  const small = (lead: Lead): Verdict => atLeast(stIn(plain, lead), 0.5);
  return any(
    ...neighbours
      .filter(([one, other]) => isOther(one) && isOther(other))
      .map(([one, other]) => all(small(one), small(other))),
  );
};
/** ST depression of 0.5 mm or more in two neighbours of V1 to V3: the wall behind (B1.1). */
export const posteriorDepression = (plain: PlainCase): Verdict => {
  const low = (lead: Lead): Verdict => atMost(stIn(plain, lead), -0.5);
  return any(all(low('V1'), low('V2')), all(low('V2'), low('V3')));
};

/** Reciprocal to the front wall: 0.5 mm or more of depression in two inferior neighbours. */
const inferiorDepression = (plain: PlainCase): Verdict => {
  const low = (lead: Lead): Verdict => atMost(stIn(plain, lead), -0.5);
  return any(all(low('II'), low('Avf')), all(low('Avf'), low('III')));
};
/** Something else that makes a small elevation new. */
export const fresh = (plain: PlainCase): Verdict =>
  any(
    said(plain, 'reciprocalDepression'),
    inferiorDepression(plain),
    said(plain, 'hyperacuteT'),
    atLeast(measured(plain, 'stChangeBetweenEcgsMm'), 0.5),
    said(plain, 'dynamicIschaemia'),
  );

/** CP-R6 with C19: depression of 1 mm or more in six leads, and elevation in aVR or V1. */
export function leftMainPattern(plain: PlainCase): Verdict {
  const depressed = eleven.map((lead) => atMost(stIn(plain, lead), -1));
  const sure = depressed.filter((verdict) => verdict === 'TRUE').length;
  const possible = sure + depressed.filter((verdict) => verdict === 'UNKNOWN').length;
  const sixLeads = sure >= 6 ? 'TRUE' : possible >= 6 ? 'UNKNOWN' : 'FALSE';
  return all(sixLeads, any(atLeast(stIn(plain, 'Avr'), 1), atLeast(stIn(plain, 'V1'), 1)));
}

/** Sgarbossa: concordant elevation 5, concordant depression 3, discordant elevation of 5 mm 2. */
export function sgarbossa(plain: PlainCase): Span {
  const item = (name: string, limit: number, points: number): Span => {
    const met = atLeast(measured(plain, name), limit);
    return { least: met === 'TRUE' ? points : 0, most: met === 'FALSE' ? 0 : points };
  };
  const items = [
    item('concordantElevationMm', 1, 5),
    item('concordantDepressionMm', 1, 3),
    item('discordantElevationMm', 5, 2),
  ];
  return {
    least: items.reduce((total, { least }) => total + least, 0),
    most: items.reduce((total, { most }) => total + most, 0),
  };
}
/** Sgarbossa 3 or more, or any one of the three of Smith (C18). */
export const blockedCriteria = (plain: PlainCase): Verdict =>
  all(
    certainly(bundleBranchOrPaced(plain)),
    any(
      atLeast(sgarbossa(plain), 3),
      all(atMost(measured(plain, 'smithRatio'), -0.25), atLeast(measured(plain, 'smithElevationMm'), 1)),
    ),
  );
