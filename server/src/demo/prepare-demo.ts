import { hash } from '@node-rs/argon2';
import type { Ids } from '../platform/ports.ts';
import { readCounty } from './county-file.ts';
import { issueVehicleJwts, loadOrMakeVehicles, type SignJwt } from './enrolled-vehicles.ts';
import { seedCounty, seedGates } from './seed-store.ts';

/** The one password of all demo accounts; they exist only in an installation of kind demo, on loopback. */
export const DEMO_PASSWORD = 'pentad-demo-only';

/** Runs work in one transaction as the owner of all tables. */
export type AsOwner = (work: (tx: Parameters<typeof seedCounty>[0]) => Promise<boolean>) => Promise<boolean>;

export interface Demo {
  issueJwts(sign: SignJwt): Promise<void>;
}

/** The invented county in an empty database, and an identity for each of its ambulances. A second start changes nothing. */
export async function prepareDemo(place: {
  demoDir: string;
  dataDir: string;
  asOwner: AsOwner;
  ids: Ids;
}): Promise<Demo> {
  const county = readCounty(place.demoDir);
  const vehicles = loadOrMakeVehicles(place.dataDir, county);
  const passwordHash = await hash(DEMO_PASSWORD);
  await place.asOwner(async (tx) => {
    const isNew = await seedCounty(tx, { county, vehicles, passwordHash, ids: place.ids });
    await seedGates(tx, county);
    return isNew;
  });
  return { issueJwts: (sign) => issueVehicleJwts(place.dataDir, vehicles, sign) };
}
