import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { findFreePort } from '../../server/src/embedded/loopback-port.ts';
import { signVehicleJwt } from '../../server/src/nats/vehicle-credentials.ts';
import type { EnrolledVehicle } from './region-directory.ts';
import type { Region } from './region.ts';
import { agentBundle } from './run-directory.ts';
import type { ServerProcess } from './server-process.ts';

const JWT_SECONDS = 3_600;

export interface AgentProcess {
  get<T>(route: string): Promise<T>;
  post<T>(route: string, body: object): Promise<T>;
  kill(): Promise<void>;
  stop(): Promise<void>;
  readLog(): string;
}

/** The vehicle's identity on disk, as enrolment leaves it. */
export async function writeVehicleFolder(region: Region, { vehicle, key }: EnrolledVehicle): Promise<string> {
  const folder = path.join(region.directory, vehicle);
  mkdirSync(folder, { mode: 0o700 });
  const expiresAtSeconds = Math.floor(Date.now() / 1_000) + JWT_SECONDS;
  const userPublicKey = key.getPublicKey();
  const jwt = await signVehicleJwt({ chain: region.broker.chain, vehicleId: vehicle, userPublicKey, expiresAtSeconds });
  writeFileSync(path.join(folder, 'vehicle.json'), JSON.stringify({ vehicle, callSign: vehicle }));
  writeFileSync(path.join(folder, 'nkey.seed'), key.getSeed(), { mode: 0o600 });
  writeFileSync(path.join(folder, 'vehicle.jwt'), jwt, { mode: 0o600 });
  return folder;
}

/** The broker's own port, then the server's. */
export const bothAddresses = (region: Region, server: ServerProcess): string =>
  `${region.broker.url},ws://127.0.0.1:${server.port}/nats`;

/** The product's own agent as a process, with its local API. */
export async function startAgent(
  region: Region,
  server: ServerProcess,
  folder: string,
  natsUrl = region.broker.url,
): Promise<AgentProcess> {
  const port = await findFreePort();
  const logPath = `${folder}.log`;
  const log = openSync(logPath, 'a');
  const child = spawn(process.execPath, ['--enable-source-maps', agentBundle()], {
    env: {
      PATH: process.env['PATH'] ?? '',
      PENTAD_VEHICLE_DIR: folder,
      PENTAD_SERVER_URL: server.address,
      NATS_URL: natsUrl,
      AGENT_PORT: String(port),
    },
    stdio: ['ignore', log, log, 'ipc'],
    cwd: region.directory,
  });
  closeSync(log);
  const readLog = () => readFileSync(logPath, 'utf8');
  const killAtExit = () => void child.kill('SIGKILL');
  process.once('exit', killAtExit);
  const ended = once(child, 'exit').then(() => void process.off('exit', killAtExit));
  await Promise.race([once(child, 'message'), ended]);
  if (child.exitCode !== null) throw new Error(`the agent did not start:\n${readLog().slice(-3_000)}`);
  const end = async (how: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(how);
    await ended;
  };
  const ask = async <T>(route: string, init: RequestInit = {}): Promise<T> => {
    const response = await fetch(`http://127.0.0.1:${port}${route}`, init);
    if (!response.ok) throw new Error(`${route}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  };
  return {
    get: (route) => ask(route),
    post: (route, body) =>
      ask(route, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    readLog,
  };
}
