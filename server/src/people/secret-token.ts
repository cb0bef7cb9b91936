import { createHash, randomBytes } from 'node:crypto';

/** A bearer secret: the text leaves once, only its hash is kept. */
export interface SecretToken {
  readonly text: string;
  readonly hash: Buffer;
}

const SECRET_BYTES = 32;

export const hashSecret = (text: string): Buffer => createHash('sha256').update(text).digest();

/** 32 random bytes as base64url. */
export function makeSecret(): SecretToken {
  const text = randomBytes(SECRET_BYTES).toString('base64url');
  return { text, hash: hashSecret(text) };
}
