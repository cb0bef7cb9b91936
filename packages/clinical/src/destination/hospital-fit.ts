import type { Specialty } from '@pentad/protocol/center';
import { capacityStanding, type CapacityStanding } from './capacity-standing.ts';
import type { Ability, DestinationRules } from './destination-definition.ts';
import type { DestinationHospital, DriveTime } from './destination-question.ts';
import type { Need } from './level-need.ts';
import { reason, type Reason } from './reason.ts';

/** Within its level; direct: as the specialty asks and inside the limits of a bypass. */
export type Fit = 'direct' | 'able' | 'below-level' | 'no-center';

/** A hospital as a destination for one specialty, before any drive is weighed. */
export interface Candidate {
  readonly hospital: DestinationHospital;
  /** null: unknown, or given in a way that cannot be used. */
  readonly drive: DriveTime | null;
  readonly capacity: CapacityStanding;
  readonly hasCenter: boolean;
  readonly rank: number | null;
  readonly abilities: ReadonlySet<Ability>;
  /** Without regard to limits of a bypass. */
  readonly meets: 'preferred' | 'acceptable' | 'neither';
  readonly reasons: readonly Reason[];
}

function usableDrive(drive: DriveTime | null): DriveTime | null {
  if (!drive) return null;
  const { minutes, bandMinutes } = drive;
  const { from, to } = bandMinutes;
  const isSound = [minutes, from, to].every((one) => Number.isFinite(one) && one >= 0);
  return isSound && from <= minutes && minutes <= to ? drive : null;
}

const hasCenterOf = (hospital: DestinationHospital, specialty: Specialty): boolean =>
  specialty === 'emergency' || hospital.centers.some((center) => center.specialty === specialty);

/** Every hospital has an emergency department (design.md); a center that is down lends no ability to another specialty. */
export function abilitiesOf(
  hospital: DestinationHospital,
  specialty: Specialty,
  rules: DestinationRules,
): ReadonlySet<Ability> {
  const lent = hospital.centers
    .filter(
      (center) =>
        center.specialty === specialty || capacityStanding(hospital, center.specialty, rules).state !== 'down',
    )
    .flatMap(
      ({ specialty: its, level }) =>
        rules.levels.find((one) => one.specialty === its && one.level === level)?.abilities ?? [],
    );
  return new Set<Ability>(['emergency', ...hospital.abilities, ...lent]);
}

function rankOf(hospital: DestinationHospital, specialty: Specialty, rules: DestinationRules): number | null {
  const ranks = hospital.centers
    .filter((center) => center.specialty === specialty)
    .flatMap(({ level }) =>
      rules.levels.filter((one) => one.specialty === specialty && one.level === level).map(({ rank }) => rank),
    );
  return ranks.length === 0 ? null : Math.max(...ranks);
}

const lackedOf = (wanted: readonly Ability[], abilities: ReadonlySet<Ability>): readonly Ability[] =>
  wanted.filter((one) => !abilities.has(one));

function fitReason(candidate: Omit<Candidate, 'reasons'>, specialty: Specialty, need: Need): readonly Reason[] {
  const { meets, hasCenter, rank, abilities } = candidate;
  if (!hasCenter && meets === 'neither') return [reason('not-this-specialty', {}, { specialties: [specialty] })];
  if (meets === 'preferred') return [reason('fits', {}, { abilities: need.preferred })];
  const lacked = lackedOf(need.preferred, abilities);
  if (meets === 'acceptable')
    return [reason('acceptable', {}, { abilities: need.acceptable }), reason('lacks', {}, { abilities: lacked })];
  if (rank === null) return [reason('level-unknown')];
  return [reason('below-level', {}, { abilities: lacked })];
}

function driveReasons(given: DriveTime | null, usable: DriveTime | null, { limits }: DestinationRules) {
  if (!usable) return [reason(given ? 'drive-unusable' : 'drive-unknown')];
  const { minutes, bandMinutes } = usable;
  const limit = limits.airTransportMinutes.value;
  return [
    reason('drive', { minutes, from: bandMinutes.from, to: bandMinutes.to }),
    ...(minutes > limit ? [reason('air-transport', { minutes, limit })] : []),
  ];
}

/** Total: a hospital without the center is judged by its emergency department. */
export function candidateOf(
  hospital: DestinationHospital,
  specialty: Specialty,
  need: Need,
  rules: DestinationRules,
): Candidate {
  const hasCenter = hasCenterOf(hospital, specialty);
  const drive = usableDrive(hospital.drive);
  const abilities = abilitiesOf(hospital, specialty, rules);
  const rank = rankOf(hospital, specialty, rules);
  const has = (wanted: readonly Ability[]) => lackedOf(wanted, abilities).length === 0;
  const meets = has(need.preferred) ? 'preferred' : has(need.acceptable) ? 'acceptable' : 'neither';
  const capacity = capacityStanding(hospital, hasCenter ? specialty : 'emergency', rules);
  const judged = { hospital, drive, capacity, hasCenter, rank, abilities, meets } as const;
  return {
    ...judged,
    reasons: [
      ...fitReason(judged, specialty, need),
      ...(need.isHighestFirst && rank !== null ? [reason('level-rank', { rank })] : []),
      ...driveReasons(hospital.drive, drive, rules),
      ...capacity.reasons,
    ],
  };
}
