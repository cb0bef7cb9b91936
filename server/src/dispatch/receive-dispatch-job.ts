import type { DispatchJobInput } from '@pentad/protocol/dispatch-job';
import * as v from 'valibot';
import { REGION_CHAIN } from '../audit/audit-entry.ts';
import { writeAudit } from '../audit/audit-store.ts';
import { authorizeOwnPart, type CaseUnits } from '../cases/case-units.ts';
import type { PlanFactory } from '../cases/plan-factory.ts';
import type { Db, Tx } from '../db/transaction.ts';
import { systemActor } from '../platform/actor.ts';
import { DomainError } from '../platform/errors.ts';
import type { Logger } from '../platform/logger.ts';
import type { Clock, Ids } from '../platform/ports.ts';
import { openForCase, sealForCase } from '../vault/case-seal.ts';
import type { Vault } from '../vault/vault.ts';
import type { FoundVehicle, NamedVehicle } from '../vehicles/named-vehicle.ts';
import { admitJob, type AdmittedJob } from './admit-job.ts';
import {
  contentOf,
  contentText,
  derivedUuid,
  JobContent,
  plainText,
  type DispatchedJob,
  type JobOrigin,
  type ToWgs84,
} from './dispatch-job.ts';
import { lockOrAddJob, noteCaseRevision, updateJob, type JobRow } from './dispatch-job-store.ts';
import { timesWithin, type RefusedTime } from './dispatch-time.ts';
import { planDispatchJob, planWithdrawal } from './plan-dispatch-job.ts';
import { keepRefused } from './refused-row-store.ts';

const ingest = systemActor('ingest');
/** A telling that comes after a later one was written adds nothing any more; so many later ones are looked for. */
const LATER_TELLINGS = 32;

export interface DispatchPorts {
  readonly db: Db;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Logger;
  readonly vault: Vault;
  readonly units: CaseUnits;
  readonly plans: PlanFactory;
  /** vehicles' own look into the inventory. */
  readonly findVehicle: (tx: Tx, named: NamedVehicle) => Promise<FoundVehicle>;
  readonly toWgs84: ToWgs84;
}

export interface Admission extends Pick<AdmittedJob, 'state' | 'vehicle' | 'revision' | 'content'> {
  readonly row: JobRow;
}
interface Admitted extends AdmittedJob {
  readonly row: JobRow;
}

const jobPlace = (row: Pick<JobRow, 'caseId' | 'jobId'>) => ({
  caseId: row.caseId,
  place: `dispatch_job/${row.jobId}`,
});

/** What was told of a job so far; null: nothing yet. @throws DomainError when its case's key was dropped */
export async function readContent(tx: Tx, vault: Vault, row: JobRow): Promise<JobContent | null> {
  if (row.revision === 0) return null;
  const text = await openForCase(tx, vault, jobPlace(row), row.sealed);
  if (text === null) throw new DomainError('conflict', 'dispatch-job.gone', 'what was told of this job was erased');
  return v.parse(JobContent, JSON.parse(text.toString('utf8')));
}

const actionOf = ({ state, code }: AdmittedJob): string => {
  if (code !== null && state !== 'unmatched') return 'dispatch-job.refused';
  return state === 'taken' ? 'dispatch-job.received' : `dispatch-job.${state}`;
};

/** A time that was left out is kept, sealed, under the job it came with; told again it is the same row. */
function keepTimes(
  ports: DispatchPorts,
  tx: Tx,
  jobId: string,
  origin: JobOrigin,
  refused: readonly RefusedTime[],
): void {
  const { vault, log, clock } = ports;
  for (const { field, atMs: toldMs, code } of refused) {
    const refusedId = derivedUuid('dispatch-refused', jobId, field, String(toldMs));
    const raw = vault.sealRaw(`dispatch_refused/${refusedId}`, Buffer.from(JSON.stringify({ jobId, [field]: toldMs })));
    const { centre, source } = origin;
    keepRefused(tx, { refusedId, centre, source, code, raw, atMs: clock.nowMs() });
    log.warn('dispatch-job.time-refused', { jobId, refusedId, code });
  }
}

/** First transaction: the job's row says what it is now, whatever becomes of its case. */
async function admit(ports: DispatchPorts, tx: Tx, told: DispatchJobInput, origin: JobOrigin): Promise<Admitted> {
  const { vault, ids, clock, findVehicle, toWgs84 } = ports;
  const atMs = clock.nowMs();
  const { times, refused } = timesWithin(told.times, atMs);
  const job = { ...told, times };
  const { vehicleId, plate, callSign } = job.vehicle;
  const named = { vehicleId: plainText(vehicleId), plate: plainText(plate), callSign: plainText(callSign) };
  const found = await findVehicle(tx, named);
  const { centre, source } = origin;
  const fresh = { jobId: ids.next(), caseId: ids.next(), centre, jobNumber: job.jobNumber, source, atMs };
  const row = await lockOrAddJob(tx, fresh);
  keepTimes(ports, tx, row.jobId, origin, refused);
  const { state, vehicle, revision } = row;
  const known = { state, vehicle, revision, content: await readContent(tx, vault, row) };
  const admitted = admitJob(known, { content: contentOf(job, toWgs84), isWithdrawn: job.isWithdrawn, found });
  if (!admitted.isChanged && admitted.code === row.code) return { ...admitted, row };
  const sealed = admitted.isChanged
    ? await sealForCase(tx, vault, jobPlace(row), Buffer.from(contentText(admitted.content)))
    : row.sealed;
  const namedVehicle = named.vehicleId ?? named.plate ?? named.callSign;
  updateJob(tx, { ...admitted, jobId: row.jobId, namedVehicle, sealed, atMs });
  const entry = {
    chain: REGION_CHAIN,
    actorKind: 'system' as const,
    actorId: origin.actorId,
    action: actionOf(admitted),
  };
  writeAudit(tx, [{ ...entry, objectId: row.jobId, caseId: row.caseId, purpose: 'coordination' }], clock, ids);
  return { ...admitted, row };
}

/**
 * Second transaction: the case; then the row notes that the case has it. What the first has and this has not is made good
 * when the job is told again, or by `writeCasesBehind`.
 */
export async function writeCaseOf(
  ports: DispatchPorts,
  admission: Admission,
  origin: Pick<JobOrigin, 'centre' | 'source'>,
): Promise<boolean> {
  const { row, revision, content, vehicle, state } = admission;
  if (vehicle === null) return false;
  const { jobId, caseId } = row;
  const idOf = (n: number) => derivedUuid('dispatch-job', jobId, String(n));
  const eventId = state === 'withdrawn' ? derivedUuid('dispatch-job', jobId, 'withdrawn') : idOf(revision);
  const later = new Set(Array.from({ length: LATER_TELLINGS }, (_, ahead) => idOf(revision + 1 + ahead)));
  const told = { jobId, eventId, centre: origin.centre, source: origin.source, vehicle, content };
  const outcome = await ports.units.change(ingest, {
    caseId,
    guard: { kind: 'event', eventId },
    mayOpen: state === 'taken',
    authorize: authorizeOwnPart,
    decide: (locked) => {
      const isOvertaken = locked.timeline.some((entry) => later.has(entry.eventId));
      if (isOvertaken) return { plan: null, result: null };
      const planner = ports.plans.begin(locked);
      if (state === 'withdrawn') planWithdrawal(planner, told);
      else planDispatchJob(planner, told);
      return { plan: planner.plan(), result: null };
    },
  });
  const isWritten = outcome.kind === 'decided' && outcome.isChanged;
  // A job that was withdrawn before its case was there has nothing to write; any other must have found its case.
  const isSettled = outcome.kind !== 'no-case' || state === 'withdrawn';
  if (isWritten || (isSettled && row.caseRevision < revision))
    await ports.db.withActor(ingest, (tx) => noteCaseRevision(tx, jobId, revision, isWritten));
  return isWritten;
}

/**
 * A job of the 120 dispatch centre, by whatever road: told once or many times, it is one row and one case. Every telling
 * is kept before anything is refused.
 * @throws DomainError conflict: `dispatch-job.vehicle-unknown`, `-revoked`, `-ambiguous`, `-not-named` (kept, waits for
 *   a telling that names its vehicle), `dispatch-job.vehicle-changed`, `dispatch-job.withdrawn`, `dispatch-job.gone`
 */
export async function receiveDispatchJob(
  ports: DispatchPorts,
  job: DispatchJobInput,
  origin: JobOrigin,
): Promise<DispatchedJob> {
  const admission = await ports.db.withActor(ingest, (tx) => admit(ports, tx, job, origin));
  const { row, state, code, isChanged } = admission;
  const { jobId } = row;
  if (code !== null) {
    ports.log.warn('dispatch-job.refused', { jobId, code });
    throw new DomainError('conflict', code, 'this job opens no case as it was told');
  }
  const isWritten = await writeCaseOf(ports, admission, origin);
  if (isChanged || isWritten) ports.log.info('dispatch-job.received', { jobId, state, source: origin.source });
  return { jobId, state, caseId: admission.vehicle === null ? null : row.caseId, isChanged: isChanged || isWritten };
}
