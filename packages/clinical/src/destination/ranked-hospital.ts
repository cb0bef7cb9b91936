import type { CapacityState, DriveTime } from './destination-question.ts';
import type { Fit } from './hospital-fit.ts';
import type { Reason } from './reason.ts';

/** One line of the ranking. */
export interface RankedHospital {
  readonly hospitalId: string;
  readonly standing: Fit | 'down';
  /** All are down and this is the nearest: it takes the patient, and its backup team is called. */
  readonly isForced: boolean;
  readonly drive: DriveTime | null;
  readonly weighedMinutes: number | null;
  readonly capacity: CapacityState;
  /** Since the hospital said so, min; null: not known. */
  readonly capacityAgeMinutes: number | null;
  /** Codes the hospital gave for its state. */
  readonly capacitySaid: readonly string[];
  readonly reasons: readonly Reason[];
}
