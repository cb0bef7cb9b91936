import type { OwnerTx } from '../db/migrate.ts';
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

/**
 * Fills an empty database with the invented county, once. A database that has an installation is left
 * as it is.
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
  if (written.length === 0) return false;
  await insertPlaces(tx, county);
  for (const person of county.people) {
    const staffId = ids.next();
    await tx.query(
      'INSERT INTO staff (staff_id, login, password_hash, name_zh, name_en, role, phone) VALUES ($1, $2, $3, $4, $5, $6, $7)',
      [staffId, person.login, passwordHash, person.displayZh, person.displayEn, person.role, person.phone],
    );
    for (const deskId of person.deskIds)
      await tx.query('INSERT INTO desk_member VALUES ($1, $2, $3)', [staffId, deskId, person.line ?? 'desk']);
  }
  for (const vehicle of vehicles) {
    await tx.query(
      'INSERT INTO vehicle (vehicle_id, call_sign_zh, call_sign_en, plate, home_hospital_id, nkey_public) VALUES ($1, $2, $3, $4, $5, $6)',
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
  return true;
}
