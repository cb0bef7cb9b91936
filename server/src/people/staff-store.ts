import { DutyLine } from '@pentad/protocol/center';
import { Role, type DemoIdentity } from '@pentad/protocol/http-api';
import { DeskId, StaffId } from '@pentad/protocol/ids';
import * as v from 'valibot';
import type { Tx } from '../db/transaction.ts';
import { chainOf, type Staff } from './staff.ts';

const StaffRow = v.object({
  staff_id: StaffId,
  name_zh: v.string(),
  role: Role,
  is_disabled: v.boolean(),
  password_hash: v.string(),
  desks: v.array(v.object({ deskId: DeskId, line: DutyLine, hospitalId: v.string() })),
});

/** Columns of a person with the desks they serve, for a query over `staff s`. */
export const staffColumns = `s.staff_id, s.name_zh, s.role, s.disabled_at IS NOT NULL AS is_disabled, s.password_hash,
  COALESCE((SELECT json_agg(json_build_object('deskId', m.desk_id, 'line', m.line, 'hospitalId', d.hospital_id) ORDER BY m.desk_id)
    FROM desk_member m JOIN desk d USING (desk_id) WHERE m.staff_id = s.staff_id), '[]') AS desks`;

export interface StaffWithHash extends Staff {
  readonly passwordHash: string;
}

export function readStaffRow(row: unknown): StaffWithHash {
  const { staff_id, name_zh, role, is_disabled, password_hash, desks } = v.parse(StaffRow, row);
  return {
    actor: {
      kind: 'staff',
      staffId: staff_id,
      name: name_zh,
      role,
      desks: desks.map(({ deskId, line }) => ({ deskId, line })),
    },
    isDisabled: is_disabled,
    chain: chainOf(desks.map((desk) => desk.hospitalId)),
    passwordHash: password_hash,
  };
}

export async function staffByLogin(tx: Tx, login: string): Promise<StaffWithHash | null> {
  const rows = await tx.prepared('staff-by-login', `SELECT ${staffColumns} FROM staff s WHERE s.login = $1`, [login]);
  return rows[0] ? readStaffRow(rows[0]) : null;
}

interface DemoRow {
  readonly login: string;
  readonly name_zh: string;
  readonly role: string;
  readonly desk_id: string | null;
  readonly place_zh: string;
  readonly place_en: string;
}

/** Everybody of a demo installation with one place each: their first desk, else the region. */
export async function demoStaff(tx: Tx): Promise<DemoIdentity[]> {
  const rows = await tx.query<DemoRow>(
    `SELECT s.login, s.name_zh, s.role, d.desk_id,
       COALESCE(h.name_zh || ' · ' || d.name_zh, i.name_zh) AS place_zh,
       COALESCE(h.name_en || ' · ' || d.name_en, i.name_en) AS place_en
     FROM staff s CROSS JOIN installation i
     LEFT JOIN LATERAL (SELECT desk.* FROM desk_member m JOIN desk USING (desk_id) WHERE m.staff_id = s.staff_id ORDER BY desk_id LIMIT 1) d ON true
     LEFT JOIN hospital h ON h.hospital_id = d.hospital_id
     WHERE s.disabled_at IS NULL ORDER BY d.desk_id NULLS LAST, s.role, s.login`,
  );
  return rows.map((row) => ({
    login: row.login,
    name: row.name_zh,
    role: v.parse(Role, row.role),
    deskId: row.desk_id === null ? null : v.parse(DeskId, row.desk_id),
    placeZh: row.place_zh,
    placeEn: row.place_en,
  }));
}
