import type { Tx } from '../db/transaction.ts';

const FREE_TRIES = 5;
const MAX_WAIT_S = 60;

/**
 * Counts a try before its password is looked at, so that many at once gain nothing. False: too soon after the last
 * one; such a try counts for nothing and does not lengthen the wait. The first five are free, then 1, 2, 4 .. 60 s.
 */
export async function countTry(tx: Tx, key: string, nowMs: number): Promise<boolean> {
  const rows = await tx.prepared(
    'sign-in-try',
    `INSERT INTO sign_in_failure AS f (login, failures, last_at) VALUES ($1, 1, to_timestamp($2 / 1000.0))
     ON CONFLICT (login) DO UPDATE SET failures = f.failures + 1, last_at = EXCLUDED.last_at
       WHERE f.failures < ${FREE_TRIES}
          OR f.last_at + least(${MAX_WAIT_S}, power(2, least(f.failures - ${FREE_TRIES}, 10))) * interval '1 second' <= EXCLUDED.last_at
     RETURNING 1`,
    [key, nowMs],
  );
  return rows.length > 0;
}

export async function forgetTries(tx: Tx, key: string): Promise<void> {
  await tx.prepared('sign-in-forget', 'UPDATE sign_in_failure SET failures = 0 WHERE login = $1', [key]);
}
