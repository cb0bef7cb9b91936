import { isOver } from '@pentad/protocol/case-reading';
import type { CaseId } from '@pentad/protocol/ids';
import { caseReads } from './app-reads.ts';
import { caseAccess } from './cases/case-access-store.ts';
import { readCase } from './cases/case-store.ts';
import type { Tx } from './db/transaction.ts';
import { readPatientName } from './people/patient-name.ts';
import type { Logger } from './platform/logger.ts';
import type { Vault } from './vault/vault.ts';
import type { CaseRecord } from './ws/case-frames.ts';

/**
 * A case as pages need it; null: there is none. Access is read after the state: it is only ever added to, and one older
 * than the state would hide an alert from the desk it rings at.
 */
export async function readCaseRecord(
  tx: Tx,
  caseId: CaseId,
  { vault, log }: { readonly vault: Vault; readonly log: Logger },
): Promise<CaseRecord | null> {
  const state = await readCase(tx, caseId);
  if (!state) return null;
  const access = await caseAccess(tx, caseId);
  const isNamed = state.hasIdentity && !isOver(state);
  const patientName = isNamed ? await readPatientName(tx, caseId, { reads: caseReads, vault, log }) : null;
  return { state, patientName, access };
}
