import type pg from 'pg';
import { vehicleOf } from '../fleet/fleet.ts';

export const watcherLogin = (person: number): string => `bench-watch-${person + 1}`;
/** Ten pages a person are allowed. */
export const PAGES_A_PERSON = 8;
const PEOPLE = 8;

/**
 * The demo county's places and people, made a production installation (only that takes a database and a broker from
 * outside), with the vehicles of the bench, people of the region to watch with, and the tables of the baselines.
 */
export async function seedStand(sql: pg.Client, vehicles: number): Promise<void> {
  await sql.query("UPDATE installation SET kind = 'production'");
  await sql.query(
    `INSERT INTO vehicle (vehicle_id, call_sign_zh, call_sign_en, plate, nkey_public)
     SELECT v, v, v, v, 'bench-key-' || v FROM unnest($1::text[]) AS x(v)`,
    [Array.from({ length: vehicles }, (_, index) => vehicleOf(index))],
  );
  await sql.query(
    `INSERT INTO staff (staff_id, login, password_hash, name_zh, name_en, role)
     SELECT gen_random_uuid(), login, (SELECT password_hash FROM staff LIMIT 1), login, login, 'dispatcher' FROM unnest($1::text[]) AS x(login)`,
    [Array.from({ length: PEOPLE }, (_, person) => watcherLogin(person))],
  );
  await sql.query('CREATE SCHEMA bench');
  for (const table of ['floor', 'drizzle']) {
    await sql.query(
      `CREATE TABLE bench.${table} (LIKE numerics INCLUDING DEFAULTS, PRIMARY KEY (vehicle_id, epoch, seq))`,
    );
  }
}

/** A nurse's login of every desk that has one. */
export async function deskNurses(sql: pg.Client): Promise<{ login: string; deskId: string }[]> {
  const { rows } = await sql.query<{ login: string; desk_id: string }>(
    `SELECT DISTINCT ON (m.desk_id) s.login, m.desk_id FROM desk_member m JOIN staff s USING (staff_id)
     WHERE s.role = 'center-nurse' ORDER BY m.desk_id, s.login`,
  );
  return rows.map((row) => ({ login: row.login, deskId: row.desk_id }));
}
