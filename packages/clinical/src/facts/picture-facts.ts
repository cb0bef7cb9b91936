import { itemNamed } from '@pentad/protocol/assessment-items';
import { criterion, type Criterion } from '../criterion.ts';
import { notApplicable, type Facts } from '../expression/facts.ts';
import { anything, point, type Interval } from '../expression/interval.ts';
import type { CaseRecord } from '../case-record.ts';
import { slots, type Picture, type Slot } from '../picture.ts';
import { scoreNamed } from '../scores/all-scores.ts';
import { factKinds } from './fact-names.ts';
import { isPassing } from './passing-facts.ts';
import { clockLeadMs } from '../staleness.ts';
import type { ScoreRange } from '../scores/score-range.ts';

const isSlot = (name: string): name is Slot => slots.some((slot) => slot === name);
/** An instant that is yet to come is no instant of the past: nothing is known from it. */
const minutesTo = (atMs: number, sinceMs: number | null): Interval =>
  sinceMs === null || sinceMs > atMs + clockLeadMs ? anything : point(Math.max(0, atMs - sinceMs) / 60_000);
const known = (value: number | null): Interval => (value === null ? anything : point(value));

/** A pressure too low to be taken counts as below 90 (C7), and its mean with it. */
const unrecordable: Interval = { least: 0, most: 89 };

function yearsOf({ ageYears, ageDays }: CaseRecord): Interval {
  if (ageYears !== null) return point(ageYears);
  return ageDays === null ? anything : point(Math.floor(ageDays / 365));
}

/** Years alone leave the days open within their year. */
function daysOf({ ageYears, ageDays }: CaseRecord): Interval {
  if (ageDays !== null) return point(ageDays);
  return ageYears === null ? anything : { least: ageYears * 365, most: ageYears * 366 + 365 };
}

type Scores = Map<string, ScoreRange | typeof notApplicable | null>;

/** Scores that count the crew's answers alone stand until the next entry. */
const standing = new WeakMap<CaseRecord, Scores>();
function standingScores(record: CaseRecord): Scores {
  const before = standing.get(record);
  if (before) return before;
  const scores: Scores = new Map();
  standing.set(record, scores);
  return scores;
}

/** The rule language's view of one picture. Scores are counted once for all rules that read them. */
class PictureFacts implements Facts {
  readonly #picture: Picture;
  readonly #scores: Scores = new Map();

  constructor(picture: Picture) {
    this.#picture = picture;
  }

  number(name: string): Interval | typeof notApplicable {
    const picture = this.#picture;
    if (isSlot(name)) {
      const reading = picture[name];
      if (reading) return point(reading.value);
      const isLow = this.#isPressureLost() && (name === 'systolicMmHg' || name === 'meanMmHg');
      return isLow ? unrecordable : anything;
    }
    if (scoreNamed(name)) return this.#scored(name);
    return this.#ofCase(name) ?? this.#answered(name);
  }

  flag(name: string): Criterion {
    const { person, unrecordablePressure, systolicMmHg } = this.#picture;
    switch (name) {
      case 'isAdult':
        return person.isAdult;
      case 'isNeonate':
        return criterion(person.band === null ? null : person.band === 'neonate');
      case 'isPregnant':
        return person.pregnancy;
      case 'isPressureUnrecordable':
        return criterion(unrecordablePressure ? true : systolicMmHg ? false : null);
      default: {
        const answer = this.#picture.record.answers[name]?.value;
        return criterion(typeof answer === 'boolean' ? answer : null);
      }
    }
  }

  code(name: string): string | null {
    const { person, record, consciousness, oxygen } = this.#picture;
    switch (name) {
      case 'sex':
        return record.sex;
      case 'specialty':
        // Which center the crew chose is known also when it chose none.
        return person.specialty ?? 'none';
      case 'consciousness':
        return consciousness?.value ?? null;
      case 'oxygen':
        return oxygen?.value ?? null;
      default: {
        const answer = record.answers[name]?.value;
        return typeof answer === 'string' ? answer : null;
      }
    }
  }

  lacking(name: string): readonly string[] {
    if (scoreNamed(name)) {
      const score = this.#score(name);
      if (score === notApplicable) return [];
      return score === null ? this.#lackedForUse(name) : score.missing;
    }
    if (this.#isKnown(name)) return [];
    return [askedInstead[name] ?? name];
  }

  /** C7: "unrecordable" or, from one year on, "no radial pulse" says the pressure is below 90; a number says more. */
  #isPressureLost(): boolean {
    const { unrecordablePressure, systolicMmHg, record } = this.#picture;
    if (systolicMmHg) return false;
    const isUnderOne = record.ageYears === 0 || (record.ageDays !== null && record.ageDays < 365);
    return unrecordablePressure !== null || (!isUnderOne && record.answers['radialPulse']?.value === false);
  }

  /** Also what cannot be had: a pressure too low to be taken, a part of the GCS that cannot be tested. */
  #isKnown(name: string): boolean {
    const { record } = this.#picture;
    const kind = factKinds.get(name);
    if (kind === 'flag') return this.flag(name) !== 'UNKNOWN';
    if (kind === 'code') return this.code(name) !== null;
    if (name === 'systolicMmHg' && this.#isPressureLost()) return true;
    if (record.gcs?.value.notTestable.some((part) => gcsName[part] === name)) return true;
    const number = this.number(name);
    return typeof number === 'object' && number.least === number.most;
  }

  #ofCase(name: string): Interval | null {
    const { record, atMs } = this.#picture;
    switch (name) {
      case 'ageYears':
        return yearsOf(record);
      case 'ageDays':
        return daysOf(record);
      case 'gestationDays':
        return known(record.gestationDays);
      case 'gestationWeeks':
        return known(record.gestationDays === null ? null : Math.floor(record.gestationDays / 7));
      case 'bloodLossMl':
        return known(record.bloodLossMl);
      case 'minutesSinceOnset':
        return minutesTo(atMs, record.onsetAtMs);
      case 'minutesSinceLastKnownWell':
        return minutesTo(atMs, record.lastKnownWellAtMs);
      case 'minutesSinceBirth':
        return minutesTo(atMs, record.bornAtMs);
      case 'minutesSinceRosc':
        return minutesTo(atMs, record.roscAtMs);
      case 'gcsEye':
        return gcsPart(record, 'eye', 4);
      case 'gcsVerbal':
        return gcsPart(record, 'verbal', 5);
      case 'gcsMotor':
        return gcsPart(record, 'motor', 6);
      default:
        return null;
    }
  }

  /** An answer not given lies somewhere on the item's own scale. */
  #answered(name: string): Interval {
    const answer = this.#picture.record.answers[name]?.value;
    if (typeof answer === 'number') return point(answer);
    const item = itemNamed(name);
    return item?.kind === 'scale' ? { least: item.least, most: item.most } : anything;
  }

  #scored(name: string): Interval | typeof notApplicable {
    const score = this.#score(name);
    if (score === notApplicable) return notApplicable;
    return score ? { least: score.minimum, most: score.maximum } : anything;
  }

  /** null: whether the score is for this patient is not known. */
  #score(name: string): ScoreRange | typeof notApplicable | null {
    const scores = isPassing(name) ? this.#scores : standingScores(this.#picture.record);
    const counted = scores.get(name);
    if (counted !== undefined) return counted;
    const score = scoreNamed(name);
    const applies = score ? score.applies(this) : 'FALSE';
    const result = applies === 'FALSE' || !score ? notApplicable : applies === 'UNKNOWN' ? null : score.of(this);
    scores.set(name, result);
    return result;
  }

  #lackedForUse(name: string): readonly string[] {
    return scoreNamed(name)?.appliesOn ?? [];
  }
}

const gcsName = { eye: 'gcsEye', verbal: 'gcsVerbal', motor: 'gcsMotor' } as const;

function gcsPart(record: CaseRecord, part: keyof typeof gcsName, most: number): Interval {
  const gcs = record.gcs?.value;
  const value = gcs?.notTestable.includes(part) ? null : (gcs?.[part] ?? null);
  return value === null ? { least: 1, most } : point(value);
}

/** What the crew is asked for in place of what follows from it. */
const askedInstead: Readonly<Record<string, string>> = {
  isPressureUnrecordable: 'systolicMmHg',
  gestationWeeks: 'gestationDays',
  isAdult: 'ageYears',
  isNeonate: 'ageDays',
  meanMmHg: 'diastolicMmHg',
  minutesSinceBirth: 'T_BIRTH',
  minutesSinceRosc: 'T_ROSC',
  minutesSinceOnset: 'onset',
  minutesSinceLastKnownWell: 'lastKnownWell',
};

const made = new WeakMap<Picture, PictureFacts>();

export function factsOf(picture: Picture): Facts {
  const before = made.get(picture);
  if (before) return before;
  const facts = new PictureFacts(picture);
  made.set(picture, facts);
  return facts;
}
