import { Algorithms, encodeUser } from '@nats-io/jwt';
import { fromPublic, type KeyPair } from '@nats-io/nkeys';
import { VehicleId } from '@pentad/protocol/ids';
import * as v from 'valibot';
import { DomainError } from '../platform/errors.ts';
import type { OperatorChain } from './operator-chain.ts';

export type VehicleJwtRequest = {
  chain: OperatorChain;
  vehicleId: string;
  /** The public half of the key pair made in the vehicle (`U...`). */
  userPublicKey: string;
  /** Unix seconds. */
  expiresAtSeconds: number;
};

/**
 * Signs the JWT a vehicle connects with. Its permissions come from the scope in FLEET's claims. The broker puts the
 * name into subjects as it stands (a vehicle named `*` could publish as anyone), so the id is checked here.
 */
export async function signVehicleJwt(request: VehicleJwtRequest): Promise<string> {
  const { chain, vehicleId, userPublicKey, expiresAtSeconds } = request;
  if (!v.is(VehicleId, vehicleId)) {
    throw new DomainError('invalid', 'vehicle.id-malformed', 'a vehicle id is 8 to 40 of a-z, 0-9 and -');
  }
  return encodeUser(
    vehicleId,
    readUserKey(userPublicKey),
    fromPublic(chain.fleetAccount.getPublicKey()),
    {},
    { algorithm: Algorithms.v2, signer: chain.vehicleSigner, scopedUser: true, exp: expiresAtSeconds },
  );
}

function readUserKey(userPublicKey: string): KeyPair {
  try {
    if (userPublicKey.startsWith('U')) return fromPublic(userPublicKey);
  } catch {
    // refused below, like a well-formed key of another kind
  }
  throw new DomainError('invalid', 'vehicle.key-malformed', 'the public key of a vehicle is an nkey of kind U');
}
