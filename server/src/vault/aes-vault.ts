import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { DomainError } from '../platform/errors.ts';
import type { Vault, VaultScope } from './vault.ts';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;

function encrypt(key: Buffer, associated: string, plaintext: Buffer): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(associated));
  const body = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]);
}

function decrypt(key: Buffer, associated: string, sealed: Buffer): Buffer {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(Buffer.from(associated));
    decipher.setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
  } catch {
    throw new DomainError(
      'unavailable',
      'vault.sealed-content-unreadable',
      'sealed content does not open with its key and place',
    );
  }
}

/** @param keyEncryptionKey 32 bytes, kept outside the database */
export function createAesVault(keyEncryptionKey: Buffer): Vault {
  if (keyEncryptionKey.length !== KEY_BYTES) throw new TypeError('the key-encryption key has 32 bytes');
  const wrapPlace = (scope: VaultScope, scopeId: string) => `vault_key/${scope}/${scopeId}`;
  const unwrap = (wrapped: Buffer, scope: VaultScope, scopeId: string) =>
    decrypt(keyEncryptionKey, wrapPlace(scope, scopeId), wrapped);
  return {
    newWrappedKey: (scope, scopeId) => encrypt(keyEncryptionKey, wrapPlace(scope, scopeId), randomBytes(KEY_BYTES)),
    seal: (wrapped, scope, scopeId, place, plaintext) => encrypt(unwrap(wrapped, scope, scopeId), place, plaintext),
    open: (wrapped, scope, scopeId, place, ciphertext) => decrypt(unwrap(wrapped, scope, scopeId), place, ciphertext),
    sealRaw: (place, plaintext) => encrypt(keyEncryptionKey, place, plaintext),
    openRaw: (place, ciphertext) => decrypt(keyEncryptionKey, place, ciphertext),
  };
}
