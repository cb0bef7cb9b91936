import { CaseEvent, type RecordedEvent } from '@pentad/protocol/case-event';
import { foldAll } from '@pentad/protocol/case-fold';
import { isOver } from '@pentad/protocol/case-reading';
import { emptyCase, FOLD_VERSION, type CaseState } from '@pentad/protocol/case-state';
import type { CaseId } from '@pentad/protocol/ids';
import * as v from 'valibot';
import type { Tx } from '../db/transaction.ts';
import type { CasePlan, PlannedEvent } from './case-planner.ts';

interface CaseRow {
  state: CaseState;
  fold_version: number;
  case_seq: number;
}
interface EventRow {
  case_seq: number;
  recorded_at: Date;
  has_sealed: boolean;
  envelope: unknown;
  clinical: unknown;
}

const readEvent = (row: EventRow): RecordedEvent => {
  const { envelope, clinical } = v.parse(CaseEvent, { envelope: row.envelope, clinical: row.clinical });
  return {
    caseSeq: row.case_seq,
    recordedAtMs: row.recorded_at.getTime(),
    hasSealed: row.has_sealed,
    envelope,
    clinical,
  };
};

export async function readEvents(tx: Tx, caseId: CaseId, afterSeq = 0): Promise<RecordedEvent[]> {
  const rows = await tx.prepared<EventRow>(
    'case-events',
    'SELECT case_seq, recorded_at, has_sealed, envelope, clinical FROM case_event WHERE case_id = $1 AND case_seq > $2 ORDER BY case_seq',
    [caseId, afterSeq],
  );
  return rows.map(readEvent);
}

/** The stored projection; one made by another fold version is folded again from the log. */
async function stateOf(tx: Tx, caseId: CaseId, row: CaseRow | undefined): Promise<CaseState | null> {
  if (!row) return null;
  return row.fold_version === FOLD_VERSION ? row.state : foldAll(caseId, await readEvents(tx, caseId));
}

export async function readCase(tx: Tx, caseId: CaseId): Promise<CaseState | null> {
  const rows = await tx.prepared<CaseRow>(
    'case-read',
    'SELECT state, fold_version, case_seq FROM cases WHERE case_id = $1',
    [caseId],
  );
  return stateOf(tx, caseId, rows[0]);
}

/** Takes the case's row lock until commit. A case never heard of is opened by its first event, whatever its kind. */
export async function lockCase(tx: Tx, caseId: CaseId): Promise<CaseState | null> {
  const rows = await tx.prepared<CaseRow>(
    'case-lock',
    'SELECT state, fold_version, case_seq FROM cases WHERE case_id = $1 FOR UPDATE',
    [caseId],
  );
  return stateOf(tx, caseId, rows[0]);
}

/** Creates and locks the row of a new case, or locks the one another writer has just created. */
export async function lockOrOpenCase(tx: Tx, caseId: CaseId, atMs: number): Promise<CaseState> {
  const found = await lockCase(tx, caseId);
  if (found) return found;
  tx.write(
    'case-open',
    `INSERT INTO cases (case_id, case_seq, fold_version, state, vehicle_id, status, is_over, opened_at, changed_at)
     VALUES ($1, 0, $2, $3, NULL, 'opened', false, to_timestamp($4 / 1000.0), to_timestamp($4 / 1000.0)) ON CONFLICT DO NOTHING`,
    [caseId, FOLD_VERSION, JSON.stringify(emptyCase(caseId)), atMs],
  );
  return (await lockCase(tx, caseId)) ?? emptyCase(caseId);
}

export async function hasEvent(tx: Tx, eventId: string): Promise<boolean> {
  return (await tx.prepared('event-known', 'SELECT 1 FROM case_event WHERE event_id = $1', [eventId])).length > 0;
}

/** The log first, then the projection of the state; both under the row lock taken before. */
export function writeLog(tx: Tx, plan: CasePlan, nowMs: number): void {
  const { after } = plan;
  const each = <T>(read: (event: PlannedEvent) => T): T[] => plan.events.map(read);
  tx.write(
    'events-insert',
    `INSERT INTO case_event (case_id, case_seq, event_id, event_type, envelope, clinical, has_sealed, recorded_at, vehicle_id, epoch, seq)
     SELECT $1, n, e, t, env, cli, h, to_timestamp(r / 1000.0), v, ep, s
     FROM unnest($2::int[], $3::uuid[], $4::text[], $5::jsonb[], $6::jsonb[], $7::boolean[], $8::float8[], $9::text[], $10::uuid[], $11::bigint[])
       AS x(n, e, t, env, cli, h, r, v, ep, s)`,
    [
      after.caseId,
      each(({ recorded }) => recorded.caseSeq),
      each(({ recorded }) => recorded.envelope.eventId),
      each(({ recorded }) => recorded.envelope.type),
      each(({ recorded }) => JSON.stringify(recorded.envelope)),
      each(({ recorded }) => JSON.stringify(recorded.clinical)),
      each(({ recorded }) => recorded.hasSealed),
      each(({ recorded }) => recorded.recordedAtMs),
      each(({ source }) => source?.vehicle ?? null),
      each(({ source }) => source?.epoch ?? null),
      each(({ source }) => source?.seq ?? null),
    ],
  );
  tx.write(
    'case-update',
    `UPDATE cases SET case_seq = $2, fold_version = $3, state = $4, vehicle_id = $5, status = $6, is_over = $7,
       opened_at = to_timestamp($8 / 1000.0), changed_at = to_timestamp($9 / 1000.0) WHERE case_id = $1`,
    [
      after.caseId,
      after.caseSeq,
      FOLD_VERSION,
      JSON.stringify(after),
      after.vehicle,
      after.status,
      isOver(after),
      after.openedAtMs ?? nowMs,
      nowMs,
    ],
  );
}
