import { encodeAccount, encodeOperator, type Account, type OperatorLimits, type SigningKey } from '@nats-io/jwt';
import { DOWN_SUBJECTS, listVehicleUpSubjects, mapRoadsToShards, UP_SUBJECTS } from './account-claims-subjects.ts';
import type { OperatorChain } from './operator-chain.ts';

export type JetStreamAllowance = { memoryBytes: number; diskBytes: number; streams: number; consumers: number };

/** Vehicle user keys (public) whose JWTs issued up to that second are refused. */
export type VehicleRevocations = Readonly<Record<string, number>>;

export const MAX_PAYLOAD_BYTES = 262_144;
const VEHICLE_SUBSCRIPTIONS = 16;
const UNLIMITED = -1;
const OPEN_LIMITS: OperatorLimits = {
  subs: UNLIMITED,
  data: UNLIMITED,
  payload: UNLIMITED,
  imports: UNLIMITED,
  exports: UNLIMITED,
  conn: UNLIMITED,
  leaf: 0,
  wildcards: true,
  disallow_bearer: true,
};

export function signOperatorClaims(chain: OperatorChain): Promise<string> {
  return encodeOperator('pentad', chain.operator, { system_account: chain.sysAccount.getPublicKey() });
}

export function signSysClaims(chain: OperatorChain): Promise<string> {
  return encodeAccount('SYS', chain.sysAccount, { limits: OPEN_LIMITS }, { signer: chain.operator });
}

/**
 * CORE: the server and the streams. Vehicles reach it only through the exports, so a reply subject a vehicle chooses
 * is never a subject of this account.
 */
export function signCoreClaims(chain: OperatorChain, allowance: JetStreamAllowance): Promise<string> {
  // The broker reads `mappings`; the types of the jwt package do not know it.
  const claims: Partial<Account> & { mappings: ReturnType<typeof mapRoadsToShards> } = {
    limits: {
      ...OPEN_LIMITS,
      mem_storage: allowance.memoryBytes,
      disk_storage: allowance.diskBytes,
      streams: allowance.streams,
      consumer: allowance.consumers,
    },
    exports: [
      { name: 'up', subject: UP_SUBJECTS, type: 'service', response_type: 'Singleton' },
      { name: 'dn', subject: DOWN_SUBJECTS, type: 'stream' },
    ],
    mappings: mapRoadsToShards(),
  };
  return encodeAccount('CORE', chain.coreAccount, claims, { signer: chain.operator });
}

/** FLEET: the vehicles, no JetStream. Rebuilt and pushed to the broker whenever a vehicle is revoked. */
export function signFleetClaims(chain: OperatorChain, revocations: VehicleRevocations): Promise<string> {
  const core = chain.coreAccount.getPublicKey();
  const claims: Partial<Account> = {
    limits: OPEN_LIMITS,
    imports: [
      { name: 'up', subject: UP_SUBJECTS, type: 'service', account: core },
      { name: 'dn', subject: DOWN_SUBJECTS, type: 'stream', account: core },
    ],
    signing_keys: [makeVehicleScope(chain)],
    revocations: { ...revocations },
  };
  return encodeAccount('FLEET', chain.fleetAccount, claims, { signer: chain.operator });
}

/**
 * What every vehicle may do; the broker puts the user's name in, which must therefore be one plain token. Written out,
 * because `newScopedSigner` adds `resp: { max: 0, ttl: 0 }`, which the broker reads as one reply to any subject.
 */
function makeVehicleScope(chain: OperatorChain): SigningKey {
  const vehicle = '{{name()}}';
  return {
    kind: 'user_scope',
    key: chain.vehicleSigner.getPublicKey(),
    role: 'vehicle',
    template: {
      pub: { allow: listVehicleUpSubjects(vehicle) },
      sub: { allow: [`pentad.v1.dn.${vehicle}.>`, `_INBOX.${vehicle}.>`] },
      subs: VEHICLE_SUBSCRIPTIONS,
      data: UNLIMITED,
      payload: MAX_PAYLOAD_BYTES,
      bearer_token: false,
      allowed_connection_types: ['STANDARD', 'WEBSOCKET'],
    },
  };
}
