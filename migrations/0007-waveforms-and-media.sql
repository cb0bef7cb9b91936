-- Waveforms beside the numerics, one partition a day; pictures and documents by content, sealed under their case's key.

CREATE TABLE waveform (
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
  patient_slot smallint,
  kind text NOT NULL,
  samples_per_second real NOT NULL,
  leads jsonb NOT NULL,
  sample_count integer NOT NULL,
  samples bytea NOT NULL,
  PRIMARY KEY (day, vehicle_id, epoch, seq)
) PARTITION BY RANGE (day);
CREATE INDEX waveform_case ON waveform (case_id, measured_at) WHERE case_id IS NOT NULL;

-- What was offered under which key, for receipts; the content itself is kept once a case.
CREATE TABLE media_offer (
  vehicle_id text NOT NULL,
  epoch uuid NOT NULL,
  seq bigint NOT NULL,
  case_id uuid NOT NULL,
  sha256 text NOT NULL,
  byte_offset integer NOT NULL,
  received_at timestamptz NOT NULL,
  PRIMARY KEY (vehicle_id, epoch, seq)
);
CREATE TABLE media (
  case_id uuid NOT NULL,
  sha256 text NOT NULL,
  media_type text NOT NULL,
  total_bytes integer NOT NULL,
  first_chunk_at timestamptz NOT NULL,
  -- Every chunk is here and together they have the hash they are named by.
  stored_at timestamptz,
  PRIMARY KEY (case_id, sha256)
);
CREATE TABLE media_chunk (
  case_id uuid NOT NULL,
  sha256 text NOT NULL,
  byte_offset integer NOT NULL,
  bytes integer NOT NULL,
  ciphertext bytea STORAGE EXTERNAL NOT NULL,
  PRIMARY KEY (case_id, sha256, byte_offset, bytes)
);

CREATE OR REPLACE FUNCTION ensure_telemetry_partitions(first_day date, last_day date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
  d date := first_day;
  series text;
BEGIN
  WHILE d <= last_day LOOP
    FOREACH series IN ARRAY ARRAY['numerics', 'positions', 'waveform'] LOOP
      EXECUTE format('CREATE TABLE IF NOT EXISTS %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)',
        series || '_' || to_char(d, 'YYYYMMDD'), series, d, d + 1);
    END LOOP;
    d := d + 1;
  END LOOP;
END $$;

/* Retention: whole days of one series that ended before `before`. Returns the partitions dropped. */
CREATE FUNCTION drop_old_partitions(series text, before date) RETURNS SETOF text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
  part text;
BEGIN
  IF series NOT IN ('numerics', 'positions', 'waveform') THEN RAISE EXCEPTION 'not a series: %', series; END IF;
  FOR part IN SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = series::regclass AND c.relname ~ ('^' || series || '_\d{8}$')
      AND to_date(right(c.relname, 8), 'YYYYMMDD') < before ORDER BY 1 LOOP
    EXECUTE format('DROP TABLE %I', part);
    RETURN NEXT part;
  END LOOP;
END $$;
REVOKE EXECUTE ON FUNCTION drop_old_partitions FROM PUBLIC;
GRANT EXECUTE ON FUNCTION drop_old_partitions TO pentad_clock;

GRANT SELECT, INSERT ON waveform, media_offer, media_chunk TO pentad_ingest;
GRANT SELECT, INSERT, UPDATE ON media TO pentad_ingest;
GRANT SELECT ON waveform, media, media_chunk TO pentad_api;

DO $$
DECLARE
  t text;
  sees text;
BEGIN
  FOREACH t IN ARRAY ARRAY['waveform', 'media', 'media_chunk', 'media_offer'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY ingest_all ON %I TO pentad_ingest USING (true) WITH CHECK (true)', t);
    CONTINUE WHEN t = 'media_offer'; -- ingest's own bookkeeping
    sees := format('(SELECT actor_sees_region()) OR EXISTS (SELECT 1 FROM case_access a WHERE a.case_id = %I.case_id)', t);
    EXECUTE format('CREATE POLICY api_scope ON %I TO pentad_api USING (%s)', t, sees);
  END LOOP;
END $$;
