import path from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../server/src/embedded/postgres.ts';
import { createLogger } from '../../server/src/platform/logger.ts';
import { runDirectory } from './run-directory.ts';
import { waitUntil } from './wait-until.ts';

export interface RegionPostgres {
  url(database: string): string;
  /** SIGKILL of the postmaster: its backends find out and go. */
  kill(): Promise<void>;
  startAgain(): Promise<void>;
  stop(): Promise<void>;
}

/** One cluster for all files of a run, which come one after another; each region has a database of its own in it. */
export async function startRegionPostgres(): Promise<RegionPostgres> {
  const options = { dataDir: path.join(runDirectory(), 'region-postgres'), log: createLogger('silent') };
  let running: EmbeddedPostgres = await startEmbeddedPostgres(options);
  return {
    url: (database) => running.superuserUrl(database),
    kill: async () => {
      process.kill(running.pid, 'SIGKILL');
      await waitUntil('PostgreSQL lets nobody in', async () => !(await letsIn(running.superuserUrl('postgres'))));
    },
    startAgain: async () => {
      await running.stop();
      running = await startEmbeddedPostgres(options);
    },
    stop: () => running.stop(),
  };
}

async function letsIn(connectionString: string): Promise<boolean> {
  const client = new pg.Client({ connectionString });
  client.on('error', () => undefined);
  return client.connect().then(
    () => client.end().then(() => true),
    () => false,
  );
}
