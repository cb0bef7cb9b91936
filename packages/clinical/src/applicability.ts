import { criterion, type Criterion } from './criterion.ts';
import type { Picture } from './picture.ts';
import { news2, type News2Inputs } from './scores/news2.ts';
import type { ScoreRange } from './scores/score-range.ts';
import { shockIndex, type ShockIndex } from './scores/shock-index.ts';

/**
 * FALSE only for a known pregnancy. An unanswered question does not silence an adult's rule: it is prompted for and
 * named as missing in the finding, since taking "not asked" as a reason for silence would score missing as good.
 */
export const isNotKnownPregnant = ({ person }: Picture): Criterion => criterion(person.pregnancy !== 'TRUE');

/** Questions about the person that stand open. */
export const missingOfPerson = ({ person }: Picture): readonly string[] => [
  ...(person.isAdult === 'UNKNOWN' ? ['ageYears'] : []),
  ...(person.pregnancy === 'UNKNOWN' && person.isAdult !== 'FALSE' ? ['isPregnant'] : []),
];

const inputsOf = (picture: Picture): News2Inputs => ({
  respiratoryRatePerMin: picture.respiratoryRate?.value ?? null,
  spo2Percent: picture.spo2?.value ?? null,
  oxygen: picture.oxygen?.value ?? null,
  systolicMmHg: picture.unrecordablePressure ? 'unrecordable' : (picture.systolic?.value ?? null),
  heartRateBpm: picture.heartRate?.value ?? null,
  consciousness: picture.consciousness?.value ?? null,
  temperatureC: picture.temperature?.value ?? null,
});

/** NEWS2 whatever the age; only for rules that gate it themselves. */
export const news2Of = (picture: Picture): ScoreRange => news2(inputsOf(picture));

/** What may be shown: null unless the patient is known to be 16 or older and not known to be pregnant. */
export const shownNews2 = (picture: Picture): ScoreRange | null =>
  picture.person.isAdult === 'TRUE' && picture.person.pregnancy !== 'TRUE' ? news2Of(picture) : null;

export const shownShockIndex = (picture: Picture): ShockIndex | null =>
  picture.person.isAdult === 'TRUE'
    ? shockIndex(picture.heartRate?.value ?? null, picture.systolic?.value ?? null)
    : null;
