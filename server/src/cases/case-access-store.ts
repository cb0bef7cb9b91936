import type { CaseId } from '@pentad/protocol/ids';
import type { Tx } from '../db/transaction.ts';

/** Centers a case is open to, as `<hospital>.<specialty>`. */
export async function caseAccess(tx: Tx, caseId: CaseId): Promise<ReadonlySet<string>> {
  const rows = await tx.prepared<{ hospital_id: string; specialty: string }>(
    'case-access-read',
    'SELECT hospital_id, specialty FROM case_access WHERE case_id = $1',
    [caseId],
  );
  return new Set(rows.map((row) => `${row.hospital_id}.${row.specialty}`));
}
