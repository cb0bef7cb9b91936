import type { DispatchJobInput } from '@pentad/protocol/dispatch-job';
import type { VehicleId } from '@pentad/protocol/ids';

/** A vehicle in the words of somebody outside: its id, its plate or its call sign. */
export type NamedVehicle = DispatchJobInput['vehicle'];

export type FoundVehicle =
  | { readonly kind: 'found'; readonly vehicle: VehicleId }
  | { readonly kind: 'revoked' | 'unknown' | 'ambiguous' | 'not-named' };
