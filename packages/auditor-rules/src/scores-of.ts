import { said } from './answers.ts';
import { addRs } from './chest-pain-rows.ts';
import { sgarbossa } from './ecg.ts';
import { news2, newsApplies, qSofa } from './general-scores.ts';
import { omqSofa } from './maternal-rows.ts';
import { gcsTotal, heartRate, systolic } from './measurements.ts';
import { meowsReds, meowsYellows } from './meows.ts';
import { apgar, ncis, trips } from './newborn-scores.ts';
import { adult, newborn, obstetric, pregnant } from './person.ts';
import { pews } from './pews.ts';
import type { PlainCase } from './plain-case.ts';
import { fastEd, lams, race } from './stroke-scales.ts';
import { isKnown, type Span, type Verdict } from './three-valued.ts';
import { abc, rts, triageRts } from './trauma-scores.ts';

/** By name; a score that must not be computed for this patient is `not-for-this-patient`. */
export type Scores = Readonly<Record<string, Span | 'not-for-this-patient'>>;

const ticked = (plain: PlainCase, ...names: readonly string[]): Span => {
  const answers = names.map((name) => said(plain, name));
  return {
    least: answers.filter((answer) => answer === 'TRUE').length,
    most: answers.filter((answer) => answer !== 'FALSE').length,
  };
};

/** Beats a minute by mmHg, two decimals as it is shown; only of two known numbers. */
function shockIndex(plain: PlainCase): Span {
  const [rate, pressure] = [heartRate(plain), systolic(plain)];
  if (!isKnown(rate) || !isKnown(pressure) || pressure.most === 0) return { least: 0, most: Infinity };
  const index = Math.round((100 * rate.most) / pressure.most) / 100;
  return { least: index, most: index };
}

export function scoresOf(plain: PlainCase): Scores {
  const onlyIf = (applies: Verdict, score: Span): Span | 'not-for-this-patient' =>
    applies === 'FALSE' ? 'not-for-this-patient' : score;
  const notIf = (excluded: Verdict, score: Span): Span | 'not-for-this-patient' =>
    excluded === 'TRUE' ? 'not-for-this-patient' : score;
  const baby = newborn(plain);
  const isCounted = (score: Span): Span | 'not-for-this-patient' => notIf(baby, score);
  const fas = ['strokeFace', 'strokeArm', 'strokeSpeech'];
  return {
    news2: onlyIf(newsApplies(plain), news2(plain)),
    'shock-index': isCounted(shockIndex(plain)),
    gcs: isCounted(gcsTotal(plain)),
    qsofa: adult(plain) === 'FALSE' ? 'not-for-this-patient' : notIf(pregnant(plain), qSofa(plain)),
    'add-rs': addRs(plain),
    sgarbossa: sgarbossa(plain),
    'be-fast': ticked(plain, 'strokeBalance', 'strokeEyes', ...fas),
    cpss: ticked(plain, ...fas),
    lams: lams(plain),
    race: race(plain),
    'fast-ed': fastEd(plain),
    't-rts': triageRts(plain),
    rts: rts(plain),
    abc: isCounted(abc(plain)),
    apgar1: apgar(plain, 1),
    apgar5: apgar(plain, 5),
    apgar10: apgar(plain, 10),
    ncis: onlyIf(baby, ncis(plain)),
    trips: onlyIf(baby, trips(plain)),
    pews: notIf(adult(plain), pews(plain)),
    'meows-red': onlyIf(obstetric(plain), meowsReds(plain)),
    'meows-yellow': onlyIf(obstetric(plain), meowsYellows(plain)),
    omqsofa: onlyIf(obstetric(plain), omqSofa(plain)),
  };
}
