import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Stand } from './stand.ts';

const TICK_MS = 10;

interface ProcessTimes {
  readonly parentPid: number;
  readonly ownMs: number;
  /** Of children that have ended. */
  readonly endedMs: number;
}

function readTimes(pid: number): ProcessTimes | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const ticks = (...at: number[]): number => at.reduce((sum, index) => sum + (fields[index] ?? 0), 0) * TICK_MS;
    return { parentPid: fields[1] ?? 0, ownMs: ticks(11, 12), endedMs: ticks(13, 14) };
  } catch {
    return null; // it has just ended
  }
}

export const processorMs = (pid: number): number => readTimes(pid)?.ownMs ?? 0;

/** PostgreSQL: the postmaster, its processes, and those of them that have ended. */
export async function postgresMs({ sql }: Stand): Promise<number> {
  const { rows } = await sql.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  const postmaster = readTimes(rows[0]?.pid ?? 0)?.parentPid ?? 0;
  const own = readTimes(postmaster);
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => readTimes(Number(name)));
  const alive = children.reduce((sum, child) => sum + (child?.parentPid === postmaster ? child.ownMs : 0), 0);
  return (own?.ownMs ?? 0) + (own?.endedMs ?? 0) + alive;
}

export const natsMs = ({ dataDir }: Stand): number =>
  processorMs(Number(readFileSync(path.join(dataDir, 'nats/nats.pid'), 'utf8')));

/** Microseconds of processor a message: independent of what else runs on a shared machine, up to its caches. */
export interface CpuPerMessage {
  readonly server: number;
  readonly postgres: number;
  readonly broker: number;
  readonly consoles: number;
}

/** Starts counting; the returned function says what was used since. */
export async function countProcessor(
  stand: Stand,
  pids: { server: number; consoles: number },
): Promise<(messages: number) => Promise<CpuPerMessage>> {
  const read = async () => ({
    server: processorMs(pids.server),
    postgres: await postgresMs(stand),
    broker: natsMs(stand),
    consoles: processorMs(pids.consoles),
  });
  const before = await read();
  return async (messages) => {
    const after = await read();
    const each = (name: keyof CpuPerMessage): number => ((after[name] - before[name]) * 1_000) / messages;
    return { server: each('server'), postgres: each('postgres'), broker: each('broker'), consoles: each('consoles') };
  };
}
