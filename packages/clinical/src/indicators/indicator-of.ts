import { CaseOrigin, type Specialty } from '@pentad/protocol/center';
import type { Tier } from '@pentad/protocol/pre-alert';
import { intervalOf, isMet, type Stamps } from '../clock-targets/clock-of.ts';
import { criterion } from '../criterion.ts';
import type { Facts } from '../expression/facts.ts';
import { anything, point } from '../expression/interval.ts';
import { judged } from '../expression/judge.ts';
import type { IndicatorDefinition } from './indicator-definition.ts';

/** One case as the log knows it. */
export interface IndicatorCase {
  readonly specialty: Specialty;
  /** null: not recorded. */
  readonly origin: CaseOrigin | null;
  /** Of the pre-alert of this specialty; null: none was raised. */
  readonly alertedTier: Tier | null;
  readonly stamps: Stamps;
  readonly facts: Facts;
}

export interface IndicatorCount {
  readonly numerator: number;
  /** Cases that count and of which everything needed is known. */
  readonly denominator: number;
  /** Cases that count, or may, and of which something needed is missing or out of order: in no numerator. */
  readonly missing: number;
  /** numerator / denominator; null without a denominator. */
  readonly percent: number | null;
  /** The same with every missing case taken as not met: what is certain. */
  readonly leastPercent: number | null;
  /** Of intervals, in seconds; null for a share and where none was measured. */
  readonly medianS: number | null;
  readonly meanS: number | null;
}

export interface IndicatorResult {
  readonly indicatorId: string;
  /** Nothing is counted: the field the log lacks. null: counted. */
  readonly notYetMeasured: string | null;
  /** The figure the indicator is named for: percent, or seconds for a median or mean; null: there is none. */
  readonly value: number | null;
  readonly all: IndicatorCount;
  /** Origins with a case that counts or may; `unknown`: the origin was not recorded. */
  readonly byOrigin: Readonly<Partial<Record<CaseOrigin | 'unknown', IndicatorCount>>>;
}

/** `isMet` null: missing. */
interface Observed {
  readonly origin: CaseOrigin | 'unknown';
  readonly isMet: boolean | null;
  readonly seconds: number | null;
}

function spanS(
  span: { readonly from: readonly (keyof Stamps)[]; readonly to: readonly (keyof Stamps)[] },
  stamps: Stamps,
) {
  const first = (codes: readonly (keyof Stamps)[]) =>
    codes.map((code) => stamps[code]).find((atMs) => typeof atMs === 'number' && Number.isFinite(atMs)) ?? null;
  const from = first(span.from);
  const to = first(span.to);
  return from === null || to === null ? null : (to - from) / 1000;
}

/** The names of a definition's conditions, answered for one case. */
function factsOf({ stampFlags, spans }: IndicatorDefinition, one: IndicatorCase): Facts {
  return {
    number(name) {
      const span = spans.get(name);
      if (!span) return one.facts.number(name);
      const seconds = spanS(span, one.stamps);
      return seconds === null ? anything : point(seconds);
    },
    flag(name) {
      const milestone = stampFlags.get(name);
      if (milestone) return criterion(Number.isFinite(one.stamps[milestone] ?? Number.NaN));
      if (name === 'isPreAlerted') return criterion(one.alertedTier !== null);
      return name === 'isLevel1' ? criterion(one.alertedTier === 'level-1') : one.facts.flag(name);
    },
    code: (name) => (name === 'origin' ? one.origin : name === 'specialty' ? one.specialty : one.facts.code(name)),
    lacking: (name) => one.facts.lacking(name),
  };
}

function observedIn(definition: IndicatorDefinition, one: IndicatorCase): readonly Observed[] {
  const { counted } = definition;
  if (!counted) return [];
  const facts = factsOf(definition, one);
  const origin = one.origin ?? 'unknown';
  const isAmong = judged(counted.among, facts);
  if (isAmong === 'FALSE') return [];
  const missing: readonly Observed[] = [{ origin, isMet: null, seconds: null }];
  if (isAmong === 'UNKNOWN') return missing;
  if (counted.kind === 'share') {
    const verdict = judged(counted.of, facts);
    return verdict === 'UNKNOWN' ? missing : [{ origin, isMet: verdict === 'TRUE', seconds: null }];
  }
  const { seconds } = intervalOf(counted.target, one.stamps);
  return seconds === null ? missing : [{ origin, isMet: isMet(counted.target, seconds), seconds }];
}

function medianOf(sorted: readonly number[]): number | null {
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  return upper === undefined || lower === undefined ? null : lower + (upper - lower) / 2;
}

const percentOf = (part: number, whole: number): number | null => (whole === 0 ? null : (100 * part) / whole);

function countOf(observed: readonly Observed[]): IndicatorCount {
  const known = observed.filter(({ isMet: met }) => met !== null);
  const numerator = known.filter(({ isMet: met }) => met).length;
  const seconds = known.flatMap((one) => (one.seconds === null ? [] : [one.seconds])).toSorted((a, b) => a - b);
  return {
    numerator,
    denominator: known.length,
    missing: observed.length - known.length,
    percent: percentOf(numerator, known.length),
    leastPercent: percentOf(numerator, observed.length),
    medianS: medianOf(seconds),
    meanS: seconds.length === 0 ? null : seconds.reduce((sum, one) => sum + one, 0) / seconds.length,
  };
}

function valueOf({ measure }: IndicatorDefinition, count: IndicatorCount): number | null {
  if (measure?.kind !== 'interval' || measure.report === 'compliance') return count.percent;
  return measure.report === 'median' ? count.medianS : count.meanS;
}

/**
 * One indicator over closed cases. A missing or out-of-order stamp is in no numerator and no denominator and is counted
 * apart (clinical.md 0.8). What the log does not hold gives no number. Pure and total; the order of cases is nothing.
 */
export function indicatorOf(definition: IndicatorDefinition, cases: readonly IndicatorCase[]): IndicatorResult {
  const observed = cases.flatMap((one) => observedIn(definition, one));
  const all = countOf(observed);
  const origins = [...CaseOrigin.options, 'unknown' as const].flatMap((origin) => {
    const own = observed.filter((one) => one.origin === origin);
    return own.length === 0 ? [] : [[origin, countOf(own)] as const];
  });
  return {
    indicatorId: definition.id,
    notYetMeasured: definition.notYetMeasured?.field ?? null,
    value: valueOf(definition, all),
    all,
    byOrigin: Object.fromEntries(origins),
  };
}
