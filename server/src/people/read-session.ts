import { systemActor } from '../platform/actor.ts';
import type { PeoplePorts } from './people-ports.ts';
import { hashSecret } from './secret-token.ts';
import { readSessionRow } from './session-store.ts';
import type { SignedIn } from './staff.ts';

const api = systemActor('api');

/** Who a bearer secret speaks for now, read from the rows each time: role, desks and revocation take effect at once. */
export function readSession(ports: PeoplePorts, token: string): Promise<SignedIn | null> {
  return ports.db.withActor(api, (tx) => readSessionRow(tx, hashSecret(token), ports.clock.nowMs()));
}

/** The same by the session's key, for a socket that is open already. */
export function recheckSession(ports: PeoplePorts, sessionKey: string): Promise<SignedIn | null> {
  return ports.db.withActor(api, (tx) => readSessionRow(tx, Buffer.from(sessionKey, 'hex'), ports.clock.nowMs()));
}
