import { deskIdOf, staffIdOf } from '@pentad/protocol/testing/boring-ids';
import type { StaffActor } from './actor.ts';

/** `desk` null: serves no desk. */
export const staffMember = (n: number, role: StaffActor['role'], desk: number | null): StaffActor => ({
  kind: 'staff',
  staffId: staffIdOf(n),
  name: `Person ${n}`,
  role,
  desks: desk === null ? [] : [{ deskId: deskIdOf(desk), line: 'desk' }],
});

export const nurse = staffMember(1, 'center-nurse', 1);
export const secondNurse = staffMember(2, 'center-nurse', 1);
export const specialist = staffMember(3, 'center-specialist', 1);
export const otherNurse = staffMember(4, 'center-nurse', 2);
export const supervisor = staffMember(5, 'regional-supervisor', null);
export const dispatcher = staffMember(6, 'dispatcher', null);
export const auditor = staffMember(7, 'auditor', null);
