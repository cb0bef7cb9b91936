import { createUser, type KeyPair } from '@nats-io/nkeys';
import { randomBytes } from 'node:crypto';
import * as v from 'valibot';
import type { Role } from '@pentad/protocol/http-api';
import { DeskId, HospitalId, VehicleId } from '@pentad/protocol/ids';
import pg from 'pg';
import { hashPassword } from '../../server/src/people/password.ts';
import { shardOf } from '../../server/src/shards/shard-of.ts';
import { newUuid } from './vehicle-capture.ts';

export const PASSWORD = 'a-password-of-the-fault-runs';
export const east = v.parse(HospitalId, 'east');
export const west = v.parse(HospitalId, 'west');
export const eastDesk = v.parse(DeskId, 'east-triage');
export const westDesk = v.parse(DeskId, 'west-triage');

export interface EnrolledVehicle {
  readonly vehicle: VehicleId;
  readonly key: KeyPair;
}

const specialties = ['chest-pain', 'stroke', 'trauma', 'emergency'];
const hospitals = [
  { id: east, deskId: eastDesk, latitudeDeg: 31.38 },
  { id: west, deskId: westDesk, latitudeDeg: 31.48 },
];
const people: readonly { login: string; role: Role; deskId: DeskId | null }[] = [
  { login: 'nurse-east', role: 'center-nurse', deskId: eastDesk },
  { login: 'doctor-east', role: 'center-specialist', deskId: eastDesk },
  { login: 'nurse-west', role: 'center-nurse', deskId: westDesk },
  { login: 'supervisor', role: 'regional-supervisor', deskId: null },
];

/** A vehicle of this shard: ids are random, so one is drawn until it falls there. */
export function makeVehicle(shard: number): EnrolledVehicle {
  for (;;) {
    const id = `veh-${randomBytes(6).toString('hex')}`;
    if (shardOf(id) === shard) return { vehicle: v.parse(VehicleId, id), key: createUser() };
  }
}

async function insertPlaces(client: pg.Client): Promise<void> {
  await client.query(
    `INSERT INTO installation (kind, name_zh, name_en, center_latitude_deg, center_longitude_deg)
     VALUES ('production', '试验区', 'Fault county', 31.38, 120.98)`,
  );
  for (const { id, deskId, latitudeDeg } of hospitals) {
    await client.query(
      `INSERT INTO hospital (hospital_id, name_zh, name_en, phone, latitude_deg, longitude_deg)
       VALUES ($1, $1, $1, '-', $2, 120.98)`,
      [id, latitudeDeg],
    );
    await client.query('INSERT INTO center (hospital_id, specialty) SELECT $1, unnest($2::text[])', [id, specialties]);
    await client.query(
      "INSERT INTO desk (desk_id, hospital_id, name_zh, name_en, phone, is_default) VALUES ($1, $2, $1, $1, '-', true)",
      [deskId, id],
    );
    await client.query('INSERT INTO desk_center (desk_id, hospital_id, specialty) SELECT $1, $2, unnest($3::text[])', [
      deskId,
      id,
      specialties,
    ]);
  }
}

async function insertPeople(client: pg.Client): Promise<void> {
  const passwordHash = await hashPassword(PASSWORD);
  for (const { login, role, deskId } of people) {
    const staffId = newUuid();
    await client.query(
      'INSERT INTO staff (staff_id, login, password_hash, name_zh, name_en, role) VALUES ($1, $2, $3, $2, $2, $4)',
      [staffId, login, passwordHash, role],
    );
    if (deskId === null) continue;
    await client.query("INSERT INTO desk_member (staff_id, desk_id, line) VALUES ($1, $2, 'desk')", [staffId, deskId]);
  }
}

/** Two hospitals with all specialties, their people and the vehicles, in an installation of kind production. */
export async function seedDirectory(adminUrl: string, vehicles: readonly EnrolledVehicle[]): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query('SET ROLE pentad_owner');
    await insertPlaces(client);
    await insertPeople(client);
    for (const { vehicle, key } of vehicles) {
      await client.query(
        `INSERT INTO vehicle (vehicle_id, call_sign_zh, call_sign_en, plate, home_hospital_id, nkey_public)
         VALUES ($1, $1, $1, '-', $2, $3)`,
        [vehicle, east, key.getPublicKey()],
      );
    }
  } finally {
    await client.end();
  }
}
