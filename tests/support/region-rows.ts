import pg from 'pg';

/** bigint and numeric come as text; ids and instants as the driver gives them. */
export interface EventRow {
  case_id: string;
  case_seq: number;
  event_id: string;
  event_type: string;
  envelope: object;
  clinical: object;
  has_sealed: boolean;
  recorded_at: Date;
  vehicle_id: string | null;
  epoch: string | null;
  seq: string | null;
}
export interface TelemetryRow {
  lane: 'vit' | 'pos';
  vehicle_id: string;
  epoch: string;
  seq: string;
  day: string;
  case_id: string | null;
  measured_at: Date;
  captured_at: Date;
  values: Record<string, number | null>;
}
export interface QuarantineRow {
  vehicle_id: string;
  epoch: string | null;
  lane: string;
  seq: string | null;
  code: string;
}
export interface TargetRow {
  target_id: string;
  pre_alert_id: string;
  case_id: string;
  specialty: string;
  desk_id: string;
  hospital_id: string;
  is_owner: boolean;
  is_ringing: boolean;
  has_pending_step: boolean;
}
export interface RegionRows {
  readonly events: readonly EventRow[];
  readonly cases: readonly { case_id: string; case_seq: number; state: object }[];
  readonly findings: readonly { case_id: string; rule_id: string; episode: number }[];
  readonly preAlerts: readonly { pre_alert_id: string; case_id: string; specialty: string; is_open: boolean }[];
  readonly targets: readonly TargetRow[];
  readonly access: ReadonlySet<string>;
  readonly telemetry: readonly TelemetryRow[];
  readonly undated: readonly { vehicle_id: string; epoch: string; lane: string; seq: string }[];
  readonly quarantine: readonly QuarantineRow[];
  readonly topics: readonly { topic: string; n: string; entries: string; first: string; last: string }[];
  readonly pointers: readonly {
    topic: string;
    n: string;
    pointer: { caseId: string; fromSeq: number; toSeq: number };
  }[];
  readonly audited: ReadonlyMap<string, number>;
}

const vitals = `'heartRateBpm', heart_rate_bpm, 'pulseRateBpm', pulse_rate_bpm, 'respiratoryRatePerMin', respiratory_rate_per_min,
  'spo2Percent', spo2_percent, 'systolicMmHg', systolic_mmhg, 'diastolicMmHg', diastolic_mmhg, 'meanMmHg', mean_mmhg,
  'temperatureC', temperature_c, 'etco2MmHg', etco2_mmhg, 'fio2Percent', fio2_percent`;
const head = "vehicle_id, replace(epoch::text, '-', '') AS epoch, seq, day::text, case_id, measured_at, captured_at";

/** The whole region as one snapshot, read as superuser: what the invariants are checked on. */
export async function readRegionRows(adminUrl: string): Promise<RegionRows> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  const rows = async <Row extends pg.QueryResultRow>(text: string): Promise<Row[]> =>
    (await client.query<Row>(text)).rows;
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const access = await rows<{ key: string }>(
      "SELECT case_id || '/' || hospital_id || '/' || specialty AS key FROM case_access",
    );
    const audited = await rows<{ object_id: string; count: string }>(
      'SELECT object_id, count(*) FROM audit_row GROUP BY 1',
    );
    return {
      events: await rows(
        `SELECT case_id, case_seq, event_id, event_type, envelope, clinical, has_sealed, recorded_at, vehicle_id,
           replace(epoch::text, '-', '') AS epoch, seq FROM case_event ORDER BY case_id, case_seq`,
      ),
      cases: await rows('SELECT case_id, case_seq, state FROM cases'),
      findings: await rows('SELECT case_id, rule_id, episode FROM finding'),
      preAlerts: await rows('SELECT pre_alert_id, case_id, specialty, is_open FROM pre_alert'),
      targets: await rows(
        `SELECT t.*, d.hospital_id, EXISTS (SELECT 1 FROM due_step s WHERE s.target_id = t.target_id
           AND s.fired_at IS NULL AND s.withdrawn_at IS NULL) AS has_pending_step FROM pre_alert_target t JOIN desk d USING (desk_id)`,
      ),
      access: new Set(access.map((row) => row.key)),
      telemetry: [
        ...(await rows<TelemetryRow>(
          `SELECT 'vit' AS lane, ${head}, json_build_object(${vitals}) AS values FROM numerics`,
        )),
        ...(await rows<TelemetryRow>(
          `SELECT 'pos' AS lane, ${head}, json_build_object('latitudeDeg', latitude_deg, 'longitudeDeg', longitude_deg,
             'speedMps', speed_mps, 'headingDeg', heading_deg, 'accuracyM', accuracy_m) AS values FROM positions`,
        )),
      ],
      undated: await rows(
        "SELECT vehicle_id, replace(epoch::text, '-', '') AS epoch, lane, seq FROM telemetry_undated",
      ),
      quarantine: await rows(
        "SELECT vehicle_id, replace(epoch::text, '-', '') AS epoch, lane, seq, code FROM quarantine",
      ),
      topics: await rows(
        `SELECT topic, t.n, count(e.n) AS entries, min(e.n) AS first, max(e.n) AS last
         FROM feed_topic t LEFT JOIN feed_entry e USING (topic) GROUP BY topic, t.n`,
      ),
      pointers: await rows("SELECT topic, n, pointer FROM feed_entry WHERE topic LIKE 'case:%' ORDER BY topic, n"),
      audited: new Map(audited.map((row) => [row.object_id, Number(row.count)])),
    };
  } finally {
    await client.end();
  }
}

export function groupedBy<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
  return groups;
}
