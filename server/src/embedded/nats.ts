import { mkdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from '../platform/logger.ts';
import { DomainError } from '../platform/errors.ts';
import { hasEnded, startChild } from './child-process.ts';
import { claimDirectory } from './directory-claim.ts';
import { becomesFree, LOOPBACK } from './loopback-port.ts';
import { waitForNatsGreeting } from './nats-greeting.ts';
import { NATS_STOP_STEPS, stopOrphanNats } from './nats-orphan.ts';
import { readLogTail } from './process-log-file.ts';
import { stopProcess } from './running-process.ts';

export type EmbeddedNats = { url: string; port: number; pid: number; stop(): Promise<void> };

export type EmbeddedNatsOptions = {
  dataDir: string;
  /** Path of nats-server. */
  binary: string;
  /** The whole server configuration; it must listen on 127.0.0.1 and `port`. */
  config: string;
  port: number;
  log: Pick<Logger, 'info' | 'warn'>;
};

/**
 * Runs the broker for one machine. A SIGKILL of this process leaves it running; the next start on the same
 * `dataDir` stops that orphan and goes on.
 */
export async function startEmbeddedNats(options: EmbeddedNatsOptions): Promise<EmbeddedNats> {
  const dir = join(options.dataDir, 'nats');
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const realDir = realpathSync(dir);
  const claim = claimDirectory(realDir);
  try {
    return await start(realDir, options, claim.release);
  } catch (error) {
    claim.release();
    throw error;
  }
}

async function start(dir: string, { binary, config, port, log }: EmbeddedNatsOptions, release: () => void) {
  const startedAtMs = performance.now();
  const [configPath, pidPath, logPath] = [join(dir, 'nats.conf'), join(dir, 'nats.pid'), join(dir, 'nats.log')];
  const orphanPid = await stopOrphanNats(pidPath, configPath);
  if (orphanPid !== null) log.warn('embedded-nats.orphan-stopped', { pid: orphanPid });
  if (!(await becomesFree(port)))
    throw new DomainError(
      'conflict',
      'embedded-nats.port-taken',
      `port ${port} on 127.0.0.1 is taken by another program`,
    );
  writeFileSync(configPath, config, { mode: 0o600 });
  const child = await startChild({ program: binary, args: ['-c', configPath], cwd: dir, env: {}, logPath, user: null });
  const { pid } = child;
  writeFileSync(pidPath, String(pid));
  if (!(await waitForNatsGreeting(child, port))) {
    await stopProcess(pid, NATS_STOP_STEPS);
    throw new Error(`nats-server did not start; the end of ${logPath}:\n${readLogTail(logPath)}`);
  }

  const stopAtExit = () => void child.kill('SIGTERM');
  process.once('exit', stopAtExit);
  const warnOnExit = (code: number | null) => log.warn('embedded-nats.exited', { pid, code });
  child.once('exit', warnOnExit);
  log.info('embedded-nats.started', { pid, port, tookMs: Math.round(performance.now() - startedAtMs) });

  const stop = async () => {
    child.off('exit', warnOnExit);
    if (!hasEnded(child)) await stopProcess(pid, NATS_STOP_STEPS);
    process.off('exit', stopAtExit);
    rmSync(pidPath, { force: true });
    release();
  };
  let stopping: Promise<void> | null = null;
  return { url: `nats://${LOOPBACK}:${port}`, port, pid, stop: () => (stopping ??= stop()) };
}
