-- One append-only log per case; everything else here is a projection of it, written in the same transaction.

CREATE TABLE cases (
  case_id uuid PRIMARY KEY,
  case_seq integer NOT NULL,
  fold_version integer NOT NULL,
  state jsonb NOT NULL,
  vehicle_id text REFERENCES vehicle,
  status text NOT NULL,
  is_over boolean NOT NULL,
  opened_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL
);
CREATE INDEX cases_open ON cases (changed_at DESC) WHERE NOT is_over;

CREATE TABLE case_event (
  case_id uuid NOT NULL REFERENCES cases,
  case_seq integer NOT NULL,
  event_id uuid NOT NULL UNIQUE,
  event_type text NOT NULL,
  envelope jsonb NOT NULL,
  clinical jsonb NOT NULL,
  has_sealed boolean NOT NULL,
  recorded_at timestamptz NOT NULL,
  -- The item that carried a crew's fact; null for what the server or a console wrote.
  vehicle_id text,
  epoch uuid,
  seq bigint,
  PRIMARY KEY (case_id, case_seq),
  UNIQUE (vehicle_id, epoch, seq)
);

CREATE TABLE case_event_sealed (
  case_id uuid NOT NULL,
  case_seq integer NOT NULL,
  ciphertext bytea NOT NULL,
  PRIMARY KEY (case_id, case_seq),
  FOREIGN KEY (case_id, case_seq) REFERENCES case_event
);

CREATE TABLE person_identity (
  person_id text NOT NULL,
  case_id uuid NOT NULL REFERENCES cases,
  ciphertext bytea NOT NULL,
  PRIMARY KEY (person_id, case_id)
);

-- One key per case and one per person, wrapped by a key that is not in the database. Dropping a row shreds.
CREATE TABLE vault_key (
  scope text NOT NULL CHECK (scope IN ('case', 'person')),
  scope_id text NOT NULL,
  wrapped bytea NOT NULL,
  PRIMARY KEY (scope, scope_id)
);

-- The only source of center scope, in code and in the policies below.
CREATE TABLE case_access (
  case_id uuid NOT NULL REFERENCES cases,
  hospital_id text NOT NULL,
  specialty text NOT NULL,
  granted_seq integer NOT NULL,
  granted_at timestamptz NOT NULL,
  PRIMARY KEY (case_id, hospital_id, specialty),
  FOREIGN KEY (hospital_id, specialty) REFERENCES center
);

CREATE TABLE finding (
  finding_id uuid PRIMARY KEY,
  case_id uuid NOT NULL REFERENCES cases,
  rule_id text NOT NULL,
  episode integer NOT NULL,
  raised_at timestamptz NOT NULL,
  is_ended boolean NOT NULL,
  UNIQUE (case_id, rule_id, episode)
);

CREATE TABLE pre_alert (
  pre_alert_id uuid PRIMARY KEY,
  case_id uuid NOT NULL REFERENCES cases,
  specialty text NOT NULL,
  tier text NOT NULL,
  is_open boolean NOT NULL,
  raised_at timestamptz NOT NULL,
  UNIQUE (pre_alert_id, specialty)
);
CREATE UNIQUE INDEX pre_alert_one_open ON pre_alert (case_id, specialty) WHERE is_open;

CREATE TABLE pre_alert_target (
  target_id uuid PRIMARY KEY,
  pre_alert_id uuid NOT NULL,
  case_id uuid NOT NULL REFERENCES cases,
  specialty text NOT NULL,
  desk_id text NOT NULL,
  is_owner boolean NOT NULL,
  is_ringing boolean NOT NULL,
  added_at timestamptz NOT NULL,
  FOREIGN KEY (pre_alert_id, specialty) REFERENCES pre_alert (pre_alert_id, specialty),
  FOREIGN KEY (desk_id, specialty) REFERENCES desk_center (desk_id, specialty)
);
CREATE UNIQUE INDEX pre_alert_target_one_owner ON pre_alert_target (pre_alert_id) WHERE is_owner;
CREATE INDEX pre_alert_target_desk ON pre_alert_target (desk_id, case_id);

-- Timers are rows. One row per step and round; fired once, by whoever claims it.
CREATE TABLE due_step (
  target_id uuid NOT NULL REFERENCES pre_alert_target,
  step text NOT NULL,
  round integer NOT NULL,
  due_at timestamptz NOT NULL,
  fired_at timestamptz,
  withdrawn_at timestamptz,
  PRIMARY KEY (target_id, step, round)
);
CREATE INDEX due_step_pending ON due_step (due_at) WHERE fired_at IS NULL AND withdrawn_at IS NULL;

CREATE TABLE outside_call (
  target_id uuid NOT NULL,
  step text NOT NULL,
  round integer NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  next_at timestamptz NOT NULL,
  done_at timestamptz,
  last_code text,
  PRIMARY KEY (target_id, step, round),
  FOREIGN KEY (target_id, step, round) REFERENCES due_step
);

CREATE TABLE applied_op (
  staff_id uuid NOT NULL REFERENCES staff,
  op_id text NOT NULL,
  case_id uuid NOT NULL REFERENCES cases,
  applied_at timestamptz NOT NULL,
  PRIMARY KEY (staff_id, op_id)
);

CREATE TABLE desk_presence (
  connection_id uuid PRIMARY KEY,
  desk_id text NOT NULL REFERENCES desk,
  staff_id uuid NOT NULL REFERENCES staff,
  is_visible boolean NOT NULL,
  can_sound boolean NOT NULL,
  beat_at timestamptz NOT NULL
);

-- Gapless per topic: n is taken by UPDATE .. RETURNING as the last statements of the writing transaction.
CREATE TABLE feed_topic (
  topic text PRIMARY KEY,
  n bigint NOT NULL
);
CREATE TABLE feed_entry (
  topic text NOT NULL,
  n bigint NOT NULL,
  at timestamptz NOT NULL,
  pointer jsonb NOT NULL,
  PRIMARY KEY (topic, n)
);
CREATE INDEX feed_entry_at ON feed_entry (at);
