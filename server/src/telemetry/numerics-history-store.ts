import type { NumericsView } from '@pentad/protocol/console-feed';
import { CaseId, VehicleId } from '@pentad/protocol/ids';
import { noVitals, vitalNames, type Vitals } from '@pentad/protocol/vitals';
import * as v from 'valibot';
import type { Tx } from '../db/transaction.ts';
import { columnOf } from './telemetry-store.ts';

export interface HistoryWanted {
  readonly caseId: CaseId;
  /** The case's own vehicle: rows another one claimed for the case are never read. */
  readonly vehicle: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly maxRows: number;
}

interface Row {
  readonly case_id: string;
  readonly vehicle_id: string;
  readonly measured_at: Date;
  readonly received_at: Date;
  readonly is_backfill: boolean;
  readonly blood_pressure_at: Date | null;
  readonly temperature_at: Date | null;
  readonly [column: string]: unknown;
}

function viewOf(row: Row): NumericsView {
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

/** In measured order; when there are more than `maxRows`, every k-th as it was measured and the newest: no averages. */
export async function readHistory(tx: Tx, wanted: HistoryWanted): Promise<NumericsView[]> {
  const rows = await tx.prepared<Row>(
    'numerics-history',
    `SELECT * FROM (
       SELECT *, row_number() OVER (ORDER BY measured_at DESC, seq DESC) - 1 AS place, count(*) OVER () AS total
       FROM numerics WHERE case_id = $1 AND vehicle_id = $2
         AND day BETWEEN (to_timestamp($3 / 1000.0) AT TIME ZONE 'UTC')::date - 1 AND (to_timestamp($4 / 1000.0) AT TIME ZONE 'UTC')::date + 1
         AND measured_at BETWEEN to_timestamp($3 / 1000.0) AND to_timestamp($4 / 1000.0)
     ) AS x WHERE place % ceil(total / $5::numeric)::bigint = 0 ORDER BY measured_at, seq`,
    [wanted.caseId, wanted.vehicle, wanted.fromMs, wanted.toMs, wanted.maxRows],
  );
  return rows.map(viewOf);
}
