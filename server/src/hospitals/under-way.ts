import { isOver, milestones } from '@pentad/protocol/case-reading';
import type { CaseState } from '@pentad/protocol/case-state';
import type { CaseId, HospitalId, VehicleId } from '@pentad/protocol/ids';
import type { MilestoneCode } from '@pentad/protocol/milestone';

/** A case whose vehicle is on its way to the destination, or may be. */
export interface UnderWay {
  readonly caseId: CaseId;
  readonly vehicle: VehicleId;
  readonly hospitalId: HospitalId;
  /** Where the vehicle was before this instant says nothing of this patient. */
  readonly notBeforeMs: number;
  /** The crew has said so by a time, or by an act nobody does without a patient. Before that the way to the scene is still to come. */
  readonly isWithPatient: boolean;
}

/** The vehicle is with the patient from any of these on. */
const withPatient: readonly MilestoneCode[] = ['T_SCENE', 'T_FMC', 'T_BOARD', 'T_LEAVE'];

const bedside = new Set(['assessment.recorded', 'treatment.recorded', 'ecg.recorded', 'pre-alert.requested']);

/** One stamp a case and hospital: its id says so, and whoever finds it need not write another. */
export const gateStampId = (hospitalId: HospitalId): string => `gate-${hospitalId}`;

/**
 * null: over, without vehicle or destination, or stamped at that gate already. A gate passed before the crew was with
 * the patient is no arrival: the last known of its times counts, or when the destination was chosen if none is known.
 */
export function underWayOf(state: CaseState): UnderWay | null {
  const { caseId, vehicle, destination } = state;
  const { current } = destination;
  if (isOver(state) || vehicle === null || current === null) return null;
  const { hospitalId } = current.value;
  if (Object.hasOwn(state.stamps, gateStampId(hospitalId))) return null;
  const known = milestones(state);
  const times = withPatient.flatMap((code) => known[code]?.atMs ?? []);
  const chosenAtMs = state.timeline.find((entry) => entry.caseSeq === current.caseSeq)?.occurredAtMs;
  const withAtMs = times.length > 0 ? Math.max(...times) : (chosenAtMs ?? 0);
  const isWithPatient =
    times.length > 0 || state.timeline.some(({ type, actorKind }) => actorKind === 'crew' && bedside.has(type));
  return { caseId, vehicle, hospitalId, isWithPatient, notBeforeMs: Math.max(state.openedAtMs ?? 0, withAtMs) };
}
