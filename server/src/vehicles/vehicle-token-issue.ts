import type { VehicleToken, VehicleTokenInput } from '@pentad/protocol/http-api';
import { VehicleId } from '@pentad/protocol/ids';
import * as v from 'valibot';
import { REGION_CHAIN } from '../audit/audit-entry.ts';
import { writeAudit } from '../audit/audit-store.ts';
import { hashSecret, makeSecret } from '../people/secret-token.ts';
import { systemActor } from '../platform/actor.ts';
import { DomainError } from '../platform/errors.ts';
import type { VehicleRow } from './known-vehicles.ts';
import { insertNonce, insertToken, standingVehicle, takeNonce, vehicleOfToken } from './vehicle-token-store.ts';
import { isSignedBy, readFleetJwt, type VehicleTokenPorts } from './vehicle-token.ts';

const api = systemActor('api');
const NONCE_LIFE_MS = 60_000;
const TOKEN_LIFE_MS = 10 * 60_000;

/** For the vehicle to sign: proof that it holds its key now, not that somebody once saw its JWT. */
export async function issueVehicleNonce(ports: VehicleTokenPorts): Promise<{ nonce: string; expiresAtMs: number }> {
  const nonce = makeSecret();
  const nowMs = ports.clock.nowMs();
  const expiresAtMs = nowMs + NONCE_LIFE_MS;
  await ports.db.withActor(api, (tx) => insertNonce(tx, nonce.hash, expiresAtMs, nowMs));
  return { nonce: nonce.text, expiresAtMs };
}

/**
 * The second path's ticket: JWT of our fleet, fresh nonce signed with the key in the vehicle's row. The nonce is
 * spent whatever comes of it. @throws DomainError unauthenticated, one code for every reason
 */
export async function issueVehicleToken(
  ports: VehicleTokenPorts,
  input: v.InferOutput<typeof VehicleTokenInput>,
): Promise<v.InferOutput<typeof VehicleToken>> {
  const nowMs = ports.clock.nowMs();
  const claims = readFleetJwt(input.jwt, ports.fleet, nowMs);
  const isSigned = claims !== null && isSignedBy(claims.nkeyPublic, input.nonce, input.signature);
  const token = makeSecret();
  const expiresAtMs = nowMs + TOKEN_LIFE_MS;
  const vehicle = await ports.db.withActor(api, async (tx) => {
    const isFresh = await takeNonce(tx, hashSecret(input.nonce), nowMs);
    const row = isFresh && isSigned ? await standingVehicle(tx, claims.vehicle) : null;
    const granted = row && row.nkeyPublic === claims?.nkeyPublic ? row.vehicleId : null;
    if (granted !== null) await insertToken(tx, { tokenHash: token.hash, vehicle: granted, expiresAtMs, nowMs });
    const vehicleName = granted ?? claims?.vehicle ?? 'unknown';
    const action = granted === null ? 'vehicle-token.refused' : 'vehicle-token.issued';
    const who = { chain: REGION_CHAIN, actorKind: 'vehicle' as const, actorId: vehicleName, objectId: vehicleName };
    writeAudit(tx, [{ ...who, action, caseId: null, purpose: 'sign-in' }], ports.clock, ports.ids);
    return granted;
  });
  if (vehicle === null)
    throw new DomainError('unauthenticated', 'vehicle-token.refused', 'the vehicle is not recognised');
  return { token: token.text, expiresAtMs, vehicle: v.parse(VehicleId, vehicle) };
}

/** The vehicle a token speaks for, or null. Looked up each time: a revoked vehicle is out with its next request. */
export function readVehicleToken(ports: VehicleTokenPorts, token: string): Promise<VehicleRow | null> {
  return ports.db.withActor(api, (tx) => vehicleOfToken(tx, hashSecret(token), ports.clock.nowMs()));
}
