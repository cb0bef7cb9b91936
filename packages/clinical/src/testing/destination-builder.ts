import type { Specialty } from '@pentad/protocol/center';
import type { Ability } from '../destination/destination-definition.ts';
import type {
  CapacityState,
  DestinationHospital,
  DestinationQuestion,
  DriveTime,
} from '../destination/destination-question.ts';

/** A patient of whom nothing else is known, and who is not in danger on the way. */
export const questionOf = (specialty: Specialty, known: Partial<DestinationQuestion> = {}): DestinationQuestion => ({
  specialty,
  tier: 'level-1',
  coSpecialties: [],
  extraAbilities: [],
  isChild: 'FALSE',
  isLvoPositive: 'UNKNOWN',
  minutesSinceLastKnownWell: null,
  minutesSinceFirstContact: null,
  gestationDays: null,
  birthWeightG: null,
  needsOrganSupport: 'FALSE',
  needsSurgeryOrEcmo: 'FALSE',
  isUndelivered: 'FALSE',
  riskColour: null,
  maternalCause: null,
  threats: { airway: 'FALSE', arrest: 'FALSE', bleeding: 'FALSE', birth: 'FALSE' },
  hasMechanicalCompression: 'FALSE',
  companion: null,
  catchmentHospitalId: null,
  chosenHospitalId: null,
  level1Patients: 1,
  ...known,
});

/** Two minutes either way, never before the start. */
export const driveOf = (minutes: number): DriveTime => ({
  minutes,
  bandMinutes: { from: Math.max(0, minutes - 2), to: minutes + 2 },
});

/** `centers`: `chest-pain:standard`; the state of all of them, said 5 min ago. */
export function hospitalOf(
  hospitalId: string,
  minutes: number | null,
  centers: readonly `${Specialty}:${string}`[],
  state: CapacityState = 'ready',
  abilities: readonly Ability[] = [],
): DestinationHospital {
  const read = centers.map((one) => {
    const at = one.indexOf(':');
    return { specialty: one.slice(0, at) as Specialty, level: one.slice(at + 1) };
  });
  return {
    hospitalId,
    centers: read,
    abilities,
    capacity: [{ specialty: 'emergency' as Specialty }, ...read].map(({ specialty }) => ({
      specialty,
      state,
      reasons: [],
      ageMinutes: 5,
      minutesLeft: 120,
    })),
    drive: minutes === null ? null : driveOf(minutes),
    doorToWireMinutes: 60,
  };
}
