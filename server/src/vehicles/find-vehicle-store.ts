import { VehicleId } from '@pentad/protocol/ids';
import * as v from 'valibot';
import type { Tx } from '../db/transaction.ts';
import type { FoundVehicle, NamedVehicle } from './named-vehicle.ts';

/** 苏E·12345, 苏E 12345 and 苏e-12345 are one plate. */
const plainPlate = (plate: string): string => plate.toUpperCase().replace(/[\s·•・.-]/gu, '');

/** Exactly one of the three names is looked at; none or two name nothing. A revoked vehicle never hides a standing one. */
export async function findVehicle(tx: Tx, named: NamedVehicle): Promise<FoundVehicle> {
  const given = [named.vehicleId, named.plate, named.callSign].filter((name) => name !== null);
  if (given.length === 0) return { kind: 'not-named' };
  if (given.length > 1) return { kind: 'ambiguous' };
  const plate = named.plate === null ? null : plainPlate(named.plate);
  const rows = await tx.query<{ vehicle_id: string; is_revoked: boolean }>(
    `SELECT vehicle_id, revoked_at IS NOT NULL AS is_revoked FROM vehicle
     WHERE vehicle_id = $1 OR translate(upper(plate), ' ·•・.-', '') = $2 OR call_sign_zh = $3 OR call_sign_en = $3`,
    [named.vehicleId, plate === '' ? null : plate, named.callSign],
  );
  const standing = rows.filter((row) => !row.is_revoked);
  const [only] = standing;
  if (standing.length > 1) return { kind: 'ambiguous' };
  if (only) return { kind: 'found', vehicle: v.parse(VehicleId, only.vehicle_id) };
  return { kind: rows.length > 0 ? 'revoked' : 'unknown' };
}
