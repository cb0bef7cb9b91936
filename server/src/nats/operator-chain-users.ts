import { encodeUser } from '@nats-io/jwt';
import type { OperatorChain } from './operator-chain.ts';

/** What a client connects with: pass both to `jwtAuthenticator`. */
export type BrokerUser = { jwt: string; seed: Uint8Array };

/** The server's own user in CORE: streams, consumers, receipts. */
export async function signCoreUser(chain: OperatorChain): Promise<BrokerUser> {
  return { jwt: await encodeUser('pentad-server', chain.coreUser, chain.coreAccount), seed: chain.coreUser.getSeed() };
}

/** The user in SYS that pushes account claims (revocations) to the broker. */
export async function signSysUser(chain: OperatorChain): Promise<BrokerUser> {
  return { jwt: await encodeUser('pentad-sys', chain.sysUser, chain.sysAccount), seed: chain.sysUser.getSeed() };
}
