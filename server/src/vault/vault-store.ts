import type { Tx } from '../db/transaction.ts';
import type { Vault, VaultScope } from './vault.ts';

/** The wrapped key of a scope, made at first use; two writers end with the same one. */
export async function wrappedKeyOf(tx: Tx, vault: Vault, scope: VaultScope, scopeId: string): Promise<Buffer> {
  const found = await readWrappedKey(tx, scope, scopeId);
  if (found) return found;
  await tx.prepared(
    'vault-key-insert',
    'INSERT INTO vault_key (scope, scope_id, wrapped) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
    [scope, scopeId, vault.newWrappedKey(scope, scopeId)],
  );
  const made = await readWrappedKey(tx, scope, scopeId);
  if (!made) throw new Error('vault key vanished between insert and read');
  return made;
}

export async function readWrappedKey(tx: Tx, scope: VaultScope, scopeId: string): Promise<Buffer | null> {
  const rows = await tx.prepared<{ wrapped: Buffer }>(
    'vault-key',
    'SELECT wrapped FROM vault_key WHERE scope = $1 AND scope_id = $2',
    [scope, scopeId],
  );
  return rows[0]?.wrapped ?? null;
}

export function insertSealedEvent(tx: Tx, caseId: string, caseSeq: number, ciphertext: Buffer): void {
  tx.write('sealed-event', 'INSERT INTO case_event_sealed (case_id, case_seq, ciphertext) VALUES ($1, $2, $3)', [
    caseId,
    caseSeq,
    ciphertext,
  ]);
}

export function insertIdentity(tx: Tx, personId: string, caseId: string, ciphertext: Buffer): void {
  tx.write(
    'person-identity',
    `INSERT INTO person_identity (person_id, case_id, ciphertext) VALUES ($1, $2, $3)
     ON CONFLICT (person_id, case_id) DO UPDATE SET ciphertext = EXCLUDED.ciphertext`,
    [personId, caseId, ciphertext],
  );
}

export async function readIdentity(tx: Tx, caseId: string): Promise<{ personId: string; ciphertext: Buffer } | null> {
  const rows = await tx.prepared<{ person_id: string; ciphertext: Buffer }>(
    'identity-read',
    'SELECT person_id, ciphertext FROM person_identity WHERE case_id = $1 LIMIT 1',
    [caseId],
  );
  return rows[0] ? { personId: rows[0].person_id, ciphertext: rows[0].ciphertext } : null;
}
