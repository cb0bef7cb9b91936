import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { fromSeed } from '@nats-io/nkeys';
import { VehicleId } from '@pentad/protocol/ids';
import * as v from 'valibot';
import { AgentError } from '../agent-error.ts';
import type { Credentials } from '../ports.ts';

const VehicleFile = v.object({ vehicle: VehicleId, callSign: v.pipe(v.string(), v.maxLength(64)) });
const JwtClaims = v.object({ iat: v.number(), exp: v.optional(v.number()) });
const JWT_FILE = 'vehicle.jwt';

export interface VehicleCredentials extends Credentials {
  /** The nkey seed itself, for the broker's authenticator. */
  seed(): Uint8Array;
}

function readText(folder: string, file: string): string {
  try {
    return readFileSync(join(folder, file), 'utf8').trim();
  } catch (error) {
    throw new AgentError('unavailable', `identity.${file}-unreadable`, error instanceof Error ? error.name : undefined);
  }
}

function lifeOf(jwt: string): { issuedAtMs: number; expiresAtMs: number | null } {
  const body = Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString('utf8');
  const claims = v.safeParse(v.pipe(v.string(), v.parseJson(), JwtClaims), body);
  if (!claims.success) throw new AgentError('invalid', 'identity.jwt-unreadable');
  const { iat, exp } = claims.output;
  return { issuedAtMs: iat * 1_000, expiresAtMs: exp === undefined || exp === 0 ? null : exp * 1_000 };
}

function writeJwt(folder: string, jwt: string): void {
  const draft = join(folder, `${JWT_FILE}.new`);
  const file = openSync(draft, 'w', 0o600);
  writeSync(file, jwt);
  fsyncSync(file);
  closeSync(file);
  renameSync(draft, join(folder, JWT_FILE));
}

/** A vehicle's identity on disk: `vehicle.json`, `nkey.seed` (0600) and `vehicle.jwt`, which renewal replaces. */
export function vehicleFolder(folder: string): VehicleCredentials {
  const read = v.safeParse(v.pipe(v.string(), v.parseJson(), VehicleFile), readText(folder, 'vehicle.json'));
  if (!read.success) throw new AgentError('invalid', 'identity.vehicle-json-invalid');
  const { vehicle, callSign } = read.output;
  const seed = Buffer.from(readText(folder, 'nkey.seed'));
  let jwt = readText(folder, JWT_FILE);
  lifeOf(jwt);
  return {
    vehicle,
    callSign,
    seed: () => seed,
    jwt: () => jwt,
    jwtLife: () => lifeOf(jwt),
    replaceJwt: (renewed) => {
      lifeOf(renewed);
      writeJwt(folder, renewed);
      jwt = renewed;
    },
    sign: (nonce) => Buffer.from(fromSeed(seed).sign(Buffer.from(nonce, 'utf8'))).toString('base64url'),
  };
}
