import { holdDuty } from '../audit/audit-chain-store.ts';
import { systemActor } from '../platform/actor.ts';
import { errorFields } from '../platform/logger.ts';
import { jobsBehind, type JobBehind } from './dispatch-job-store.ts';
import { readContent, writeCaseOf, type DispatchPorts } from './receive-dispatch-job.ts';

const clockRole = systemActor('clock');
const ingest = systemActor('ingest');
const DUTY = 'dispatch-cases';
const LEASE_MS = 15_000;
/** So long whoever was told the job is at it. */
const SETTLE_MS = 10_000;
const PAGE = 50;
const FIRST_ID = '00000000-0000-0000-0000-000000000000';

async function writeOne(ports: DispatchPorts, row: JobBehind): Promise<void> {
  const content = await ports.db.withActor(ingest, (tx) => readContent(tx, ports.vault, row));
  if (content === null) return;
  const isWritten = await writeCaseOf(ports, { ...row, row, content }, row);
  if (isWritten) ports.log.warn('dispatch-job.case-mended', { jobId: row.jobId, revision: row.revision });
}

/**
 * Jobs whose row was committed and whose case was not (a crash between the two, a case that could not be written) are
 * written again. Nobody else does it: a centre that was told "taken", or a file that is done, is not told again. One that
 * fails is logged and left for the next turn; those behind it are written.
 */
export async function writeCasesBehind(ports: DispatchPorts, holder: string): Promise<void> {
  const { db, clock, log } = ports;
  const beforeMs = clock.nowMs() - SETTLE_MS;
  let after = FIRST_ID;
  for (;;) {
    if (!(await db.withActor(clockRole, (tx) => holdDuty(tx, DUTY, holder, LEASE_MS)))) return;
    const from = after;
    const rows = await db.withActor(ingest, (tx) => jobsBehind(tx, beforeMs, from, PAGE));
    for (const row of rows) {
      try {
        await writeOne(ports, row);
      } catch (error) {
        log.error('dispatch-job.case-behind', { jobId: row.jobId, ...errorFields(error) });
      }
    }
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = last.jobId;
  }
}
