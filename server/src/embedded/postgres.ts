import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from '../platform/logger.ts';
import { hasEnded } from './child-process.ts';
import { claimDirectory } from './directory-claim.ts';
import { findFreePort, isPortFree, LOOPBACK } from './loopback-port.ts';
import { stagePostgresBinaries } from './postgres-binaries.ts';
import { ensureCluster, SUPERUSER } from './postgres-cluster.ts';
import { POSTGRES_STOP_STEPS, stopOrphanPostgres } from './postgres-orphan.ts';
import { choosePostgresPlace, type PostgresPlace } from './postgres-place.ts';
import { launchPostgres } from './postgres-process.ts';
import { stopProcess } from './running-process.ts';

export type EmbeddedPostgres = {
  superuserUrl(database: string): string;
  port: number;
  pid: number;
  stop(): Promise<void>;
};

export type EmbeddedPostgresOptions = { dataDir: string; log: Pick<Logger, 'info' | 'warn'> };

/**
 * Runs PostgreSQL for one machine on loopback; the cluster is made on the first start and kept. A SIGKILL of this
 * process leaves PostgreSQL running, unharmed; the next start on the same `dataDir` stops that orphan and goes on.
 */
export async function startEmbeddedPostgres({ dataDir, log }: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const place = choosePostgresPlace(dataDir);
  const claim = claimDirectory(place.homeDir);
  try {
    return await start(place, log, claim.release);
  } catch (error) {
    claim.release();
    throw error;
  }
}

async function start(place: PostgresPlace, log: EmbeddedPostgresOptions['log'], release: () => void) {
  const startedAtMs = performance.now();
  const orphanPid = await stopOrphanPostgres(place.clusterDir);
  if (orphanPid !== null) log.warn('embedded-postgres.orphan-stopped', { pid: orphanPid });
  const { initdb, postgres } = await stagePostgresBinaries(place.homeDir);
  const { superuserPassword } = await ensureCluster(place, initdb);
  const port = await choosePort(place.notesDir);
  const superuserUrl = (database: string) =>
    `postgres://${SUPERUSER}:${superuserPassword}@${LOOPBACK}:${port}/${encodeURIComponent(database)}`;
  const logPath = join(place.notesDir, 'postgres.log');
  const child = await launchPostgres({ postgres, place, port, url: superuserUrl('postgres'), logPath });
  const { pid } = child;

  // Also when the server ends by an uncaught error: exit handlers cannot wait, but a signal is enough.
  const stopAtExit = () => void child.kill('SIGINT');
  process.once('exit', stopAtExit);
  const warnOnExit = (code: number | null) => log.warn('embedded-postgres.exited', { pid, code });
  child.once('exit', warnOnExit);
  log.info('embedded-postgres.started', { pid, port, tookMs: Math.round(performance.now() - startedAtMs) });

  const stop = async () => {
    child.off('exit', warnOnExit);
    if (!hasEnded(child)) await stopProcess(pid, POSTGRES_STOP_STEPS);
    process.off('exit', stopAtExit);
    release();
  };
  let stopping: Promise<void> | null = null;
  return { superuserUrl, port, pid, stop: () => (stopping ??= stop()) };
}

async function choosePort(notesDir: string): Promise<number> {
  const notePath = join(notesDir, 'port');
  const notedPort = existsSync(notePath) ? Number(readFileSync(notePath, 'utf8')) : 0;
  if (notedPort > 0 && (await isPortFree(notedPort))) return notedPort;
  const port = await findFreePort();
  writeFileSync(notePath, String(port));
  return port;
}
