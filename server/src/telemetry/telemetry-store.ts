import { utcDay } from '@pentad/protocol/quantities';
import { vitalNames, type VitalName } from '@pentad/protocol/vitals';
import type { Tx } from '../db/transaction.ts';
import {
  isBackfill,
  isNumerics,
  isPosition,
  type NumericsEntry,
  type PositionEntry,
  type SeriesEntry,
  type TelemetryEntry,
} from '../uplink/uplink-entry.ts';

const DAY_MS = 86_400_000;

/** Decided from the item alone and the day it came: partitions exist for [-10, +3] days. */
export function isDated(item: { readonly day: string }, receivedAtMs: number): boolean {
  return item.day >= utcDay(receivedAtMs - 10 * DAY_MS) && item.day <= utcDay(receivedAtMs + 3 * DAY_MS);
}

export const columnOf: Record<VitalName, string> = {
  heartRateBpm: 'heart_rate_bpm',
  pulseRateBpm: 'pulse_rate_bpm',
  respiratoryRatePerMin: 'respiratory_rate_per_min',
  spo2Percent: 'spo2_percent',
  systolicMmHg: 'systolic_mmhg',
  diastolicMmHg: 'diastolic_mmhg',
  meanMmHg: 'mean_mmhg',
  temperatureC: 'temperature_c',
  etco2MmHg: 'etco2_mmhg',
  fio2Percent: 'fio2_percent',
};

export const headColumns =
  'day, vehicle_id, epoch, seq, case_id, measured_at, captured_at, received_at, monotonic_ms, boot_id, clock_offset_ms, clock_error_ms, is_backfill';
export const headArrays =
  '$1::date[], $2::text[], $3::uuid[], $4::bigint[], $5::uuid[], $6::float8[], $7::float8[], $8::float8[], $9::bigint[], $10::text[], $11::real[], $12::real[], $13::boolean[]';
export const headNames =
  'day, vehicle, epoch, seq, case_id, measured, captured, received, mono, boot, clock_offset, clock_error, backfill';
export const headSelect =
  'day, vehicle, epoch, seq, case_id, to_timestamp(measured / 1000.0), to_timestamp(captured / 1000.0), to_timestamp(received / 1000.0), mono, boot, clock_offset, clock_error, backfill';

export const head = (entries: readonly SeriesEntry[]): unknown[] => [
  entries.map(({ item }) => item.day),
  entries.map(({ item }) => item.vehicle),
  entries.map(({ item }) => item.epoch),
  entries.map(({ item }) => item.seq),
  entries.map(({ item }) => item.caseId),
  entries.map(({ item }) => item.measuredAtMs),
  entries.map(({ item }) => item.capturedAtMs),
  entries.map((entry) => entry.receivedAtMs),
  entries.map(({ item }) => item.monotonicMs),
  entries.map(({ item }) => item.bootId),
  entries.map(({ item }) => item.clock?.offsetMs ?? null),
  entries.map(({ item }) => item.clock?.errorMs ?? null),
  entries.map((entry) => isBackfill(entry.road)),
];

const vitalColumns = vitalNames.map((name) => columnOf[name]).join(', ');
const vitalArrays = vitalNames.map((_, index) => `$${15 + index}::real[]`).join(', ');
const timesAt = 15 + vitalNames.length;
const numericsSql = `INSERT INTO numerics (${headColumns}, patient_slot, ${vitalColumns}, blood_pressure_at, temperature_at)
  SELECT ${headSelect}, slot, ${vitalColumns}, to_timestamp(bp / 1000.0), to_timestamp(temp / 1000.0)
  FROM unnest(${headArrays}, $14::smallint[], ${vitalArrays}, $${timesAt}::float8[], $${timesAt + 1}::float8[])
    AS r(${headNames}, slot, ${vitalColumns}, bp, temp) ON CONFLICT DO NOTHING`;

const positionsSql = `INSERT INTO positions (${headColumns}, latitude_deg, longitude_deg, speed_mps, heading_deg, accuracy_m)
  SELECT ${headSelect}, lat, lon, speed, heading, accuracy
  FROM unnest(${headArrays}, $14::float8[], $15::float8[], $16::real[], $17::real[], $18::real[])
    AS r(${headNames}, lat, lon, speed, heading, accuracy) ON CONFLICT DO NOTHING`;

function insertNumerics(tx: Tx, entries: readonly NumericsEntry[]): void {
  if (entries.length === 0) return;
  tx.write('numerics', numericsSql, [
    ...head(entries),
    entries.map(({ item }) => item.patientSlot),
    ...vitalNames.map((name) => entries.map(({ item }) => item.vitals[name])),
    entries.map(({ item }) => item.times.bloodPressureAtMs),
    entries.map(({ item }) => item.times.temperatureAtMs),
  ]);
}

function insertPositions(tx: Tx, entries: readonly PositionEntry[]): void {
  if (entries.length === 0) return;
  tx.write('positions', positionsSql, [
    ...head(entries),
    entries.map(({ item }) => item.position.latitudeDeg),
    entries.map(({ item }) => item.position.longitudeDeg),
    entries.map(({ item }) => item.position.speedMps),
    entries.map(({ item }) => item.position.headingDeg),
    entries.map(({ item }) => item.position.accuracyM),
  ]);
  updateLastPositions(tx, entries);
}

/** The newest of the batch per vehicle, and only if newer than what stands: backfill never moves a unit back. */
function updateLastPositions(tx: Tx, entries: readonly PositionEntry[]): void {
  const newest = new Map<string, PositionEntry>();
  for (const entry of entries) {
    const known = newest.get(entry.item.vehicle);
    if (!known || known.item.measuredAtMs < entry.item.measuredAtMs) newest.set(entry.item.vehicle, entry);
  }
  const rows = [...newest.values()].sort((a, b) => (a.item.vehicle < b.item.vehicle ? -1 : 1));
  tx.write(
    'vehicle-position',
    `INSERT INTO vehicle_position SELECT v, to_timestamp(m / 1000.0), to_timestamp(r / 1000.0), lat, lon, speed, heading, accuracy
     FROM unnest($1::text[], $2::float8[], $3::float8[], $4::float8[], $5::float8[], $6::real[], $7::real[], $8::real[]) AS x(v, m, r, lat, lon, speed, heading, accuracy)
     ON CONFLICT (vehicle_id) DO UPDATE SET measured_at = EXCLUDED.measured_at, received_at = EXCLUDED.received_at,
       latitude_deg = EXCLUDED.latitude_deg, longitude_deg = EXCLUDED.longitude_deg, speed_mps = EXCLUDED.speed_mps,
       heading_deg = EXCLUDED.heading_deg, accuracy_m = EXCLUDED.accuracy_m WHERE vehicle_position.measured_at < EXCLUDED.measured_at`,
    [
      rows.map(({ item }) => item.vehicle),
      rows.map(({ item }) => item.measuredAtMs),
      rows.map((entry) => entry.receivedAtMs),
      rows.map(({ item }) => item.position.latitudeDeg),
      rows.map(({ item }) => item.position.longitudeDeg),
      rows.map(({ item }) => item.position.speedMps),
      rows.map(({ item }) => item.position.headingDeg),
      rows.map(({ item }) => item.position.accuracyM),
    ],
  );
}

/** Binary samples, where a whole item is kept as JSON, stand as base64. */
const asText = (_: string, value: unknown): unknown =>
  value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value;

export function insertUndated(tx: Tx, entries: readonly SeriesEntry[]): void {
  if (entries.length === 0) return;
  tx.write(
    'telemetry-undated',
    `INSERT INTO telemetry_undated (vehicle_id, epoch, lane, seq, received_at, item)
     SELECT v, e, l, s, to_timestamp(r / 1000.0), i FROM unnest($1::text[], $2::uuid[], $3::text[], $4::bigint[], $5::float8[], $6::jsonb[]) AS x(v, e, l, s, r, i)
     ON CONFLICT DO NOTHING`,
    [
      entries.map(({ item }) => item.vehicle),
      entries.map(({ item }) => item.epoch),
      entries.map(({ item }) => item.lane),
      entries.map(({ item }) => item.seq),
      entries.map((entry) => entry.receivedAtMs),
      entries.map(({ item }) => JSON.stringify(item, asText)),
    ],
  );
}

export const byKey = (a: SeriesEntry, b: SeriesEntry): number => {
  if (a.item.day !== b.item.day) return a.item.day < b.item.day ? -1 : 1;
  if (a.item.vehicle !== b.item.vehicle) return a.item.vehicle < b.item.vehicle ? -1 : 1;
  if (a.item.epoch !== b.item.epoch) return a.item.epoch < b.item.epoch ? -1 : 1;
  return a.item.seq - b.item.seq || (a.item.lane < b.item.lane ? -1 : 1);
};

/** One batch, sorted by key: unsorted overlapping batches of two writers deadlock. A row already there is stored already. */
export function insertTelemetry(tx: Tx, entries: readonly TelemetryEntry[]): void {
  const sorted = [...entries].sort(byKey);
  const dated = sorted.filter((entry) => isDated(entry.item, entry.receivedAtMs));
  insertNumerics(tx, dated.filter(isNumerics));
  insertPositions(tx, dated.filter(isPosition));
  insertUndated(
    tx,
    sorted.filter((entry) => !isDated(entry.item, entry.receivedAtMs)),
  );
}
