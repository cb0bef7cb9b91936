import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { FailpointName } from '../../server/src/platform/failpoint.ts';
import { findFreePort } from '../../server/src/embedded/loopback-port.ts';
import { repositoryRoot, serverBundle } from './run-directory.ts';
import { takeTurns } from './wait-until.ts';

export interface ServerPlace {
  readonly directory: string;
  readonly databaseUrl: string;
  readonly natsUrl: string;
  readonly natsWebsocketUrl: string;
  readonly operatorDir: string;
  readonly kekFile: string;
}

export interface ServerProcess {
  readonly name: string;
  readonly address: string;
  readonly port: number;
  readonly pid: number;
  /** Resolves with the signal or code the process ended with. */
  readonly ended: Promise<string>;
  hasEnded(): boolean;
  kill(): Promise<void>;
  /** SIGTERM, as an operator stops it. */
  stop(): Promise<void>;
  readLog(): string;
}

const START_WITHIN_MS = 40_000;
/** Databases of one cluster share their roles, and two migrations at once trip over them. */
const migrateInTurn = takeTurns(1);

const environment = (place: ServerPlace, name: string, port: number, failpoint: FailpointName | null) => ({
  PATH: process.env['PATH'] ?? '',
  HOME: place.directory,
  PENTAD_KIND: 'production',
  DATABASE_URL: place.databaseUrl,
  NATS_URL: place.natsUrl,
  NATS_WEBSOCKET_URL: place.natsWebsocketUrl,
  NATS_OPERATOR_DIR: place.operatorDir,
  PENTAD_KEK_FILE: place.kekFile,
  PENTAD_DATA_DIR: path.join(place.directory, name),
  PENTAD_MIGRATIONS_DIR: path.join(repositoryRoot, 'migrations'),
  PENTAD_CONSOLE_DIR: path.join(place.directory, 'no-console'),
  HTTP_PORT: String(port),
  ...(failpoint === null ? {} : { PENTAD_FAULT_RUN: '1', PENTAD_FAILPOINT: failpoint }),
});

/** One real server process. `failpoint`: where it kills itself, the first time it comes by. */
export async function startServer(
  place: ServerPlace,
  name: string,
  failpoint: FailpointName | null = null,
): Promise<ServerProcess> {
  const port = await findFreePort();
  const logPath = path.join(place.directory, `${name}.log`);
  mkdirSync(path.join(place.directory, name), { recursive: true });
  const readLog = () => readFileSync(logPath, 'utf8');
  const start = () => {
    const log = openSync(logPath, 'a');
    const made = spawn(process.execPath, ['--enable-source-maps', serverBundle()], {
      env: environment(place, name, port, failpoint),
      stdio: ['ignore', log, log, 'ipc'],
      cwd: place.directory,
    });
    closeSync(log);
    return made;
  };
  let isReady = false;
  const child = await migrateInTurn(async () => {
    const made = start();
    made.on('message', (message) => {
      if (typeof message === 'object' && message !== null && 'ready' in message) isReady = true;
    });
    await Promise.race([once(made, 'message'), once(made, 'exit')]);
    return made;
  });
  const killAtExit = () => void child.kill('SIGKILL');
  process.once('exit', killAtExit);
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  const ended = new Promise<string>((resolve) => {
    const settle = () => {
      process.off('exit', killAtExit);
      resolve(child.signalCode ?? String(child.exitCode));
    };
    if (hasEnded()) settle();
    else child.once('exit', settle);
  });
  const signal = AbortSignal.timeout(START_WITHIN_MS);
  while (!isReady && !hasEnded()) await Promise.race([once(child, 'message', { signal }), ended]);
  // With a failpoint it may have met it already: then that is what the test wants to see.
  if (!isReady && failpoint === null) throw new Error(`server ${name} did not start:\n${readLog().slice(-3_000)}`);
  const end = async (how: NodeJS.Signals) => {
    if (!hasEnded()) child.kill(how);
    await ended;
  };
  return {
    name,
    address: `http://127.0.0.1:${port}`,
    port,
    pid: child.pid ?? 0,
    ended,
    hasEnded,
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    readLog,
  };
}
