import type { DutyLine } from '@pentad/protocol/center';
import type { Role } from '@pentad/protocol/http-api';
import type { StaffId } from '@pentad/protocol/ids';

export interface StaffActor {
  readonly kind: 'staff';
  readonly staffId: StaffId;
  readonly name: string;
  readonly role: Role;
  readonly desks: readonly { readonly deskId: string; readonly line: DutyLine }[];
}

/** A part of the server itself, named by the database role it acts as. */
export interface SystemActor {
  readonly kind: 'system';
  readonly role: 'api' | 'ingest' | 'clock' | 'auditor';
}

export type Actor = StaffActor | SystemActor;

export const systemActor = (role: SystemActor['role']): SystemActor => ({ kind: 'system', role });

export const seesRegion = (role: Role): boolean => role === 'regional-supervisor' || role === 'dispatcher';
