import { mkdtempSync, readFileSync, existsSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DiscardPolicy, RetentionPolicy, StorageType, type JetStreamManager } from '@nats-io/jetstream';
import { openBroker, type Broker } from '@pentad/server/app-broker';
import { openDatabase, type Database } from '@pentad/server/app-database';
import { readConfig } from '@pentad/server/config';
import { asOwner } from '@pentad/server/db/migrate';
import { prepareDemo } from '@pentad/server/demo/prepare-demo';
import { signCoreUser } from '@pentad/server/nats/operator-chain-users';
import { createLogger } from '@pentad/server/platform/logger';
import { systemIds } from '@pentad/server/platform/system-ports';
import pg from 'pg';
import { PIPE_STREAM, PIPE_SUBJECT } from './pipe-stream.ts';
import { seedStand } from './seed-stand.ts';

const root = path.resolve(import.meta.dirname, '../..');
const MEBIBYTE = 1_048_576;

/** One PostgreSQL and one nats-server for the whole run, as the product makes and configures them. */
export interface Stand {
  readonly dataDir: string;
  readonly logPath: (name: string) => string;
  readonly database: Database;
  readonly broker: Broker;
  readonly manager: JetStreamManager;
  readonly sql: pg.Client;
  /** The broker user of the baselines and the publisher. */
  readonly user: { readonly jwt: string; readonly seed: string };
  stop(): Promise<void>;
}

async function makePipeStream(manager: JetStreamManager): Promise<void> {
  await manager.streams.add({
    name: PIPE_STREAM,
    subjects: [PIPE_SUBJECT],
    storage: StorageType.File,
    retention: RetentionPolicy.Workqueue,
    discard: DiscardPolicy.New,
    max_bytes: 512 * MEBIBYTE,
    num_replicas: 1,
  });
}

export async function openStand(vehicles: number): Promise<Stand> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'pentad-bench-'));
  const config = readConfig(
    { ...process.env, PENTAD_DATA_DIR: dataDir, PENTAD_KIND: 'demo', DATABASE_URL: undefined, NATS_URL: undefined },
    root,
  );
  const log = createLogger('error');
  const stops: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    const home = path.join(dataDir, 'postgres/home');
    const clusterHome = existsSync(home) ? readFileSync(home, 'utf8') : null;
    for (const step of stops.splice(0).reverse()) await step().catch((error: unknown) => console.error(error));
    if (clusterHome !== null) rmSync(clusterHome, { recursive: true, force: true });
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    const database = await openDatabase(config, log);
    stops.push(() => database.stop());
    const { demoDir } = config;
    await prepareDemo({ demoDir, dataDir, asOwner: (work) => asOwner(database.adminUrl, work), ids: systemIds });
    const sql = new pg.Client({ connectionString: database.adminUrl });
    await sql.connect();
    stops.push(() => sql.end());
    await seedStand(sql, vehicles);
    const broker = await openBroker(config, database.db, log, () => undefined);
    stops.push(() => broker.stop());
    const manager = await broker.link.manager();
    await makePipeStream(manager);
    const { jwt, seed } = await signCoreUser(broker.chain);
    const user = { jwt, seed: new TextDecoder().decode(seed) };
    return {
      dataDir,
      logPath: (name) => path.join(dataDir, `${name}.log`),
      database,
      broker,
      manager,
      sql,
      user,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
