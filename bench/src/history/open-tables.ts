import path from 'node:path';
import { openDatabase } from '@pentad/server/app-database';
import { readConfig } from '@pentad/server/config';
import { createDatabase } from '@pentad/server/db/create-database';
import { asOwner } from '@pentad/server/db/migrate';
import { prepareDemo } from '@pentad/server/demo/prepare-demo';
import { systemActor } from '@pentad/server/platform/actor';
import { createLogger } from '@pentad/server/platform/logger';
import { systemIds } from '@pentad/server/platform/system-ports';
import { ensurePartitions } from '@pentad/server/telemetry/partition-store';
import pg from 'pg';
import { seedStand } from '../stand/seed-stand.ts';
import type { Stand } from '../stand/stand.ts';
import { HISTORY_VEHICLES, HistoryFleet } from './history-fleet.ts';
import { HistoryTable } from './history-table.ts';

const root = path.resolve(import.meta.dirname, '../..');

interface OpenTable {
  readonly table: HistoryTable;
  stop(): Promise<void>;
}

const partitioned = ({ db }: Stand['database']): Promise<void> => db.withActor(systemActor('clock'), ensurePartitions);

/** The stand's own database. */
export async function openStandTable({ database, sql }: Stand, fromMs: number): Promise<OpenTable> {
  await partitioned(database);
  return { table: await HistoryTable.open(database, sql, new HistoryFleet(fromMs)), stop: () => Promise.resolve() };
}

/** A second database of the same PostgreSQL, migrated and peopled as the first. */
export async function openSecondTable(stand: Stand, fromMs: number): Promise<OpenTable> {
  const { dataDir } = stand;
  const url = new URL(stand.database.adminUrl);
  url.pathname = '/postgres';
  await createDatabase(url.toString(), 'bench_small');
  url.pathname = '/bench_small';
  const config = readConfig(
    { ...process.env, PENTAD_DATA_DIR: dataDir, PENTAD_KIND: 'production', DATABASE_URL: url.toString() },
    root,
  );
  const database = await openDatabase(config, createLogger('error'));
  const sql = new pg.Client({ connectionString: database.adminUrl });
  const stop = async (): Promise<void> => {
    await sql.end();
    await database.stop();
  };
  try {
    await sql.connect();
    const { demoDir } = config;
    await prepareDemo({ demoDir, dataDir, asOwner: (work) => asOwner(database.adminUrl, work), ids: systemIds });
    await seedStand(sql, HISTORY_VEHICLES);
    await partitioned(database);
    return { table: await HistoryTable.open(database, sql, new HistoryFleet(fromMs)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
