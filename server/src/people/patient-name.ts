import type { CaseId } from '@pentad/protocol/ids';
import * as v from 'valibot';
import type { Tx } from '../db/transaction.ts';
import { DomainError } from '../platform/errors.ts';
import { identityPlace } from '../vault/seal-events.ts';
import type { ViewPorts } from './case-reads.ts';

const SealedIdentity = v.looseObject({ name: v.string() });

type NamePorts = Pick<ViewPorts, 'reads' | 'vault' | 'log'>;

/**
 * The patient's name as sealed, for a view; null where there is none, or its key was dropped. What does not open is
 * logged and shown as no name: a case is never kept from its desk by that.
 */
export async function readPatientName(
  tx: Tx,
  caseId: CaseId,
  { reads, vault, log }: NamePorts,
): Promise<string | null> {
  const identity = await reads.readIdentity(tx, caseId);
  if (!identity) return null;
  const { personId, ciphertext } = identity;
  const key = await reads.readWrappedKey(tx, 'person', personId);
  if (!key) return null;
  try {
    const plaintext = vault.open(key, 'person', personId, identityPlace(personId, caseId), ciphertext);
    const sealed = v.safeParse(SealedIdentity, JSON.parse(plaintext.toString('utf8')));
    return sealed.success ? sealed.output.name : null;
  } catch (error) {
    if (!(error instanceof DomainError) && !(error instanceof SyntaxError)) throw error;
    log.error('patient-name.unreadable', { caseId });
    return null;
  }
}
