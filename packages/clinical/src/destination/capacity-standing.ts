import type { Specialty } from '@pentad/protocol/center';
import type { DestinationRules } from './destination-definition.ts';
import type { CapacityState, DestinationHospital } from './destination-question.ts';
import { reason, type Reason } from './reason.ts';

/** How what a hospital said counts now. `costMinutes`: what it must be nearer by to lead all the same. */
export interface CapacityStanding {
  readonly state: CapacityState;
  readonly costMinutes: number;
  /** Since it was said, null: not known. Shown beside the state, never left out. */
  readonly ageMinutes: number | null;
  readonly said: readonly string[];
  readonly reasons: readonly Reason[];
}

const soundAge = (age: number | null): number | null => (age !== null && Number.isFinite(age) && age >= 0 ? age : null);

function stateReason(state: CapacityState, age: number | null, costMinutes: number): Reason {
  switch (state) {
    case 'ready':
      return reason('capacity-ready', { minutes: age ?? 0 });
    case 'limited':
      return age === null
        ? reason('capacity-limited-undated', { limit: costMinutes })
        : reason('capacity-limited', { minutes: age, limit: costMinutes });
    case 'down':
      return age === null ? reason('capacity-down-undated') : reason('capacity-down', { minutes: age });
    case 'unknown':
      return reason('capacity-unknown', { limit: costMinutes });
  }
}

/**
 * The state of one center as it counts: lapsed is unknown; `ready` that is old or undated is unknown; `limited` and
 * `down` stay what they are until they lapse, shown as old (clinical.md C).
 */
export function capacityStanding(
  hospital: DestinationHospital,
  specialty: Specialty,
  { limits }: DestinationRules,
): CapacityStanding {
  const told = hospital.capacity.find((one) => one.specialty === specialty);
  const ageMinutes = soundAge(told?.ageMinutes ?? null);
  const fresh = limits.capacityFreshMinutes.value;
  const isLapsed = told !== undefined && told.minutesLeft !== null && !(told.minutesLeft > 0);
  const isOld = ageMinutes !== null && ageMinutes > fresh;
  const isCurrent = ageMinutes !== null && !isOld;
  const state: CapacityState = !told || isLapsed || (told.state === 'ready' && !isCurrent) ? 'unknown' : told.state;
  const costs: Readonly<Record<CapacityState, number>> = {
    ready: 0,
    limited: limits.limitedExtraMinutes.value,
    unknown: limits.unknownExtraMinutes.value,
    down: 0,
  };
  const doubts: readonly Reason[] = !told
    ? []
    : isLapsed
      ? [reason('capacity-expired')]
      : isOld
        ? [reason('capacity-stale', { minutes: ageMinutes, limit: fresh })]
        : ageMinutes === null && told.state === 'ready'
          ? [reason('capacity-undated')]
          : [];
  return {
    state,
    costMinutes: costs[state],
    ageMinutes,
    said: told?.reasons ?? [],
    reasons: [stateReason(state, ageMinutes, costs[state]), ...doubts],
  };
}
