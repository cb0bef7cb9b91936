import { milestones } from '@pentad/protocol/case-reading';
import type { CaseState } from '@pentad/protocol/case-state';
import type { CaseId } from '@pentad/protocol/ids';
import type { MilestoneCode } from '@pentad/protocol/milestone';
import { AgentError } from '../agent-error.ts';
import { vehicleStates, type VehicleState } from '../vehicle-states.ts';
import type { Recorded, RecordEventInput, VehicleStateInput, VehicleStateShown } from '../agent-types.ts';

const codeOfState = (state: VehicleState): MilestoneCode => {
  const found = vehicleStates.find((other) => other.state === state);
  if (!found) throw new AgentError('invalid', 'vehicle-state.unknown');
  return found.code;
};

/** The stamp the next press will be: chosen by an undo before there is one (see `pressVehicleState`). */
function reservedStamp(state: CaseState, code: MilestoneCode): string | null {
  const corrected = state.stampCorrections[code]?.stampId ?? null;
  return corrected !== null && !Object.hasOwn(state.stamps, corrected) ? corrected : null;
}

const crewStamp = (state: CaseState, code: MilestoneCode) =>
  Object.values(state.stamps).findLast((stamp) => stamp.code === code && stamp.source === 'crew') ?? null;

/** Each state with the time shown for it; an undone press is not shown, whatever stands in the log. */
export function vehicleStatesOf(state: CaseState): readonly VehicleStateShown[] {
  const shown = milestones(state);
  return vehicleStates.map(({ state: name, labelZh, code }) => {
    const stamp = shown[code] ?? null;
    const isUndone = stamp?.source === 'crew' && reservedStamp(state, code) !== null;
    return {
      state: name,
      labelZh,
      code,
      atMs: isUndone ? null : (stamp?.atMs ?? null),
      source: isUndone ? null : (stamp?.source ?? null),
    };
  });
}

export interface PressPorts {
  /** The case as the vehicle sees it, its own unsent events included. */
  readonly state: (caseId: CaseId) => CaseState;
  readonly record: (caseId: CaseId, input: RecordEventInput) => Recorded;
  readonly uuid: () => string;
  readonly nowMs: () => number;
}

/**
 * One press stamps once, however often it is repeated; the first one counts. No stamp is ever taken out of the log: an
 * undo is a correction to the stamp that the next press will be, so that the next press is the one shown everywhere.
 * @returns null: nothing was to be done
 */
export function pressVehicleState(ports: PressPorts, caseId: CaseId, input: VehicleStateInput): Recorded | null {
  const { state: name, isUndone = false, ...act } = input;
  const code = codeOfState(name);
  const state = ports.state(caseId);
  const reserved = reservedStamp(state, code);
  const pressed = crewStamp(state, code);
  if (isUndone) {
    if (pressed === null || reserved !== null) return null;
    const clinical = { code, stampId: ports.uuid(), reason: 'pressed-by-mistake' };
    return ports.record(caseId, { ...act, type: 'milestone.corrected', clinical });
  }
  if (pressed !== null && reserved === null) return null;
  const atMs = act.occurredAtMs ?? Math.max(0, Math.round(ports.nowMs()));
  const clinical = { stampId: reserved ?? ports.uuid(), code, atMs, source: 'crew', errorMs: null };
  return ports.record(caseId, { ...act, occurredAtMs: atMs, type: 'milestone.stamped', clinical });
}
