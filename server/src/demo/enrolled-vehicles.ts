import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createUser, fromSeed } from '@nats-io/nkeys';
import { VehicleId } from '@pentad/protocol/ids';
import * as v from 'valibot';
import type { County } from './county-file.ts';
import type { EnrolledVehicle } from './seed-store.ts';

const VehicleFile = v.object({ vehicle: VehicleId, callSign: v.string() });

/** One directory a vehicle, as an agent reads it: `vehicle.json`, `nkey.seed` (0600), `vehicle.jwt`. */
export const vehicleDirectory = (dataDir: string, index: number): string =>
  path.join(dataDir, 'vehicles', String(index + 1).padStart(2, '0'));

function makeIdentity(directory: string, callSign: string): void {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  writeFileSync(path.join(directory, 'nkey.seed'), createUser().getSeed(), { mode: 0o600, flag: 'wx' });
  const vehicle = `veh-${randomBytes(6).toString('hex')}`;
  writeFileSync(path.join(directory, 'vehicle.json'), JSON.stringify({ vehicle, callSign }), { flag: 'wx' });
}

/** Enrolled and not driven by the demo fleet: for `npm run ambulance` (docs/ambulance.md). */
const spareOf = ({ hospitals }: County): County['ambulances'] =>
  hospitals
    .slice(0, 1)
    .map(({ id }) => ({ callSignZh: '备用01', callSignEn: 'Spare 01', plate: 'SPARE-01', homeHospitalId: id }));

/** Identities are made on the vehicle's side and kept; only the public key goes into the inventory. */
export function loadOrMakeVehicles(dataDir: string, county: County): EnrolledVehicle[] {
  return [...county.ambulances, ...spareOf(county)].map((ambulance, index) => {
    const directory = vehicleDirectory(dataDir, index);
    if (!existsSync(path.join(directory, 'vehicle.json'))) makeIdentity(directory, ambulance.callSignZh);
    const { vehicle } = v.parse(VehicleFile, JSON.parse(readFileSync(path.join(directory, 'vehicle.json'), 'utf8')));
    const nkeyPublic = fromSeed(readFileSync(path.join(directory, 'nkey.seed'))).getPublicKey();
    const { callSignZh, callSignEn, plate, homeHospitalId } = ambulance;
    return { vehicle, callSignZh, callSignEn, plate, homeHospitalId, nkeyPublic };
  });
}

export type SignJwt = (vehicleId: string, nkeyPublic: string) => Promise<string>;

export async function issueVehicleJwts(
  dataDir: string,
  vehicles: readonly EnrolledVehicle[],
  sign: SignJwt,
): Promise<void> {
  for (const [index, vehicle] of vehicles.entries()) {
    const jwt = await sign(vehicle.vehicle, vehicle.nkeyPublic);
    writeFileSync(path.join(vehicleDirectory(dataDir, index), 'vehicle.jwt'), jwt, { mode: 0o600 });
  }
}
