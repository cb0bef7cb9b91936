import type { DispatchJobInput, JobCardText } from '@pentad/protocol/dispatch-job';
import type { CaseId } from '@pentad/protocol/ids';
import type { DispatchedJob, JobOrigin } from './dispatch-job.ts';

/** What the edges do with jobs: tell one, and read a vehicle the card of its own. */
export interface DispatchDoor {
  receive(job: DispatchJobInput, origin: JobOrigin): Promise<DispatchedJob>;
  readJobCard(vehicle: string, caseId: CaseId): Promise<JobCardText | null>;
}
