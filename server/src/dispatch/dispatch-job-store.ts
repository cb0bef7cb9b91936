import { CaseId } from '@pentad/protocol/ids';
import * as v from 'valibot';
import type { Tx } from '../db/transaction.ts';
import type { JobSource, JobState } from './dispatch-job.ts';

export interface JobRow {
  readonly jobId: string;
  readonly caseId: CaseId;
  readonly state: JobState;
  readonly vehicle: string | null;
  readonly code: string | null;
  readonly revision: number;
  readonly sealed: Buffer;
}

interface Columns {
  readonly job_id: string;
  readonly case_id: string;
  readonly state: JobState;
  readonly vehicle_id: string | null;
  readonly refused_code: string | null;
  readonly revision: number;
  readonly sealed: Buffer;
}

const columns = 'job_id, case_id, state, vehicle_id, refused_code, revision, sealed';
const readRow = (row: Columns): JobRow => ({
  jobId: row.job_id,
  caseId: v.parse(CaseId, row.case_id),
  state: row.state,
  vehicle: row.vehicle_id,
  code: row.refused_code,
  revision: row.revision,
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
  readonly received_at: Date;
  readonly changed_at: Date;
}

/** Jobs that nobody drives for, and jobs of which the last telling was not taken; newest first. */
export const jobsThatNeedSomebody = (tx: Tx, sinceMs: number): Promise<OpenJobRow[]> =>
  tx.query(
    `SELECT job_id, centre, job_number, state, named_vehicle, refused_code, received_at, changed_at FROM dispatch_job
     WHERE (state = 'unmatched' OR refused_code IS NOT NULL) AND changed_at > to_timestamp($1 / 1000.0)
     ORDER BY changed_at DESC LIMIT 200`,
    [sinceMs],
  );
