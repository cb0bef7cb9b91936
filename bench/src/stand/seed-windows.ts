import { caseIdOf, vehicleOf } from '../fleet/fleet.ts';
import type { Stand } from './stand.ts';

/** Numerics of the last `seconds` at 1 Hz of every vehicle, under its case, as the server stores them. */
export async function seedWindows(
  { sql }: Stand,
  { vehicles, seconds, epoch }: { vehicles: number; seconds: number; epoch: string },
): Promise<void> {
  const indexes = Array.from({ length: vehicles }, (_, index) => index);
  await sql.query(
    `INSERT INTO numerics (day, vehicle_id, epoch, seq, case_id, patient_slot, measured_at, captured_at, received_at, monotonic_ms, boot_id,
       clock_offset_ms, clock_error_ms, is_backfill, heart_rate_bpm, pulse_rate_bpm, respiratory_rate_per_min, spo2_percent, systolic_mmhg,
       diastolic_mmhg, mean_mmhg, temperature_c, etco2_mmhg, fio2_percent, blood_pressure_at, temperature_at)
     SELECT (at AT TIME ZONE 'UTC')::date, vehicle, $3, second, case_id, 1, at, at, at, second * 1000, 'boot-bench', 3, 12, false,
       72 + second % 19, 72 + second % 19, 14 + second % 4, 96 + second % 3, 118, 74, 90, 36.6, 35, 21, begun, begun
     FROM generate_series(1, $4::int) AS second, unnest($1::text[], $2::uuid[]) AS x(vehicle, case_id),
       LATERAL (SELECT date_trunc('second', now()) - make_interval(secs => $4 + 2) AS begun) AS b,
       LATERAL (SELECT begun + make_interval(secs => second) AS at) AS a
     ORDER BY second, vehicle`,
    [indexes.map(vehicleOf), indexes.map(caseIdOf), epoch, seconds],
  );
}
