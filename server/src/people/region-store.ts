import type { UnitView } from '@pentad/protocol/console-feed';
import { CaseId, VehicleId } from '@pentad/protocol/ids';
import * as v from 'valibot';
import type { Tx } from '../db/transaction.ts';

interface Row {
  readonly vehicle_id: string;
  readonly measured_at: Date | null;
  readonly heard_at: Date | null;
  readonly latitude_deg: number | null;
  readonly longitude_deg: number | null;
  readonly speed_mps: number | null;
  readonly heading_deg: number | null;
  readonly accuracy_m: number | null;
  readonly case_id: string | null;
}

/** Every unit, with the case it is on only where the asking person may see that case (the policies decide). */
export async function readUnits(tx: Tx): Promise<UnitView[]> {
  const rows = await tx.query<Row>(
    `SELECT u.vehicle_id, p.measured_at, greatest(p.received_at, e.heard_at) AS heard_at, p.latitude_deg, p.longitude_deg,
       p.speed_mps, p.heading_deg, p.accuracy_m, c.case_id
     FROM vehicle u
     LEFT JOIN vehicle_position p USING (vehicle_id)
     LEFT JOIN (SELECT vehicle_id, max(last_heard_at) AS heard_at FROM vehicle_epoch GROUP BY vehicle_id) e USING (vehicle_id)
     LEFT JOIN (SELECT DISTINCT ON (vehicle_id) vehicle_id, case_id FROM cases WHERE NOT is_over ORDER BY vehicle_id, opened_at DESC) c
       USING (vehicle_id)
     WHERE u.revoked_at IS NULL ORDER BY u.vehicle_id`,
  );
  return rows.map((row) => ({
    vehicle: v.parse(VehicleId, row.vehicle_id),
    position:
      row.latitude_deg === null || row.longitude_deg === null
        ? null
        : {
            latitudeDeg: row.latitude_deg,
            longitudeDeg: row.longitude_deg,
            speedMps: row.speed_mps,
            headingDeg: row.heading_deg,
            accuracyM: row.accuracy_m,
          },
    measuredAtMs: row.measured_at?.getTime() ?? null,
    lastHeardAtMs: row.heard_at?.getTime() ?? null,
    caseId: row.case_id === null ? null : v.parse(CaseId, row.case_id),
  }));
}
