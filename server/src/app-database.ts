import type { Config } from './config.ts';
import { createDatabase } from './db/create-database.ts';
import { migrate } from './db/migrate.ts';
import { closePools, createPools, type Pools } from './db/pools.ts';
import { createDb, type Db } from './db/transaction.ts';
import { startEmbeddedPostgres } from './embedded/postgres.ts';
import { Supervised } from './embedded/supervise.ts';
import { errorFields, type Logger } from './platform/logger.ts';
import { systemTimers } from './platform/system-ports.ts';

export interface Database {
  readonly db: Db;
  readonly pools: Pools;
  readonly url: string;
  /** For migrations and the demo's seed only. */
  readonly adminUrl: string;
  stop(): Promise<void>;
}

const DATABASE = 'pentad';

/** Nothing it started is left running when it throws. */
export async function openDatabase(config: Config, log: Logger): Promise<Database> {
  const embedded =
    config.databaseUrl === null
      ? await Supervised.start({
          name: 'postgres',
          start: () => startEmbeddedPostgres({ dataDir: config.dataDir, log }),
          timers: systemTimers,
          log,
        })
      : null;
  const adminUrl = config.databaseUrl ?? embedded?.child.superuserUrl(DATABASE) ?? '';
  let url: string;
  try {
    if (embedded) await createDatabase(embedded.child.superuserUrl('postgres'), DATABASE);
    url = await migrate(adminUrl, config.migrationsDir);
  } catch (error) {
    await embedded?.stop(log);
    throw error;
  }
  const pools = createPools(url, (pool, error) =>
    log.warn('postgres.idle-connection-lost', { ...errorFields(error), pool }),
  );
  return {
    db: createDb(pools),
    pools,
    url,
    adminUrl,
    stop: async () => {
      await closePools(pools);
      await embedded?.stop(log);
    },
  };
}
