import { afterAll, afterEach, beforeAll } from 'vitest';
import { ConsolePage, type PageOptions } from './console-page.ts';
import { eastDesk } from './region-directory.ts';
import { startRegionPostgres, type RegionPostgres } from './region-postgres.ts';
import { allShardsHeld, startRegion, type Region } from './region.ts';
import type { ServerProcess } from './server-process.ts';
import { signIn, type StaffSession } from './staff-session.ts';
import { TestVehicle } from './test-vehicle.ts';

const START_WITHIN_MS = 120_000;
/** What the servers said last, beside a failure. */
const LOG_TAIL_CHARS = 6_000;

/** What the tests of one file share: a region with its servers, vehicles on the road and people signed in. */
export class RegionOfFile {
  postgres!: RegionPostgres;
  region!: Region;
  readonly vehicles: TestVehicle[] = [];
  readonly pages: ConsolePage[] = [];
  readonly #staff = new Map<string, StaffSession>();

  server(index = 0): ServerProcess {
    const server = this.region.servers[index];
    if (!server) throw new Error(`there is no server ${index}`);
    return server;
  }

  vehicle(index: number): TestVehicle {
    const vehicle = this.vehicles[index];
    if (!vehicle) throw new Error(`there is no vehicle ${index}`);
    return vehicle;
  }

  async staff(login: string, server: ServerProcess = this.server()): Promise<StaffSession> {
    const known = this.#staff.get(login);
    if (known) return known;
    const session = await signIn(server, login);
    this.#staff.set(login, session);
    return session;
  }

  /** A page of the east desk that confirms what it shows. */
  async page(some: Partial<PageOptions> = {}, after: number | null = null): Promise<ConsolePage> {
    const staff = some.staff ?? (await this.staff('nurse-east'));
    const options = { server: this.server(), staff, deskId: eastDesk, confirms: true, ...some };
    const page = await ConsolePage.open(options, after);
    this.pages.push(page);
    return page;
  }
}

export interface RegionWanted {
  /** One vehicle is enrolled for each. */
  readonly shards: readonly number[];
  readonly servers?: number;
  /** The vehicles are enrolled and somebody else drives them. */
  readonly withoutVehicles?: boolean;
}

export function useRegion({ shards, servers = 1, withoutVehicles = false }: RegionWanted): RegionOfFile {
  const file = new RegionOfFile();
  beforeAll(async () => {
    file.postgres = await startRegionPostgres();
    file.region = await startRegion(file.postgres, shards);
    for (let started = 0; started < servers; started += 1) await file.region.startServer();
    // A second server gets its half only after a lease's time; who wants it waits for it.
    if (servers === 1) await allShardsHeld(file.region);
    for (const enrolled of withoutVehicles ? [] : file.region.vehicles) {
      const vehicle = await TestVehicle.connect(file.region, enrolled);
      file.vehicles.push(vehicle);
      await vehicle.hello();
    }
  }, START_WITHIN_MS);
  afterEach(({ task }) => {
    if (task.result?.state === 'fail' && file.region) console.log(file.region.readLogs().slice(-LOG_TAIL_CHARS));
  });
  afterAll(async () => {
    for (const page of file.pages) page.close();
    for (const vehicle of file.vehicles) await vehicle.stop();
    await file.region?.stop();
    await file.postgres?.stop();
  }, START_WITHIN_MS);
  return file;
}
