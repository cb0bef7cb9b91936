import type { CaseView } from '@pentad/protocol/case-view';
import type { Role, Session } from '@pentad/protocol/http-api';
import { REGION_CHAIN } from '../audit/audit-entry.ts';
import { seesRegion, type StaffActor } from '../platform/actor.ts';
import { DeskId } from '@pentad/protocol/ids';
import * as v from 'valibot';

export interface Staff {
  readonly actor: StaffActor;
  readonly isDisabled: boolean;
  /** The audit chain of the hospital they serve; the region's where they serve none. */
  readonly chain: string;
}

/** A person's sign-in as it stands now; `sessionKey` finds it again without holding the bearer secret. */
export interface SignedIn {
  readonly actor: StaffActor;
  readonly chain: string;
  readonly sessionKey: string;
  readonly expiresAtMs: number;
}

export const chainOf = (hospitalIds: readonly string[]): string => hospitalIds[0] ?? REGION_CHAIN;

export const sessionOf = ({ actor, expiresAtMs }: Pick<SignedIn, 'actor' | 'expiresAtMs'>): Session => ({
  staffId: actor.staffId,
  name: actor.name,
  role: actor.role,
  desks: actor.desks.map(({ deskId, line }) => ({ deskId: v.parse(DeskId, deskId), line })),
  expiresAtMs,
});

/** How much of a case a role is shown when it may see the case at all; null: never a case. */
export function caseVisibility(role: Role): CaseView['visibility'] | null {
  if (role === 'center-nurse' || role === 'center-specialist') return 'full';
  return seesRegion(role) ? 'masked' : null;
}
