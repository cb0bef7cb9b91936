import { existsSync, readFileSync, rmSync } from 'node:fs';
import { readRunningProcess, stopProcess, type StopStep } from './running-process.ts';

export const NATS_STOP_STEPS: readonly StopStep[] = [
  { signal: 'SIGTERM', waitMs: 5_000 },
  { signal: 'SIGKILL', waitMs: 5_000 },
];

/** Stops the broker that a killed Pentad left running with this configuration file; its pid when there was one. */
export async function stopOrphanNats(pidPath: string, configPath: string): Promise<number | null> {
  if (!existsSync(pidPath)) return null;
  const running = readRunningProcess(Number(readFileSync(pidPath, 'utf8')));
  rmSync(pidPath);
  if (running === null || !running.commandLine.includes(configPath)) return null;
  if (!(await stopProcess(running.pid, NATS_STOP_STEPS))) {
    throw new Error(`nats-server (process ${running.pid}) still runs with ${configPath} and cannot be stopped`);
  }
  return running.pid;
}
