import type { Actor } from '../platform/actor.ts';

/** One act on one object. `object` is an id, never a name; `purpose` as in care, coordination, system, audit. */
export interface AuditEntry {
  readonly chain: string;
  readonly actorKind: 'staff' | 'vehicle' | 'system';
  readonly actorId: string;
  readonly action: string;
  readonly objectId: string;
  readonly caseId: string | null;
  readonly purpose: 'care' | 'coordination' | 'system' | 'sign-in';
}

/** Chains are per hospital; what belongs to none is in the region's. */
export const REGION_CHAIN = 'region';

export const auditActor = (actor: Actor): Pick<AuditEntry, 'actorKind' | 'actorId'> =>
  actor.kind === 'staff'
    ? { actorKind: 'staff', actorId: actor.staffId }
    : { actorKind: 'system', actorId: actor.role };
