import type { Position } from '@pentad/protocol/position';
import type { Tx } from '../db/transaction.ts';

interface PositionRow {
  readonly measured_at: Date;
  readonly latitude_deg: number;
  readonly longitude_deg: number;
  readonly speed_mps: number | null;
  readonly heading_deg: number | null;
  readonly accuracy_m: number | null;
}

/** Stored positions of one vehicle in measured order, the newest `limit`. `day` bounds the partitions that are opened. */
export async function positionsBetween(
  tx: Tx,
  wanted: { vehicle: string; fromMs: number; toMs: number; limit: number },
): Promise<{ measuredAtMs: number; position: Position }[]> {
  const rows = await tx.prepared<PositionRow>(
    'positions-between',
    `SELECT measured_at, latitude_deg, longitude_deg, speed_mps, heading_deg, accuracy_m FROM positions WHERE vehicle_id = $1
       AND day BETWEEN (to_timestamp($2 / 1000.0) AT TIME ZONE 'UTC')::date - 1 AND (to_timestamp($3 / 1000.0) AT TIME ZONE 'UTC')::date + 1
       AND measured_at BETWEEN to_timestamp($2 / 1000.0) AND to_timestamp($3 / 1000.0)
     ORDER BY measured_at DESC LIMIT $4`,
    [wanted.vehicle, wanted.fromMs, wanted.toMs, wanted.limit],
  );
  return rows
    .map((row) => ({
      measuredAtMs: row.measured_at.getTime(),
      position: {
        latitudeDeg: row.latitude_deg,
        longitudeDeg: row.longitude_deg,
        speedMps: row.speed_mps,
        headingDeg: row.heading_deg,
        accuracyM: row.accuracy_m,
      },
    }))
    .reverse();
}
