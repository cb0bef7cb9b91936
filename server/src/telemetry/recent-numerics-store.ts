import { CaseId, VehicleId } from '@pentad/protocol/ids';
import type { NumericsView } from '@pentad/protocol/console-feed';
import { noVitals, vitalNames, type Vitals } from '@pentad/protocol/vitals';
import * as v from 'valibot';
import type { Tx } from '../db/transaction.ts';
import { columnOf } from './telemetry-store.ts';

export interface NumericsRow {
  readonly case_id: string;
  readonly vehicle_id: string;
  readonly measured_at: Date;
  readonly received_at: Date;
  readonly is_backfill: boolean;
  readonly blood_pressure_at: Date | null;
  readonly temperature_at: Date | null;
  readonly [column: string]: unknown;
}

export function numericsView(row: NumericsRow): NumericsView {
  const vitals: Vitals = { ...noVitals };
  for (const name of vitalNames) {
    const value = row[columnOf[name]];
    vitals[name] = typeof value === 'number' ? value : null;
  }
  return {
    caseId: v.parse(CaseId, row.case_id),
    vehicle: v.parse(VehicleId, row.vehicle_id),
    measuredAtMs: row.measured_at.getTime(),
    receivedAtMs: row.received_at.getTime(),
    vitals,
    times: {
      bloodPressureAtMs: row.blood_pressure_at?.getTime() ?? null,
      temperatureAtMs: row.temperature_at?.getTime() ?? null,
    },
    isBackfill: row.is_backfill,
  };
}

/**
 * Stored numerics of one case in measured order. The vehicle is named too: rows another vehicle claimed for the case
 * are never read. `day` bounds the partitions that are opened.
 */
export async function numericsBetween(
  tx: Tx,
  wanted: { caseId: CaseId; vehicle: string; fromMs: number; toMs: number; limit: number },
): Promise<NumericsView[]> {
  const rows = await tx.prepared<NumericsRow>(
    'numerics-between',
    `SELECT * FROM numerics WHERE case_id = $1 AND vehicle_id = $2
       AND day BETWEEN (to_timestamp($3 / 1000.0) AT TIME ZONE 'UTC')::date - 11 AND (to_timestamp($4 / 1000.0) AT TIME ZONE 'UTC')::date + 4
       AND measured_at BETWEEN to_timestamp($3 / 1000.0) AND to_timestamp($4 / 1000.0)
     ORDER BY measured_at DESC LIMIT $5`,
    [wanted.caseId, wanted.vehicle, wanted.fromMs, wanted.toMs, wanted.limit],
  );
  return rows.map(numericsView).reverse();
}
