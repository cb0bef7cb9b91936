import { hash, verify } from '@node-rs/argon2';
import { randomBytes } from 'node:crypto';

/** argon2id at 19 MiB, two passes, one lane: OWASP Password Storage Cheat Sheet; also the library's default kind. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export const hashPassword = (password: string): Promise<string> => hash(password, cost);

let nobodysHash: Promise<string> | null = null;

/** Takes as long for nobody (null) as for somebody: no answer time tells whether a login exists. */
export async function passwordFits(passwordHash: string | null, password: string): Promise<boolean> {
  nobodysHash ??= hashPassword(randomBytes(16).toString('hex'));
  const isFit = await verify(passwordHash ?? (await nobodysHash), password);
  return isFit && passwordHash !== null;
}
