import type { Crew } from '../agent/crew.ts';
import type { Ledger } from '../agent/ledger.ts';
import type { Vehicle } from '../agent/vehicle.ts';
import type { SimStore } from '../store/sim-store.ts';

export interface RestOptions {
  readonly store: SimStore;
  readonly ledger: Ledger;
  readonly vehicles: readonly Vehicle[];
  readonly crews: readonly Crew[];
  readonly healedAtMs: number;
}
