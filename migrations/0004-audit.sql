-- Rows are inserted in the writer's transaction, unchained; a leased chainer links committed rows (design decision 10).

CREATE TABLE audit_row (
  audit_id uuid PRIMARY KEY,
  chain text NOT NULL,
  at timestamptz NOT NULL,
  actor_kind text NOT NULL,
  actor_id text NOT NULL,
  action text NOT NULL,
  object_id text NOT NULL,
  case_id uuid,
  purpose text NOT NULL
);

CREATE TABLE audit_link (
  chain text NOT NULL,
  n bigint NOT NULL,
  audit_id uuid NOT NULL UNIQUE REFERENCES audit_row,
  hash bytea NOT NULL,
  linked_at timestamptz NOT NULL,
  PRIMARY KEY (chain, n)
);
