import { connect, jwtAuthenticator } from '@nats-io/transport-node';
import type { BrokerUser } from './operator-chain-users.ts';

/**
 * Tells the broker the account JWTs as PostgreSQL has them, before anything is consumed: a wiped resolver with an old
 * preload must not bring a revoked vehicle back (broker.md).
 */
export async function pushClaims(url: string, sysUser: BrokerUser, accountJwts: readonly string[]): Promise<void> {
  const connection = await connect({
    servers: url,
    authenticator: jwtAuthenticator(sysUser.jwt, sysUser.seed),
    timeout: 5_000,
    reconnect: false,
    waitOnFirstConnect: false,
  });
  try {
    for (const jwt of accountJwts) {
      const answer = await connection.request('$SYS.REQ.CLAIMS.UPDATE', jwt, { timeout: 5_000 });
      const { error } = answer.json<{ error?: unknown }>();
      if (error !== undefined) throw new Error('the broker refused an account claim');
    }
  } finally {
    await connection.close();
  }
}
