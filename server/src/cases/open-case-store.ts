import type { CaseState } from '@pentad/protocol/case-state';
import { CaseId } from '@pentad/protocol/ids';
import * as v from 'valibot';
import type { Tx } from '../db/transaction.ts';
import { readCase } from './case-store.ts';

const readIds = (rows: readonly { case_id: string }[]): CaseId[] => rows.map((row) => v.parse(CaseId, row.case_id));

/** Open cases of a vehicle, and those that ended within the hour: the crew still sees how they ended. */
export async function openCasesOfVehicle(tx: Tx, vehicle: string): Promise<CaseId[]> {
  return readIds(
    await tx.query(
      "SELECT case_id FROM cases WHERE vehicle_id = $1 AND (NOT is_over OR changed_at > now() - interval '1 hour') ORDER BY case_id",
      [vehicle],
    ),
  );
}

/** Open cases with their vehicles: what a new holder of a shard takes over. */
export const openCasesByVehicle = (tx: Tx): Promise<{ case_id: string; vehicle_id: string }[]> =>
  tx.query('SELECT case_id, vehicle_id FROM cases WHERE NOT is_over AND vehicle_id IS NOT NULL');

async function readAll(tx: Tx, ids: readonly CaseId[]): Promise<CaseState[]> {
  const states: CaseState[] = [];
  for (const caseId of ids) {
    const state = await readCase(tx, caseId);
    if (state) states.push(state);
  }
  return states;
}

const RECENT = "NOT is_over OR changed_at > now() - interval '15 minutes'";

export async function readRegionCases(tx: Tx): Promise<CaseState[]> {
  return readAll(
    tx,
    readIds(await tx.query(`SELECT case_id FROM cases WHERE ${RECENT} ORDER BY opened_at DESC LIMIT 500`)),
  );
}

export async function readDeskCases(tx: Tx, deskId: string): Promise<CaseState[]> {
  const rows = await tx.query<{ case_id: string }>(
    `SELECT DISTINCT c.case_id FROM cases c JOIN pre_alert_target t USING (case_id) WHERE t.desk_id = $1 AND (${RECENT}) LIMIT 200`,
    [deskId],
  );
  return readAll(tx, readIds(rows));
}
