-- Content that is all here and has not the hash it is named by is not read again and again.
ALTER TABLE media ADD COLUMN mismatch_at timestamptz;
-- Retention reaches waveforms of a day no clock could have meant.
GRANT SELECT, DELETE ON telemetry_undated TO pentad_clock;
