-- Who and where: installation, hospitals, centers, desks, staff, sessions, vehicles.

CREATE TABLE installation (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  kind text NOT NULL CHECK (kind IN ('demo', 'production')),
  name_zh text NOT NULL,
  name_en text NOT NULL,
  center_latitude_deg double precision NOT NULL,
  center_longitude_deg double precision NOT NULL,
  -- The restore generation that travels in every receipt; a restore writes a new one.
  horizon uuid NOT NULL DEFAULT gen_random_uuid(),
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE hospital (
  hospital_id text PRIMARY KEY CHECK (hospital_id ~ '^[a-z0-9][a-z0-9-]{1,39}$'),
  name_zh text NOT NULL,
  name_en text NOT NULL,
  phone text NOT NULL,
  latitude_deg double precision NOT NULL,
  longitude_deg double precision NOT NULL
);

CREATE TABLE center (
  hospital_id text NOT NULL REFERENCES hospital,
  specialty text NOT NULL CHECK (specialty IN ('chest-pain', 'stroke', 'trauma', 'neonate', 'maternal', 'emergency')),
  level text,
  PRIMARY KEY (hospital_id, specialty)
);

CREATE TABLE desk (
  desk_id text PRIMARY KEY CHECK (desk_id ~ '^[a-z0-9][a-z0-9-]{1,39}$'),
  hospital_id text NOT NULL REFERENCES hospital,
  name_zh text NOT NULL,
  name_en text NOT NULL,
  phone text NOT NULL,
  is_default boolean NOT NULL DEFAULT false,
  UNIQUE (desk_id, hospital_id)
);
CREATE UNIQUE INDEX desk_default ON desk (hospital_id) WHERE is_default;

-- A pre-alert target points at (desk, specialty): a wrong type at a wrong desk cannot be written (faults.md L12).
CREATE TABLE desk_center (
  desk_id text NOT NULL,
  hospital_id text NOT NULL,
  specialty text NOT NULL,
  PRIMARY KEY (desk_id, specialty),
  FOREIGN KEY (desk_id, hospital_id) REFERENCES desk (desk_id, hospital_id),
  FOREIGN KEY (hospital_id, specialty) REFERENCES center
);

CREATE TABLE staff (
  staff_id uuid PRIMARY KEY,
  login text NOT NULL UNIQUE,
  password_hash text NOT NULL,
  name_zh text NOT NULL,
  name_en text NOT NULL,
  role text NOT NULL CHECK (role IN ('center-nurse', 'center-specialist', 'dispatcher', 'regional-supervisor', 'auditor', 'administrator')),
  phone text NOT NULL DEFAULT '',
  disabled_at timestamptz
);

CREATE TABLE desk_member (
  staff_id uuid NOT NULL REFERENCES staff,
  desk_id text NOT NULL REFERENCES desk,
  line text NOT NULL CHECK (line IN ('desk', 'first', 'second', 'third', 'director')),
  PRIMARY KEY (staff_id, desk_id)
);

CREATE TABLE staff_session (
  token_hash bytea PRIMARY KEY,
  staff_id uuid NOT NULL REFERENCES staff,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  revoked_at timestamptz
);

CREATE TABLE ws_ticket (
  ticket_hash bytea PRIMARY KEY,
  token_hash bytea NOT NULL REFERENCES staff_session ON DELETE CASCADE,
  expires_at timestamptz NOT NULL
);

CREATE TABLE sign_in_failure (
  login text PRIMARY KEY,
  failures integer NOT NULL,
  last_at timestamptz NOT NULL
);

CREATE TABLE vehicle (
  vehicle_id text PRIMARY KEY CHECK (vehicle_id ~ '^[a-z0-9-]{8,40}$'),
  call_sign_zh text NOT NULL,
  call_sign_en text NOT NULL,
  plate text NOT NULL,
  home_hospital_id text REFERENCES hospital,
  nkey_public text NOT NULL UNIQUE,
  revoked_at timestamptz
);

CREATE TABLE vehicle_epoch (
  vehicle_id text NOT NULL REFERENCES vehicle,
  epoch uuid NOT NULL,
  first_heard_at timestamptz NOT NULL,
  last_heard_at timestamptz NOT NULL,
  PRIMARY KEY (vehicle_id, epoch)
);

CREATE TABLE vehicle_nonce (
  nonce_hash bytea PRIMARY KEY,
  expires_at timestamptz NOT NULL
);

CREATE TABLE vehicle_token (
  token_hash bytea PRIMARY KEY,
  vehicle_id text NOT NULL REFERENCES vehicle,
  expires_at timestamptz NOT NULL
);

CREATE TABLE server_instance (
  instance_id uuid PRIMARY KEY,
  beat_at timestamptz NOT NULL
);

CREATE TABLE shard_lease (
  shard smallint PRIMARY KEY CHECK (shard BETWEEN 0 AND 15),
  holder uuid,
  token bigint NOT NULL DEFAULT 0,
  expires_at timestamptz NOT NULL DEFAULT '-infinity'
);
INSERT INTO shard_lease (shard) SELECT generate_series(0, 15);

CREATE TABLE duty_lease (
  duty text PRIMARY KEY,
  holder uuid NOT NULL,
  expires_at timestamptz NOT NULL
);
