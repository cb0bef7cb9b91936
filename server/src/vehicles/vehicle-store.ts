import type { Vehicle } from '@pentad/protocol/http-api';
import { VehicleId } from '@pentad/protocol/ids';
import * as v from 'valibot';
import type { Tx } from '../db/transaction.ts';
import type { VehicleRow } from './known-vehicles.ts';

export async function readVehicleRows(tx: Tx): Promise<VehicleRow[]> {
  const rows = await tx.query<{ vehicle_id: string; nkey_public: string; is_revoked: boolean }>(
    'SELECT vehicle_id, nkey_public, revoked_at IS NOT NULL AS is_revoked FROM vehicle',
  );
  return rows.map((row) => ({ vehicleId: row.vehicle_id, nkeyPublic: row.nkey_public, isRevoked: row.is_revoked }));
}

export async function readVehicles(tx: Tx): Promise<Vehicle[]> {
  const rows = await tx.query<{ vehicle_id: string; call_sign_zh: string; call_sign_en: string; plate: string }>(
    'SELECT vehicle_id, call_sign_zh, call_sign_en, plate FROM vehicle WHERE revoked_at IS NULL ORDER BY call_sign_zh',
  );
  return rows.map((row) => ({
    vehicle: v.parse(VehicleId, row.vehicle_id),
    callSignZh: row.call_sign_zh,
    callSignEn: row.call_sign_en,
    plate: row.plate,
  }));
}

/** The journal this vehicle was last heard with: downlinks name it. */
export async function latestEpoch(tx: Tx, vehicle: string): Promise<string | null> {
  const rows = await tx.prepared<{ epoch: string }>(
    'vehicle-latest-epoch',
    "SELECT replace(epoch::text, '-', '') AS epoch FROM vehicle_epoch WHERE vehicle_id = $1 ORDER BY last_heard_at DESC LIMIT 1",
    [vehicle],
  );
  return rows[0]?.epoch ?? null;
}
