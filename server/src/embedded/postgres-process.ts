import { setTimeout as pause } from 'node:timers/promises';
import { hasEnded, startChild, type RunningChild } from './child-process.ts';
import { POSTGRES_ENV } from './postgres-cluster.ts';
import type { PostgresPlace } from './postgres-place.ts';
import { letsIn } from './postgres-readiness.ts';
import { postgresSettings } from './postgres-settings.ts';
import { readLogTail } from './process-log-file.ts';

const POLL_MS = 10;
const START_TIMEOUT_MS = 60_000; // recovery after a power cut replays up to max_wal_size
const LEFTOVER_TIMEOUT_MS = 10_000;

export type PostgresLaunch = { postgres: string; place: PostgresPlace; port: number; url: string; logPath: string };

/**
 * Starts the postmaster and waits until it lets the superuser in. After a kill -9 of the postmaster its backends hold the
 * shared memory for a moment more, so a start refused for that reason is tried again.
 */
export async function launchPostgres(launch: PostgresLaunch): Promise<RunningChild> {
  const deadlineMs = performance.now() + LEFTOVER_TIMEOUT_MS;
  for (;;) {
    const child = await spawnPostmaster(launch);
    if (await isReady(child, launch.url)) return child;
    const logTail = readLogTail(launch.logPath);
    if (!isHeldByLeftover(logTail) || performance.now() > deadlineMs) {
      throw new Error(`PostgreSQL did not start; the end of ${launch.logPath}:\n${logTail}`);
    }
    await pause(100);
  }
}

function spawnPostmaster({ postgres, place, port, logPath }: PostgresLaunch): Promise<RunningChild> {
  const settings = Object.entries(postgresSettings(port)).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return startChild({
    program: postgres,
    args: ['-D', place.clusterDir, ...settings],
    cwd: place.homeDir,
    env: POSTGRES_ENV,
    logPath,
    user: place.user,
  });
}

async function isReady(child: RunningChild, url: string): Promise<boolean> {
  const deadlineMs = performance.now() + START_TIMEOUT_MS;
  while (!hasEnded(child) && performance.now() < deadlineMs) {
    if (await letsIn(url)) return !hasEnded(child);
    await pause(POLL_MS);
  }
  child.kill('SIGQUIT');
  return false;
}

function isHeldByLeftover(logTail: string): boolean {
  return /pre-existing shared memory block|lock file "postmaster.pid" already exists/.test(
    logTail.split('\n').slice(-6).join('\n'),
  );
}
