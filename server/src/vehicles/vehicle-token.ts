import { decode, type User } from '@nats-io/jwt';
import { fromPublic } from '@nats-io/nkeys';
import { VehicleId } from '@pentad/protocol/ids';
import * as v from 'valibot';
import type { Db } from '../db/transaction.ts';
import type { Clock, Ids } from '../platform/ports.ts';

/** Public halves: who FLEET is and who signs vehicles in its name. */
export interface FleetKeys {
  readonly accountPublicKey: string;
  readonly signerPublicKeys: readonly string[];
}

export interface VehicleTokenPorts {
  readonly db: Db;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly fleet: FleetKeys;
}

export interface FleetClaims {
  readonly vehicle: VehicleId;
  readonly nkeyPublic: string;
}

/** Read by schema, although `decode` types them: the JWT comes from outside. */
const Claims = v.object({
  name: VehicleId,
  sub: v.pipe(v.string(), v.regex(/^U[A-Z2-7]{55}$/)),
  iss: v.string(),
  exp: v.pipe(v.number(), v.safeInteger()),
  nbf: v.optional(v.number(), 0),
  nats: v.object({ type: v.literal('user'), issuer_account: v.string() }),
});

/**
 * The vehicle a broker JWT names, or null: signature by one of FLEET's signers, in FLEET's name, in its time.
 * `decode` checks the signature against `iss`; that `iss` is ours is checked here.
 */
export function readFleetJwt(jwt: string, fleet: FleetKeys, nowMs: number): FleetClaims | null {
  let decoded: unknown;
  try {
    decoded = decode<User>(jwt);
  } catch {
    return null;
  }
  const claims = v.safeParse(Claims, decoded);
  if (!claims.success) return null;
  const { name, sub, iss, exp, nbf, nats } = claims.output;
  if (!fleet.signerPublicKeys.includes(iss) || nats.issuer_account !== fleet.accountPublicKey) return null;
  if (exp * 1_000 <= nowMs || nbf * 1_000 > nowMs) return null;
  return { vehicle: name, nkeyPublic: sub };
}

/** @param signature base64url of the nkey's signature over the nonce text */
export function isSignedBy(nkeyPublic: string, nonce: string, signature: string): boolean {
  try {
    return fromPublic(nkeyPublic).verify(new TextEncoder().encode(nonce), Buffer.from(signature, 'base64url'));
  } catch {
    return false;
  }
}
