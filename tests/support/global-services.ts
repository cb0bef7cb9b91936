import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from '../../server/src/embedded/postgres.ts';
import { createLogger } from '../../server/src/platform/logger.ts';
import { buildServer } from './bundles.ts';
import { makeRunDirectory, runDirectory } from './run-directory.ts';

/** The admin URL of the one PostgreSQL all tests of a run share; set from outside, that one is used. */
const SHARED_POSTGRES = 'PENTAD_TEST_PG_URL';
/** These run servers as processes. */
const withProcesses = new Set(['process', 'long', 'security']);
/** These kill their PostgreSQL, or have none. */
const withoutShared = new Set(['process', 'nats']);

const stops: (() => Promise<void>)[] = [];

async function startShared(): Promise<void> {
  if (process.env[SHARED_POSTGRES] !== undefined) return;
  const dataDir = path.join(runDirectory(), 'shared-postgres');
  const postgres = await startEmbeddedPostgres({ dataDir, log: createLogger('silent') });
  process.env[SHARED_POSTGRES] = postgres.superuserUrl('postgres');
  stops.push(async () => {
    delete process.env[SHARED_POSTGRES];
    await postgres.stop();
  });
}

/** vitest calls this once a project; what an earlier project of the same run has made is used by all. */
export async function setup(project: TestProject): Promise<void> {
  const directory = makeRunDirectory();
  if (directory) stops.push(() => directory.remove());
  await Promise.all([
    withProcesses.has(project.name) ? buildServer() : undefined,
    withoutShared.has(project.name) ? undefined : startShared(),
  ]);
}

export async function teardown(): Promise<void> {
  for (const stop of stops.splice(0).reverse()) await stop();
}
