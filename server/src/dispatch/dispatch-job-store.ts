import { CaseId } from '@pentad/protocol/ids';
import * as v from 'valibot';
import { classifySqlError } from '../db/sql-errors.ts';
import type { Tx } from '../db/transaction.ts';
import { DomainError } from '../platform/errors.ts';
import type { JobSource, JobState } from './dispatch-job.ts';

/** Worth telling the whole again: nothing is wrong with the job, something is away for a moment. */
export const isPassing = (error: unknown): boolean =>
  error instanceof DomainError ? error.kind === 'unavailable' : classifySqlError(error) === 'transient';

export interface JobRow {
  readonly jobId: string;
  readonly caseId: CaseId;
  readonly state: JobState;
  readonly vehicle: string | null;
  readonly code: string | null;
  readonly revision: number;
  /** The telling its case has got; behind `revision`, the case was not written yet. */
  readonly caseRevision: number;
  readonly sealed: Buffer;
}

interface Columns {
  readonly job_id: string;
  readonly case_id: string;
  readonly state: JobState;
  readonly vehicle_id: string | null;
  readonly refused_code: string | null;
  readonly revision: number;
  readonly case_revision: number;
  readonly sealed: Buffer;
}

const columns = 'job_id, case_id, state, vehicle_id, refused_code, revision, case_revision, sealed';
const readRow = (row: Columns): JobRow => ({
  jobId: row.job_id,
  caseId: v.parse(CaseId, row.case_id),
  state: row.state,
  vehicle: row.vehicle_id,
  code: row.refused_code,
  revision: row.revision,
  caseRevision: row.case_revision,
  sealed: row.sealed,
});

export interface NewJob {
  readonly jobId: string;
  readonly caseId: string;
  readonly centre: string;
  readonly jobNumber: string;
  readonly source: JobSource;
  readonly atMs: number;
}

/** The job's row, made where there is none (revision 0, nothing told yet) and locked until commit. */
export async function lockOrAddJob(tx: Tx, job: NewJob): Promise<JobRow> {
  await tx.prepared(
    'dispatch-job-add',
    `INSERT INTO dispatch_job (job_id, case_id, centre, job_number, source, state, revision, sealed, received_at, changed_at)
     VALUES ($1, $2, $3, $4, $5, 'unmatched', 0, '', to_timestamp($6 / 1000.0), to_timestamp($6 / 1000.0)) ON CONFLICT DO NOTHING`,
    [job.jobId, job.caseId, job.centre, job.jobNumber, job.source, job.atMs],
  );
  const [row] = await tx.prepared<Columns>(
    'dispatch-job-lock',
    `SELECT ${columns} FROM dispatch_job WHERE centre = $1 AND job_number = $2 FOR UPDATE`,
    [job.centre, job.jobNumber],
  );
  if (!row) throw new Error('the row of a dispatch job vanished between insert and read');
  return readRow(row);
}

export interface JobUpdate {
  readonly jobId: string;
  readonly state: JobState;
  readonly vehicle: string | null;
  readonly namedVehicle: string | null;
  readonly code: string | null;
  readonly revision: number;
  readonly sealed: Buffer;
  readonly atMs: number;
}

export function updateJob(tx: Tx, job: JobUpdate): void {
  tx.write(
    'dispatch-job-update',
    `UPDATE dispatch_job SET state = $2, vehicle_id = $3, named_vehicle = COALESCE($4, named_vehicle), refused_code = $5,
       revision = $6, sealed = $7, changed_at = to_timestamp($8 / 1000.0) WHERE job_id = $1`,
    [job.jobId, job.state, job.vehicle, job.namedVehicle, job.code, job.revision, job.sealed, job.atMs],
  );
}

/**
 * Notes which telling the case has got, after the case's own transaction. A telling that was written although a later one
 * had been noted (a withdrawal that found no case yet) takes the note back: the later one is then written again.
 */
export function noteCaseRevision(tx: Tx, jobId: string, revision: number, isWritten: boolean): void {
  tx.write(
    'dispatch-job-case-revision',
    `UPDATE dispatch_job SET case_revision = CASE WHEN $3 THEN $2 ELSE GREATEST(case_revision, $2) END WHERE job_id = $1`,
    [jobId, revision, isWritten],
  );
}

export interface JobBehind extends JobRow {
  readonly centre: string;
  readonly source: JobSource;
}

/** A job with a vehicle whose case lacks what its row says. */
const isBehind = 'vehicle_id IS NOT NULL AND case_revision < revision';

/** Those behind since before this instant, in the order of their ids; what was erased with its case's key is not behind. */
export async function jobsBehind(tx: Tx, beforeMs: number, afterJobId: string, limit: number): Promise<JobBehind[]> {
  const rows = await tx.prepared<Columns & { readonly centre: string; readonly source: JobSource }>(
    'dispatch-jobs-behind',
    `SELECT ${columns}, centre, source FROM dispatch_job
     WHERE ${isBehind} AND changed_at <= to_timestamp($1 / 1000.0) AND job_id > $2
       AND EXISTS (SELECT 1 FROM vault_key WHERE scope = 'case' AND scope_id = case_id::text)
     ORDER BY job_id LIMIT $3`,
    [beforeMs, afterJobId, limit],
  );
  return rows.map((row) => ({ ...readRow(row), centre: row.centre, source: row.source }));
}

export async function jobOfCase(tx: Tx, caseId: string): Promise<JobRow | null> {
  const [row] = await tx.prepared<Columns>(
    'dispatch-job-of-case',
    `SELECT ${columns} FROM dispatch_job WHERE case_id = $1`,
    [caseId],
  );
  return row ? readRow(row) : null;
}

export interface OpenJobRow {
  readonly job_id: string;
  readonly centre: string;
  readonly job_number: string;
  readonly state: JobState;
  readonly named_vehicle: string | null;
  readonly refused_code: string | null;
  readonly is_behind: boolean;
  readonly received_at: Date;
  readonly changed_at: Date;
}

/** Jobs that nobody drives for, jobs of which the last telling was not taken, and jobs whose case lacks it; newest first. */
export const jobsThatNeedSomebody = (tx: Tx, sinceMs: number): Promise<OpenJobRow[]> =>
  tx.query(
    `SELECT job_id, centre, job_number, state, named_vehicle, refused_code, ${isBehind} AS is_behind, received_at, changed_at
     FROM dispatch_job WHERE (state = 'unmatched' OR refused_code IS NOT NULL OR (${isBehind})) AND changed_at > to_timestamp($1 / 1000.0)
     ORDER BY changed_at DESC LIMIT 200`,
    [sinceMs],
  );
