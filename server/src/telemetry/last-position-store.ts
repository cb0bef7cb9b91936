import type { Tx } from '../db/transaction.ts';
import type { LastPositions } from './last-positions.ts';

/** What other instances, or this one before its restart, have committed: an alert must find the nearest hospital at once. */
export async function loadLastPositions(tx: Tx, into: LastPositions): Promise<void> {
  const rows = await tx.query<{
    vehicle_id: string;
    measured_at: Date;
    latitude_deg: number;
    longitude_deg: number;
  }>('SELECT vehicle_id, measured_at, latitude_deg, longitude_deg FROM vehicle_position');
  for (const row of rows) {
    const position = { latitudeDeg: row.latitude_deg, longitudeDeg: row.longitude_deg };
    into.note({ vehicle: row.vehicle_id, measuredAtMs: row.measured_at.getTime(), position });
  }
}
