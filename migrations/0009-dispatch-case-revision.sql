-- A job's row is committed before its case: which telling the case has got, so that one behind its row is seen and mended.
-- Of jobs from before this nothing is known: 0 has each of them looked at once, which changes nothing where all is well.
ALTER TABLE dispatch_job ADD COLUMN case_revision integer NOT NULL DEFAULT 0,
  ADD CHECK (case_revision BETWEEN 0 AND revision);
CREATE INDEX dispatch_job_behind ON dispatch_job (job_id) WHERE vehicle_id IS NOT NULL AND case_revision < revision;
