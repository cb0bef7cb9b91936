-- Time series beside the log, one partition a day. The lane is the table; the day is the item's own, fixed by the agent.

CREATE TABLE numerics (
  day date NOT NULL,
  vehicle_id text NOT NULL,
  epoch uuid NOT NULL,
  seq bigint NOT NULL,
  case_id uuid,
  patient_slot smallint,
  measured_at timestamptz NOT NULL,
  captured_at timestamptz NOT NULL,
  received_at timestamptz NOT NULL,
  monotonic_ms bigint NOT NULL,
  boot_id text NOT NULL,
  clock_offset_ms real,
  clock_error_ms real,
  is_backfill boolean NOT NULL,
  heart_rate_bpm real,
  pulse_rate_bpm real,
  respiratory_rate_per_min real,
  spo2_percent real,
  systolic_mmhg real,
  diastolic_mmhg real,
  mean_mmhg real,
  temperature_c real,
  etco2_mmhg real,
  fio2_percent real,
  blood_pressure_at timestamptz,
  temperature_at timestamptz,
  PRIMARY KEY (day, vehicle_id, epoch, seq)
) PARTITION BY RANGE (day);
CREATE INDEX numerics_case ON numerics (case_id, measured_at) WHERE case_id IS NOT NULL;

CREATE TABLE positions (
  day date NOT NULL,
  vehicle_id text NOT NULL,
  epoch uuid NOT NULL,
  seq bigint NOT NULL,
  case_id uuid,
  measured_at timestamptz NOT NULL,
  captured_at timestamptz NOT NULL,
  received_at timestamptz NOT NULL,
  monotonic_ms bigint NOT NULL,
  boot_id text NOT NULL,
  clock_offset_ms real,
  clock_error_ms real,
  is_backfill boolean NOT NULL,
  latitude_deg double precision NOT NULL,
  longitude_deg double precision NOT NULL,
  speed_mps real,
  heading_deg real,
  accuracy_m real,
  PRIMARY KEY (day, vehicle_id, epoch, seq)
) PARTITION BY RANGE (day);

-- A day outside [-10, +3] (a 1970 clock, a wild one) is kept here under the same key.
CREATE TABLE telemetry_undated (
  vehicle_id text NOT NULL,
  epoch uuid NOT NULL,
  lane text NOT NULL,
  seq bigint NOT NULL,
  received_at timestamptz NOT NULL,
  item jsonb NOT NULL,
  PRIMARY KEY (vehicle_id, epoch, lane, seq)
);

CREATE TABLE vehicle_position (
  vehicle_id text PRIMARY KEY,
  measured_at timestamptz NOT NULL,
  received_at timestamptz NOT NULL,
  latitude_deg double precision NOT NULL,
  longitude_deg double precision NOT NULL,
  speed_mps real,
  heading_deg real,
  accuracy_m real
);

-- What the agent declared it will never send: explicit rows, never silence.
CREATE TABLE lane_gap (
  vehicle_id text NOT NULL,
  epoch uuid NOT NULL,
  declared_seq bigint NOT NULL,
  lane text NOT NULL,
  from_seq bigint NOT NULL,
  to_seq bigint NOT NULL,
  cause text NOT NULL,
  declared_at timestamptz NOT NULL,
  PRIMARY KEY (vehicle_id, epoch, declared_seq, from_seq)
);

-- What could not be read, whole and encrypted, with the code that travelled in the receipt.
CREATE TABLE quarantine (
  quarantine_id uuid PRIMARY KEY,
  vehicle_id text NOT NULL,
  epoch uuid,
  lane text NOT NULL,
  seq bigint,
  code text NOT NULL,
  raw bytea NOT NULL,
  received_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX quarantine_key ON quarantine (vehicle_id, epoch, lane, seq) WHERE seq IS NOT NULL;

CREATE FUNCTION ensure_telemetry_partitions(first_day date, last_day date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
  d date := first_day;
  series text;
BEGIN
  WHILE d <= last_day LOOP
    FOREACH series IN ARRAY ARRAY['numerics', 'positions'] LOOP
      EXECUTE format('CREATE TABLE IF NOT EXISTS %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)',
        series || '_' || to_char(d, 'YYYYMMDD'), series, d, d + 1);
    END LOOP;
    d := d + 1;
  END LOOP;
END $$;
