-- Gates of hospitals: where an ambulance's positions say that it has arrived.

-- `ring` is closed, [longitude, latitude] pairs in WGS-84 whatever it was told in; `input_datum` says what that was.
CREATE TABLE hospital_gate (
  gate_id text PRIMARY KEY CHECK (gate_id ~ '^[a-z0-9][a-z0-9-]{1,39}$'),
  hospital_id text NOT NULL REFERENCES hospital,
  name_zh text NOT NULL,
  name_en text NOT NULL,
  ring jsonb NOT NULL CHECK (jsonb_typeof(ring) = 'array' AND jsonb_array_length(ring) >= 4),
  input_datum text NOT NULL CHECK (input_datum IN ('wgs-84', 'gcj-02', 'bd-09')),
  kind text NOT NULL CHECK (kind IN ('ambulance', 'walk-in'))
);
CREATE INDEX hospital_gate_hospital ON hospital_gate (hospital_id);

GRANT SELECT ON hospital_gate TO pentad_api, pentad_ingest, pentad_clock, pentad_auditor;
GRANT INSERT, UPDATE ON hospital_gate TO pentad_api;

CREATE FUNCTION actor_is_administrator() RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM staff s WHERE s.staff_id = actor_staff_id() AND s.role = 'administrator')
$$;
GRANT EXECUTE ON FUNCTION actor_is_administrator TO pentad_api;

-- Read by all like the directory it belongs to; set by administrators alone, and by whoever sets an installation up.
ALTER TABLE hospital_gate ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY reads ON hospital_gate FOR SELECT TO pentad_api, pentad_ingest, pentad_clock, pentad_auditor USING (true);
CREATE POLICY sets ON hospital_gate FOR INSERT TO pentad_api WITH CHECK ((SELECT actor_is_administrator()));
CREATE POLICY changes ON hospital_gate FOR UPDATE TO pentad_api USING ((SELECT actor_is_administrator()))
  WITH CHECK ((SELECT actor_is_administrator()));
CREATE POLICY owner_all ON hospital_gate TO pentad_owner USING (true) WITH CHECK (true);
