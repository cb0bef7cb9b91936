/** Seals and opens what identifies a person. One key per scope id; dropping a key shreds what it sealed. */
export type VaultScope = 'case' | 'person';

export interface Vault {
  /** A new data key, wrapped by the key-encryption key that never enters the database. */
  newWrappedKey(scope: VaultScope, scopeId: string): Buffer;
  /** AES-256-GCM; `place` (table and row) is bound as associated data. */
  seal(wrappedKey: Buffer, scope: VaultScope, scopeId: string, place: string, plaintext: Buffer): Buffer;
  /** @throws DomainError vault.sealed-content-unreadable when key, place or content do not belong together */
  open(wrappedKey: Buffer, scope: VaultScope, scopeId: string, place: string, ciphertext: Buffer): Buffer;
  /** Seals with the installation's own key: raw messages in quarantine. */
  sealRaw(place: string, plaintext: Buffer): Buffer;
  openRaw(place: string, ciphertext: Buffer): Buffer;
}
