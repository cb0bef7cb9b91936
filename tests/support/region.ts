import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { createDatabase } from '../../server/src/db/create-database.ts';
import { migrate } from '../../server/src/db/migrate.ts';
import type { FailpointName } from '../../server/src/platform/failpoint.ts';
import { startRegionBroker, type RegionBroker } from './region-broker.ts';
import { makeVehicle, seedDirectory, type EnrolledVehicle } from './region-directory.ts';
import type { RegionPostgres } from './region-postgres.ts';
import { repositoryRoot, runDirectory } from './run-directory.ts';
import { startServer, type ServerPlace, type ServerProcess } from './server-process.ts';
import { takeTurns, waitUntil } from './wait-until.ts';

/** A whole region: one database, one broker, and as many server processes as are started. */
export interface Region {
  readonly directory: string;
  readonly broker: RegionBroker;
  readonly vehicles: readonly EnrolledVehicle[];
  readonly servers: readonly ServerProcess[];
  /** As superuser: past every policy. A connection a query, so that PostgreSQL may come and go. */
  query<Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]): Promise<Row[]>;
  adminUrl(): string;
  startServer(failpoint?: FailpointName): Promise<ServerProcess>;
  /** All logs the region's servers have written. */
  readLogs(): string;
  /** Tables in which some row, as text, holds these words. */
  tablesHolding(words: string): Promise<string[]>;
  stop(): Promise<void>;
}

const prepareInTurn = takeTurns(1);
const TEMPLATE = 'region_template';

/** Migrated once a cluster, copied for each region. */
async function cloneDatabase(postgres: RegionPostgres, name: string): Promise<void> {
  await createDatabase(postgres.url('postgres'), TEMPLATE);
  await migrate(postgres.url(TEMPLATE), path.join(repositoryRoot, 'migrations'));
  const client = new pg.Client({ connectionString: postgres.url('postgres') });
  await client.connect();
  await client.query(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE}`);
  await client.end();
}

/** @param shards one vehicle is enrolled for each of these shards */
export async function startRegion(postgres: RegionPostgres, shards: readonly number[]): Promise<Region> {
  const directory = mkdtempSync(path.join(runDirectory(), 'region-'));
  const name = `region_${randomBytes(4).toString('hex')}`;
  const operatorDir = path.join(directory, 'operator');
  const vehicles = shards.map(makeVehicle);
  mkdirSync(operatorDir, { mode: 0o700 });
  await prepareInTurn(async () => {
    await cloneDatabase(postgres, name);
    await seedDirectory(postgres.url(name), vehicles);
  });
  const broker = await startRegionBroker(path.join(directory, 'broker'), operatorDir);
  const servers: ServerProcess[] = [];
  const place: ServerPlace = {
    directory,
    databaseUrl: postgres.url(name),
    natsUrl: broker.url,
    natsWebsocketUrl: broker.websocketUrl,
    operatorDir,
    kekFile: path.join(directory, 'key-encryption-key'),
  };
  const query: Region['query'] = async (text, values = []) => {
    const client = new pg.Client({ connectionString: postgres.url(name) });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return (await client.query(text, values.length > 0 ? [...values] : undefined)).rows;
    } finally {
      await client.end();
    }
  };
  return {
    directory,
    broker,
    vehicles,
    servers,
    query,
    adminUrl: () => postgres.url(name),
    startServer: async (failpoint) => {
      const server = await startServer(place, `server-${servers.length + 1}`, failpoint ?? null);
      servers.push(server);
      return server;
    },
    tablesHolding: async (words) => {
      const tables = await query<{ name: string }>(
        "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'",
      );
      const holding: string[] = [];
      for (const { name: table } of tables) {
        const rows = await query(`SELECT 1 FROM "${table}" AS r WHERE strpos(r::text, $1) > 0 LIMIT 1`, [words]);
        if (rows.length > 0) holding.push(table);
      }
      return holding;
    },
    readLogs: () => servers.map((server) => server.readLog()).join('\n'),
    stop: async () => {
      await Promise.all(servers.map((server) => server.stop()));
      await broker.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** Who has a lease that has not run out, be it alive or dead. */
export async function shardHolders(region: Region): Promise<readonly string[]> {
  const rows = await region.query<{ holder: string }>(
    'SELECT DISTINCT holder FROM shard_lease WHERE expires_at > now() AND holder IS NOT NULL',
  );
  return rows.map(({ holder }) => holder);
}

/**
 * Until every shard has a holder that is none of `gone`; with two servers the second takes its half after a lease's time.
 * A dead one's leases last up to five seconds: name it, or its shards count as held.
 */
export function allShardsHeld(region: Region, holders = 1, gone: readonly string[] = []): Promise<number> {
  return waitUntil(`${holders} instances hold all shards`, async () => {
    const [row] = await region.query<{ held: string; holders: string }>(
      'SELECT count(*) AS held, count(DISTINCT holder) AS holders FROM shard_lease WHERE expires_at > now()',
    );
    const isOurs = (await shardHolders(region)).every((holder) => !gone.includes(holder));
    return isOurs && row?.held === '16' && Number(row.holders) === holders;
  });
}

export async function isReady(server: ServerProcess): Promise<boolean> {
  return fetch(`${server.address}/readyz`).then(
    (answer) => answer.status === 200,
    () => false,
  );
}
