import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../embedded/postgres.ts';
import { createLogger } from '../platform/logger.ts';
import { migrate } from './migrate.ts';
import { closePools, createPools, type Pools } from './pools.ts';
import { createDb, type Db } from './transaction.ts';

export interface TestDatabase {
  /** As the server connects: a login that can only become the four roles. */
  readonly url: string;
  /** As the cluster's superuser, to set the stage and to look behind the policies. */
  readonly adminUrl: string;
  readonly db: Db;
  readonly pools: Pools;
  close(): Promise<void>;
}

const migrations = fileURLToPath(new URL('../../../migrations', import.meta.url));
const TEMPLATE_LOCK = 7_208_342;

const withDatabase = (url: string, database: string): string => {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.toString();
};

async function asAdmin<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Named by what it holds: another state of the migrations is another template. */
function templateName(): string {
  const hash = createHash('sha256');
  for (const name of readdirSync(migrations).sort()) hash.update(name).update(readFileSync(join(migrations, name)));
  return `pentad_template_${hash.digest('hex').slice(0, 12)}`;
}

/**
 * A fresh database under this name, from a template that is made once per cluster (under a name of its own until it is
 * whole, so that a broken run leaves no half one). One at a time over all test processes: roles belong to the cluster,
 * and nobody may be connected to a template while it is copied.
 * @returns the URL the server would connect with
 */
async function createFromTemplate(adminUrl: string, name: string): Promise<string> {
  const template = templateName();
  return asAdmin(withDatabase(adminUrl, 'postgres'), async (client) => {
    await client.query('SELECT pg_advisory_lock($1)', [TEMPLATE_LOCK]);
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [template]);
    if (found.rowCount === 0) {
      const making = `${template}_making`;
      await client.query(`DROP DATABASE IF EXISTS ${making} WITH (FORCE)`);
      await client.query(`CREATE DATABASE ${making}`);
      await migrate(withDatabase(adminUrl, making), migrations);
      await client.query(`ALTER DATABASE ${making} RENAME TO ${template}`);
    }
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${template}`);
    return migrate(withDatabase(adminUrl, name), migrations);
  });
}

let own: Promise<EmbeddedPostgres> | null = null;
let ownDir = '';
let users = 0;

async function startOwn(): Promise<EmbeddedPostgres> {
  ownDir = mkdtempSync(join(tmpdir(), 'pentad-test-pg-'));
  return startEmbeddedPostgres({ dataDir: ownDir, log: createLogger('silent') });
}

async function stopOwn(): Promise<void> {
  const running = await own;
  own = null;
  await running?.stop();
  const homeNote = join(ownDir, 'postgres', 'home');
  if (existsSync(homeNote)) rmSync(readFileSync(homeNote, 'utf8'), { recursive: true, force: true });
  rmSync(ownDir, { recursive: true, force: true });
}

/** A fresh, migrated database of the shared cluster (PENTAD_TEST_PG_URL), else of one that lives as long as its users. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const shared = process.env['PENTAD_TEST_PG_URL'];
  users += 1;
  const cluster = shared ?? (await (own ??= startOwn())).superuserUrl('postgres');
  const name = `pentad_test_${randomBytes(6).toString('hex')}`;
  const url = await createFromTemplate(cluster, name);
  const pools = createPools(url, () => undefined);
  return {
    url,
    adminUrl: withDatabase(cluster, name),
    db: createDb(pools),
    pools,
    async close() {
      await closePools(pools);
      await asAdmin(withDatabase(cluster, 'postgres'), (client) => client.query(`DROP DATABASE ${name} WITH (FORCE)`));
      users -= 1;
      if (users === 0 && shared === undefined) await stopOwn();
    },
  };
}
