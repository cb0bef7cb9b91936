import type { OwnerTx } from '../db/migrate.ts';
import { gateFrom } from '../hospitals/gate.ts';
import type { Ids } from '../platform/ports.ts';
import type { County } from './county-file.ts';

/** A demo vehicle as enrolled: made once, kept with its key in the data directory. */
export interface EnrolledVehicle {
  readonly vehicle: string;
  readonly callSignZh: string;
  readonly callSignEn: string;
  readonly plate: string;
  readonly homeHospitalId: string;
  readonly nkeyPublic: string;
}

async function insertPlaces(tx: OwnerTx, county: County): Promise<void> {
  for (const hospital of county.hospitals) {
    await tx.query('INSERT INTO hospital VALUES ($1, $2, $3, $4, $5, $6)', [
      hospital.id,
      hospital.nameZh,
      hospital.nameEn,
      hospital.phone,
      hospital.lat,
      hospital.lon,
    ]);
    for (const center of hospital.centers)
      await tx.query('INSERT INTO center VALUES ($1, $2, $3)', [hospital.id, center.specialty, center.levelZh]);
    for (const desk of hospital.desks) {
      await tx.query('INSERT INTO desk VALUES ($1, $2, $3, $4, $5, $6)', [
        desk.id,
        hospital.id,
        desk.nameZh,
        desk.nameEn,
        desk.phone,
        desk.isDefault,
      ]);
      for (const specialty of desk.serves)
        await tx.query('INSERT INTO desk_center VALUES ($1, $2, $3)', [desk.id, hospital.id, specialty]);
    }
  }
}

/** Also in a demo made before there were gates; one that stands is left as it is. */
export async function seedGates(tx: OwnerTx, county: County): Promise<void> {
  for (const { id: hospitalId, lat, lon, gates } of county.hospitals)
    for (const told of gates) {
      const gate = gateFrom({ ...told, hospitalId }, { latitudeDeg: lat, longitudeDeg: lon });
      await tx.query(
        `INSERT INTO hospital_gate (gate_id, hospital_id, name_zh, name_en, ring, input_datum, kind)
         SELECT $1, h.hospital_id, $3, $4, $5, $6, $7 FROM hospital h JOIN installation i ON i.kind = 'demo' WHERE h.hospital_id = $2 ON CONFLICT DO NOTHING`,
        [gate.gateId, hospitalId, gate.nameZh, gate.nameEn, JSON.stringify(gate.ring), gate.inputDatum, gate.kind],
      );
    }
}

/** Also in a demo made before its spare vehicle was; one that stands is left as it is. */
async function seedVehicles(tx: OwnerTx, vehicles: readonly EnrolledVehicle[]): Promise<void> {
  for (const vehicle of vehicles) {
    await tx.query(
      `INSERT INTO vehicle (vehicle_id, call_sign_zh, call_sign_en, plate, home_hospital_id, nkey_public)
       SELECT $1, $2, $3, $4, $5, $6 WHERE EXISTS (SELECT 1 FROM installation WHERE kind = 'demo')
       AND EXISTS (SELECT 1 FROM hospital WHERE hospital_id = $5) ON CONFLICT DO NOTHING`,
      [
        vehicle.vehicle,
        vehicle.callSignZh,
        vehicle.callSignEn,
        vehicle.plate,
        vehicle.homeHospitalId,
        vehicle.nkeyPublic,
      ],
    );
  }
}

/**
 * Fills an empty database with the invented county, once. A database that has an installation is left
 * as it is, but for vehicles it does not know yet.
 * @returns whether anything was written
 */
export async function seedCounty(
  tx: OwnerTx,
  seed: { county: County; vehicles: readonly EnrolledVehicle[]; passwordHash: string; ids: Ids },
): Promise<boolean> {
  const { county, vehicles, passwordHash, ids } = seed;
  const { nameZh, nameEn, center } = county.county;
  const written = await tx.query(
    `INSERT INTO installation (kind, name_zh, name_en, center_latitude_deg, center_longitude_deg)
     VALUES ('demo', $1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING kind`,
    [nameZh, nameEn, center.lat, center.lon],
  );
  if (written.length > 0) await insertPlaces(tx, county);
  await seedVehicles(tx, vehicles);
  if (written.length === 0) return false;
  for (const person of county.people) {
    const staffId = ids.next();
    await tx.query(
      'INSERT INTO staff (staff_id, login, password_hash, name_zh, name_en, role, phone) VALUES ($1, $2, $3, $4, $5, $6, $7)',
      [staffId, person.login, passwordHash, person.displayZh, person.displayEn, person.role, person.phone],
    );
    for (const deskId of person.deskIds)
      await tx.query('INSERT INTO desk_member VALUES ($1, $2, $3)', [staffId, deskId, person.line ?? 'desk']);
  }
  return true;
}
