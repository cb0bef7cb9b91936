import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { readRunningProcess, stopProcess, type StopStep } from './running-process.ts';

/** SIGINT is PostgreSQL's fast shutdown, SIGQUIT its immediate one (recovers from WAL at the next start). */
export const POSTGRES_STOP_STEPS: readonly StopStep[] = [
  { signal: 'SIGINT', waitMs: 5_000 },
  { signal: 'SIGQUIT', waitMs: 5_000 },
  { signal: 'SIGKILL', waitMs: 5_000 },
];

/**
 * Stops the postmaster that a killed Pentad left running on this cluster; its pid when there was one. Only a process
 * whose own command line names the cluster is signalled; a pid file that points at a stranger is removed.
 */
export async function stopOrphanPostgres(clusterDir: string): Promise<number | null> {
  const pidFile = join(clusterDir, 'postmaster.pid');
  if (!existsSync(pidFile)) return null;
  const [pidLine, directoryLine] = readFileSync(pidFile, 'utf8').split('\n');
  const running = readRunningProcess(Math.abs(Number(pidLine)));
  if (running === null) return null; // PostgreSQL itself replaces the file of a dead one
  if (directoryLine !== clusterDir || !running.commandLine.includes(`-D ${clusterDir} `)) {
    rmSync(pidFile);
    return null;
  }
  if (!(await stopProcess(running.pid, POSTGRES_STOP_STEPS))) {
    throw new Error(`PostgreSQL (process ${running.pid}) still runs on ${clusterDir} and cannot be stopped`);
  }
  return running.pid;
}
