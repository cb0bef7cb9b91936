import { auditActor, REGION_CHAIN } from '../audit/audit-entry.ts';
import { writeAudit } from '../audit/audit-store.ts';
import type { Db } from '../db/transaction.ts';
import { seesRegion, type StaffActor } from '../platform/actor.ts';
import { DomainError } from '../platform/errors.ts';
import type { Clock, Ids } from '../platform/ports.ts';
import type { JobState } from './dispatch-job.ts';
import { jobsThatNeedSomebody } from './dispatch-job-store.ts';

/** A job that opened no case, or whose last telling was not taken or is not in its case yet: what a coordinator needs to ring the centre up. */
export interface OpenDispatchJob {
  readonly jobId: string;
  readonly centre: string;
  readonly jobNumber: string;
  readonly state: JobState;
  readonly namedVehicle: string | null;
  readonly code: string | null;
  readonly receivedAtMs: number;
  readonly changedAtMs: number;
}

const LISTED_MS = 72 * 3_600_000;

function authorizeCoordinating(staff: StaffActor): void {
  if (!seesRegion(staff.role))
    throw new DomainError('forbidden', 'dispatch-jobs.role-refused', 'this role does not coordinate the region');
}

/** Nothing sealed is opened for it. @throws DomainError forbidden for who does not coordinate the region */
export async function listDispatchJobs(
  ports: { readonly db: Db; readonly clock: Clock; readonly ids: Ids },
  staff: StaffActor,
): Promise<OpenDispatchJob[]> {
  authorizeCoordinating(staff);
  const { clock, ids } = ports;
  return ports.db.withActor(staff, async (tx) => {
    const rows = await jobsThatNeedSomebody(tx, clock.nowMs() - LISTED_MS);
    const entry = { chain: REGION_CHAIN, ...auditActor(staff), action: 'dispatch-jobs.viewed', objectId: 'region' };
    writeAudit(tx, [{ ...entry, caseId: null, purpose: 'coordination' }], clock, ids);
    return rows.map((row) => ({
      jobId: row.job_id,
      centre: row.centre,
      jobNumber: row.job_number,
      state: row.state,
      namedVehicle: row.named_vehicle,
      code: row.refused_code ?? (row.is_behind ? 'dispatch-job.case-behind' : null),
      receivedAtMs: row.received_at.getTime(),
      changedAtMs: row.changed_at.getTime(),
    }));
  });
}
