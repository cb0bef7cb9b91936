import { chosenByPatient, type ChosenByPatient } from './chosen-by-patient.ts';
import { destinationRules, type DestinationRules } from './destination-definition.ts';
import type { DestinationHospital, DestinationQuestion } from './destination-question.ts';
import { candidateOf, type Fit } from './hospital-fit.ts';
import { needOf } from './level-need.ts';
import { nearestAble, unansweredThreats } from './nearest-able.ts';
import type { RankedHospital } from './ranked-hospital.ts';
import { reason, type Reason } from './reason.ts';
import { weighed, type WeighedHospital } from './weighed-hospital.ts';

export interface DestinationAdvice {
  /** `leaves-rules`: a mass casualty; the list is empty and dispatch distributes. */
  readonly kind: 'ranked' | 'leaves-rules';
  readonly rulesVersion: string;
  /** Every hospital of the question, the best first. */
  readonly ranked: readonly RankedHospital[];
  readonly recommendedId: string | null;
  /** As `destination.chosen` records it. */
  readonly recordedAs: 'rule' | 'nearest' | 'catchment' | 'forced' | null;
  readonly choice: ChosenByPatient | null;
  /** What is looked for, and why. */
  readonly reasons: readonly Reason[];
  /** Names of what is not known and could change the order. */
  readonly lacking: readonly string[];
}

const fits: readonly Fit[] = ['direct', 'able', 'below-level', 'no-center'];
const isDown = ({ candidate }: WeighedHospital): boolean => candidate.capacity.state === 'down';

/** Known drives by fit, unknown drives by fit, who has no such center, who is down by fit: one fit a group, so that the order within is one. */
function group(one: WeighedHospital): number {
  if (isDown(one)) return 8 + fits.indexOf(one.fit);
  if (one.fit === 'no-center') return 7;
  return fits.indexOf(one.fit) + (one.candidate.drive ? 0 : 3);
}

const orderOf = (a: number | null, b: number | null): number =>
  a === b ? 0 : a === null ? 1 : b === null ? -1 : a - b;

const idOrder = (a: WeighedHospital, b: WeighedHospital): number =>
  a.candidate.hospital.hospitalId < b.candidate.hospital.hospitalId ? -1 : 1;

const compared =
  (isHighestFirst: boolean) =>
  (a: WeighedHospital, b: WeighedHospital): number =>
    group(a) - group(b) ||
    a.lacks - b.lacks ||
    (isHighestFirst && a.fit === 'direct' ? orderOf(b.candidate.rank, a.candidate.rank) : 0) ||
    orderOf(a.weighedMinutes, b.weighedMinutes) ||
    a.candidate.capacity.costMinutes - b.candidate.capacity.costMinutes ||
    orderOf(a.candidate.drive?.minutes ?? null, b.candidate.drive?.minutes ?? null) ||
    idOrder(a, b);

/** Of those that are down, the nearest one able, when nobody who is not down has the center at all. */
function forcedOf(all: readonly WeighedHospital[]): WeighedHospital | null {
  if (all.some((one) => !isDown(one) && one.fit !== 'no-center')) return null;
  const down = all.filter((one) => isDown(one) && one.fit !== 'no-center');
  const isAble = ({ candidate }: WeighedHospital) => (candidate.meets === 'neither' ? 1 : 0);
  const minutes = ({ candidate }: WeighedHospital) => candidate.drive?.minutes ?? null;
  return [...down].sort((a, b) => isAble(a) - isAble(b) || orderOf(minutes(a), minutes(b)) || idOrder(a, b))[0] ?? null;
}

function shown(one: WeighedHospital, isForced: boolean): RankedHospital {
  const { hospital, drive, capacity } = one.candidate;
  return {
    hospitalId: hospital.hospitalId,
    standing: isDown(one) ? 'down' : one.fit,
    isForced,
    drive,
    weighedMinutes: one.weighedMinutes,
    capacity: capacity.state,
    capacityAgeMinutes: capacity.ageMinutes,
    capacitySaid: capacity.said,
    reasons: [...(isForced ? [reason('forced'), reason('backup-team-call')] : []), ...one.reasons],
  };
}

/** Ranked among several because of the area, not because it is the nearest or the only one. */
const leadsByCatchment = ([first, second]: readonly RankedHospital[]): boolean => {
  const own = first?.reasons.some(({ code }) => code === 'catchment') ?? false;
  return own && orderOf(first?.drive?.minutes ?? null, second?.drive?.minutes ?? null) > 0;
};

/**
 * Where a patient is taken: every hospital in order, each with its reasons (clinical.md C). Pure, total, the same for
 * every order of `hospitals`. It advises; a person chooses.
 */
export function rankDestinations(
  question: DestinationQuestion,
  hospitals: readonly DestinationHospital[],
  rules: DestinationRules = destinationRules,
): DestinationAdvice {
  const limit = rules.limits.massCasualtyPatients.value;
  const patients = question.level1Patients ?? 0;
  if (patients >= limit)
    return {
      kind: 'leaves-rules',
      rulesVersion: rules.version,
      ranked: [],
      recommendedId: null,
      recordedAs: null,
      choice: chosenByPatient(question, [], null, false, rules),
      reasons: [reason('mass-casualty', { patients, limit })],
      lacking: [],
    };
  const nearest = nearestAble(question, rules);
  const specialty = nearest?.specialty ?? question.specialty;
  const need = nearest?.need ?? needOf(question, rules);
  const candidates = hospitals.map((hospital) => candidateOf(hospital, specialty, need, rules));
  const all = candidates.map((one) => weighed(one, candidates, need, nearest !== null, question, rules));
  const forced = forcedOf(all);
  const rest = all.filter((one) => one !== forced).sort(compared(need.isHighestFirst));
  const ranked = [...(forced ? [shown(forced, true)] : []), ...rest.map((one) => shown(one, false))];
  const first = ranked[0];
  const recommended = first && (first.isForced || first.standing !== 'down') ? first : null;
  const hasCenter = all.some(({ fit }) => fit !== 'no-center');
  return {
    kind: 'ranked',
    rulesVersion: rules.version,
    ranked,
    recommendedId: recommended?.hospitalId ?? null,
    recordedAs: !recommended
      ? null
      : recommended.isForced
        ? 'forced'
        : nearest
          ? 'nearest'
          : leadsByCatchment(ranked)
            ? 'catchment'
            : 'rule',
    choice: chosenByPatient(question, ranked, recommended, nearest !== null, rules),
    reasons: [
      ...need.reasons,
      ...(hospitals.length === 0 ? [reason('no-hospital')] : hasCenter ? [] : [reason('no-center')]),
    ],
    lacking: [...new Set([...need.lacking, ...unansweredThreats(question)])],
  };
}
