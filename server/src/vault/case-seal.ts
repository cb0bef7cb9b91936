import type { Tx } from '../db/transaction.ts';
import type { Vault } from './vault.ts';
import { readWrappedKey, wrappedKeyOf } from './vault-store.ts';

/** Seals something that goes with a case and dies with its key. The case itself need not exist yet. */
export async function sealForCase(
  tx: Tx,
  vault: Vault,
  on: { readonly caseId: string; readonly place: string },
  plaintext: Buffer,
): Promise<Buffer> {
  const key = await wrappedKeyOf(tx, vault, 'case', on.caseId);
  return vault.seal(key, 'case', on.caseId, on.place, plaintext);
}

/** null: the case's key was dropped, and with it what it sealed. */
export async function openForCase(
  tx: Tx,
  vault: Vault,
  on: { readonly caseId: string; readonly place: string },
  ciphertext: Buffer,
): Promise<Buffer | null> {
  const key = await readWrappedKey(tx, 'case', on.caseId);
  return key === null ? null : vault.open(key, 'case', on.caseId, on.place, ciphertext);
}
