-- The server connects as a login that may become these roles and nothing more; none owns a table or bypasses a policy.

GRANT USAGE ON SCHEMA public TO pentad_api, pentad_ingest, pentad_clock, pentad_auditor;

GRANT SELECT ON installation, hospital, center, desk, desk_center, desk_member, vehicle TO pentad_api, pentad_ingest, pentad_clock, pentad_auditor;

-- ingest: the vehicles' lane and everything the alert loop writes.
GRANT SELECT, INSERT, UPDATE ON cases, finding, pre_alert, pre_alert_target, due_step, feed_topic, shard_lease,
  server_instance, vehicle_epoch, vehicle_position, vault_key, person_identity TO pentad_ingest;
GRANT SELECT, INSERT ON case_event, case_event_sealed, case_access, feed_entry, numerics, positions, telemetry_undated,
  lane_gap, quarantine TO pentad_ingest;
GRANT INSERT ON audit_row TO pentad_ingest;
GRANT SELECT ON desk_presence, staff TO pentad_ingest;
GRANT DELETE ON server_instance TO pentad_ingest;

-- api: what people do and read, row by row under the policies below.
GRANT SELECT, UPDATE ON cases, pre_alert, pre_alert_target, due_step, finding TO pentad_api;
GRANT INSERT ON pre_alert, pre_alert_target, due_step, finding, cases TO pentad_api;
GRANT SELECT, INSERT ON case_event, case_event_sealed, case_access, applied_op, feed_entry TO pentad_api;
GRANT SELECT, INSERT, UPDATE ON feed_topic, vault_key TO pentad_api;
GRANT SELECT ON numerics, positions, vehicle_position, person_identity, vehicle_epoch TO pentad_api;
GRANT INSERT ON audit_row TO pentad_api;
GRANT SELECT ON staff TO pentad_api;
GRANT SELECT, INSERT, UPDATE ON staff_session, sign_in_failure TO pentad_api;
GRANT SELECT, INSERT, DELETE ON ws_ticket, vehicle_nonce, vehicle_token TO pentad_api;
GRANT SELECT, INSERT, UPDATE, DELETE ON desk_presence TO pentad_api;

-- clock: ladders, chainer, trimming, partitions.
GRANT SELECT, INSERT, UPDATE ON cases, finding, pre_alert, pre_alert_target, due_step, outside_call, feed_topic, duty_lease TO pentad_clock;
GRANT SELECT, INSERT ON case_event, case_access, audit_link, case_event_sealed TO pentad_clock;
GRANT SELECT, INSERT, DELETE ON feed_entry TO pentad_clock;
GRANT SELECT, INSERT, UPDATE ON vault_key TO pentad_clock;
GRANT SELECT, DELETE ON staff_session, ws_ticket, vehicle_nonce, vehicle_token, desk_presence TO pentad_clock;
GRANT SELECT, INSERT ON audit_row TO pentad_clock;
GRANT EXECUTE ON FUNCTION ensure_telemetry_partitions TO pentad_clock;
REVOKE EXECUTE ON FUNCTION ensure_telemetry_partitions FROM PUBLIC;

-- auditor: reads the trail, no content.
GRANT SELECT ON audit_row, audit_link TO pentad_auditor;

CREATE FUNCTION actor_staff_id() RETURNS uuid LANGUAGE sql STABLE AS
$$ SELECT NULLIF(current_setting('pentad.staff_id', true), '')::uuid $$;

-- Region roles see every case; center staff only what case_access gives to a center their desk serves. The region's
-- half is an uncorrelated subquery (once a statement), the other leans on case_access' own policy: 29 ms instead of
-- 900 ms over 12,000 rows against a function call a row.
CREATE FUNCTION actor_sees_region() RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT 1 FROM staff s WHERE s.staff_id = actor_staff_id() AND s.role IN ('regional-supervisor', 'dispatcher')
  )
$$;
GRANT EXECUTE ON FUNCTION actor_staff_id, actor_sees_region TO pentad_api;

DO $$
DECLARE
  t text;
  sees text;
BEGIN
  FOREACH t IN ARRAY ARRAY['cases', 'case_event', 'case_event_sealed', 'person_identity', 'finding', 'pre_alert',
      'pre_alert_target', 'due_step', 'numerics', 'positions', 'case_access'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY ingest_all ON %I TO pentad_ingest USING (true) WITH CHECK (true)', t);
    EXECUTE format('CREATE POLICY clock_all ON %I TO pentad_clock USING (true) WITH CHECK (true)', t);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['cases', 'case_event', 'case_event_sealed', 'person_identity', 'finding', 'pre_alert',
      'pre_alert_target', 'numerics', 'positions'] LOOP
    sees := format('(SELECT actor_sees_region()) OR EXISTS (SELECT 1 FROM case_access a WHERE a.case_id = %I.case_id)', t);
    EXECUTE format('CREATE POLICY api_scope ON %I TO pentad_api USING (%s) WITH CHECK (%s)', t, sees, sees);
  END LOOP;
END $$;
CREATE POLICY api_scope ON due_step TO pentad_api
  USING (EXISTS (SELECT 1 FROM pre_alert_target t WHERE t.target_id = due_step.target_id))
  WITH CHECK (EXISTS (SELECT 1 FROM pre_alert_target t WHERE t.target_id = due_step.target_id));
-- case_access itself: a center reads its own rows; this is where scope is decided.
CREATE POLICY api_own ON case_access TO pentad_api USING (
  (SELECT actor_sees_region())
  OR EXISTS (
    SELECT 1 FROM desk_center dc JOIN desk_member m ON m.desk_id = dc.desk_id
    WHERE dc.hospital_id = case_access.hospital_id AND dc.specialty = case_access.specialty AND m.staff_id = actor_staff_id()
  )
) WITH CHECK (true);
-- The trail is written by all and read by the clock and the auditor; what a person's act was called is that person's.
ALTER TABLE audit_row ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY writes ON audit_row FOR INSERT TO pentad_api, pentad_ingest, pentad_clock WITH CHECK (true);
CREATE POLICY reads ON audit_row FOR SELECT TO pentad_clock, pentad_auditor USING (true);
ALTER TABLE applied_op ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON applied_op TO pentad_api USING (staff_id = actor_staff_id()) WITH CHECK (staff_id = actor_staff_id());
