import { CaseId } from '@pentad/protocol/ids';
import * as v from 'valibot';
import type { Tx } from '../db/transaction.ts';

/** The case of a target, as far as the asking person may see it; the policies answer, not this query. */
export async function caseOfTarget(tx: Tx, preAlertId: string, targetId: string): Promise<CaseId | null> {
  const rows = await tx.prepared<{ case_id: string }>(
    'case-of-target',
    'SELECT case_id FROM pre_alert_target WHERE target_id = $1 AND pre_alert_id = $2',
    [targetId, preAlertId],
  );
  return rows[0] ? v.parse(CaseId, rows[0].case_id) : null;
}

/** The hospital through which a person sees a case, for the audit chain; null for those who see the region. */
export async function hospitalOfReader(tx: Tx, caseId: CaseId, staffId: string): Promise<string | null> {
  const rows = await tx.prepared<{ hospital_id: string }>(
    'hospital-of-reader',
    `SELECT a.hospital_id FROM case_access a
     JOIN desk_center dc ON dc.hospital_id = a.hospital_id AND dc.specialty = a.specialty
     JOIN desk_member m ON m.desk_id = dc.desk_id
     WHERE a.case_id = $1 AND m.staff_id = $2 ORDER BY a.hospital_id LIMIT 1`,
    [caseId, staffId],
  );
  return rows[0]?.hospital_id ?? null;
}
