import type { Visibility } from '@pentad/protocol/case-view';
import type { StaffActor } from '../platform/actor.ts';
import { DomainError } from '../platform/errors.ts';
import { caseVisibility } from './staff.ts';

/** What a case that does not exist and one that may not be seen have in common: the answer (faults.md H15). */
export const noSuchCase = (): DomainError => new DomainError('not-found', 'case.not-found', 'no such case');

/**
 * The role's half of the right to see a case; which cases is decided row by row by the database, from case_access.
 * @throws DomainError forbidden for a role that never sees one
 */
export function authorizeViewing(staff: StaffActor): Visibility {
  const visibility = caseVisibility(staff.role);
  if (visibility === null) throw new DomainError('forbidden', 'case.role-refused', 'this role sees no cases');
  return visibility;
}

/** Everybody signed in knows the region's places and vehicles; where units are now is for those who see cases. */
export const authorizeUnits = (staff: StaffActor): boolean => caseVisibility(staff.role) !== null;
