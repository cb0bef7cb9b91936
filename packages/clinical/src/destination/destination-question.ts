import type { Specialty } from '@pentad/protocol/center';
import type { Tier } from '@pentad/protocol/pre-alert';
import type { Criterion } from '../criterion.ts';
import type { Ability, RiskColour, Threat } from './destination-definition.ts';

/** What one patient needs of a hospital. null and UNKNOWN: not known, never taken as the harmless answer. */
export interface PatientNeeds {
  readonly specialty: Specialty;
  readonly tier: Tier;
  /** Centers needed at the same site: obstetrics for a pregnant woman with STEMI. */
  readonly coSpecialties: readonly Specialty[];
  /** Beyond what the specialty asks for: `cta` for a suspected dissection. */
  readonly extraAbilities: readonly Ability[];
  /** 1 to 15 years. */
  readonly isChild: Criterion;
  /** A stroke scale for large-vessel occlusion is positive. */
  readonly isLvoPositive: Criterion;
  readonly minutesSinceLastKnownWell: number | null;
  readonly minutesSinceFirstContact: number | null;
  /** The newborn's at birth, or of the pregnancy now; completed days. */
  readonly gestationDays: number | null;
  readonly birthWeightG: number | null;
  readonly needsOrganSupport: Criterion;
  readonly needsSurgeryOrEcmo: Criterion;
  /** The child is not born yet, so its level of care counts for the mother. */
  readonly isUndelivered: Criterion;
  readonly riskColour: RiskColour | null;
  /** A code of `maternalCauses`; one that is not listed counts as none. */
  readonly maternalCause: string | null;
}

export interface DestinationQuestion extends PatientNeeds {
  readonly threats: Readonly<Record<Threat, Criterion>>;
  readonly hasMechanicalCompression: Criterion;
  /** The newborn on the way with its mother, or the mother with it. */
  readonly companion: PatientNeeds | null;
  /** The hospital of the 对口片区 table for this place and specialty; null: none. */
  readonly catchmentHospitalId: string | null;
  /** What the patient or the family asked for; null: nothing. */
  readonly chosenHospitalId: string | null;
  /** Patients of level 1 in the same incident; null: not counted. */
  readonly level1Patients: number | null;
}

export type CapacityState = 'ready' | 'limited' | 'down' | 'unknown';

/** What a hospital said of one of its centers, as it said it. */
export interface CapacityTold {
  readonly specialty: Specialty;
  readonly state: CapacityState;
  /** Codes, such as `cath-lab-busy`. */
  readonly reasons: readonly string[];
  /** Since it was said; null: not known. */
  readonly ageMinutes: number | null;
  /** Until it lapses, 0 or less: it has; null: no end was given. */
  readonly minutesLeft: number | null;
}

export interface DriveTime {
  readonly minutes: number;
  /** `from` <= `minutes` <= `to`. */
  readonly bandMinutes: { readonly from: number; readonly to: number };
}

export interface DestinationHospital {
  /** Different for every hospital of one question. */
  readonly hospitalId: string;
  readonly centers: readonly { readonly specialty: Specialty; readonly level: string | null }[];
  /** Beyond what the levels of its centers say. */
  readonly abilities: readonly Ability[];
  readonly capacity: readonly CapacityTold[];
  /** From where the patient is now; null: unknown. */
  readonly drive: DriveTime | null;
  /** The hospital's own median of door to wire; null: it has none. */
  readonly doorToWireMinutes: number | null;
}
