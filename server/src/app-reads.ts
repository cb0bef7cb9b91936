import { readCase } from './cases/case-store.ts';
import type { CaseReads } from './people/case-reads.ts';
import { numericsBetween } from './telemetry/recent-numerics-store.ts';
import { readIdentity, readWrappedKey } from './vault/vault-store.ts';
import { readVehicles } from './vehicles/vehicle-store.ts';

/** The stores a person's view of a case is made of. */
export const caseReads: CaseReads = { readCase, readIdentity, readWrappedKey, numericsBetween, readVehicles };
