import { deskIdOf, staffIdOf } from '@pentad/protocol/testing/boring-ids';
import type { StaffActor } from '../platform/actor.ts';

export const PASSWORD = 'correct horse';
export const PATIENT_NAME = '张建国';

type Line = 'desk' | 'first';
const staffOf = (
  n: number,
  name: string,
  role: StaffActor['role'],
  desk: number | null,
  line: Line = 'desk',
): StaffActor => ({
  kind: 'staff',
  staffId: staffIdOf(n),
  name,
  role,
  desks: desk === null ? [] : [{ deskId: deskIdOf(desk), line }],
});

/** Two hospitals with one chest-pain desk each (the second has a stroke center too), and everybody who might ask. */
export const people = {
  nurse: staffOf(1, '李护士', 'center-nurse', 1),
  doctor: staffOf(2, '王医生', 'center-specialist', 1, 'first'),
  otherNurse: staffOf(3, '赵护士', 'center-nurse', 2),
  supervisor: staffOf(4, '陈主任', 'regional-supervisor', null),
  dispatcher: staffOf(5, '周调度', 'dispatcher', null),
  auditor: staffOf(6, '吴审计', 'auditor', null),
  administrator: staffOf(7, '郑管理', 'administrator', null),
} as const;
export type PersonName = keyof typeof people;
