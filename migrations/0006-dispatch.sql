-- Jobs of the 120 dispatch centre: who may send them, what each was last told as, and what could not be taken.

-- A machine that may speak to this installation. The token is said once; two of one name are one centre changing tokens.
CREATE TABLE api_client (
  client_id uuid PRIMARY KEY,
  name text NOT NULL CHECK (name ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$'),
  kind text NOT NULL CHECK (kind IN ('dispatch')),
  token_sha256 bytea NOT NULL UNIQUE CHECK (octet_length(token_sha256) = 32),
  created_at timestamptz NOT NULL DEFAULT now(),
  revoked_at timestamptz
);

-- One row a job of a centre. `case_id` is chosen with the row and is a case only once a vehicle is known, so it points
-- nowhere before; what was told is sealed under that case's key from the first moment. `named_vehicle` is what the
-- centre called the vehicle, for the person who finds out which one it meant.
CREATE TABLE dispatch_job (
  job_id uuid PRIMARY KEY,
  centre text NOT NULL,
  job_number text NOT NULL,
  source text NOT NULL CHECK (source IN ('http', 'sql-view', 'csv')),
  state text NOT NULL CHECK (state IN ('unmatched', 'taken', 'withdrawn')),
  case_id uuid NOT NULL UNIQUE,
  vehicle_id text REFERENCES vehicle,
  named_vehicle text,
  refused_code text,
  -- How many times it was told with something new in it; names the event of each.
  revision integer NOT NULL,
  sealed bytea NOT NULL,
  received_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL,
  UNIQUE (centre, job_number),
  CHECK (state <> 'taken' OR vehicle_id IS NOT NULL)
);
CREATE INDEX dispatch_job_open ON dispatch_job (changed_at DESC) WHERE state = 'unmatched' OR refused_code IS NOT NULL;

-- A row of the view that could not be read, or only in part: whole, sealed with the installation's key, with its code.
CREATE TABLE dispatch_refused (
  refused_id uuid PRIMARY KEY,
  centre text NOT NULL,
  source text NOT NULL,
  code text NOT NULL,
  raw bytea NOT NULL,
  received_at timestamptz NOT NULL
);

-- How far a source has been read, in the words of its own database: no precision is lost on the way.
CREATE TABLE dispatch_cursor (
  source text PRIMARY KEY,
  changed_at text NOT NULL,
  job_number text NOT NULL
);

GRANT SELECT ON api_client, dispatch_job TO pentad_api;
GRANT SELECT, INSERT, UPDATE ON dispatch_job, dispatch_cursor TO pentad_ingest;
GRANT SELECT, INSERT ON dispatch_refused TO pentad_ingest;

ALTER TABLE dispatch_job ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY ingest_all ON dispatch_job TO pentad_ingest USING (true) WITH CHECK (true);
-- Jobs without a case belong to no center: the region's coordinators alone look after them.
CREATE POLICY api_region ON dispatch_job FOR SELECT TO pentad_api USING ((SELECT actor_sees_region()));

-- Setting an installation up (a token given, a token taken back) leaves its rows in the trail as well.
CREATE POLICY owner_writes ON audit_row FOR INSERT TO pentad_owner WITH CHECK (true);
