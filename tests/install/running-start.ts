import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Place {
  readonly dataDir: string;
  readonly port: number;
  remove(): void;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const address = server.address();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

export async function newPlace(): Promise<Place> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'pentad-start-'));
  const home = () => clusterHome(dataDir);
  const remove = () => {
    const cluster = home();
    rmSync(dataDir, { recursive: true, force: true });
    if (cluster !== null && cluster.startsWith('/var/lib/pentad/')) rmSync(cluster, { recursive: true, force: true });
  };
  return { dataDir, port: await freePort(), remove };
}

function clusterHome(dataDir: string): string | null {
  const note = path.join(dataDir, 'postgres', 'home');
  return existsSync(note) ? readFileSync(note, 'utf8').trim() : null;
}

/** Every process of this place: its command line names the data directory or the database's own. */
export function processesOf(place: Place): number[] {
  const marks = [place.dataDir, clusterHome(place.dataDir)].filter((mark) => mark !== null);
  const isOurs = (pid: string): boolean => {
    try {
      const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      const environment = readFileSync(`/proc/${pid}/environ`, 'utf8');
      return marks.some((mark) => words.includes(mark) || environment.includes(`PENTAD_DATA_DIR=${mark}`));
    } catch {
      return false;
    }
  };
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter(isOurs)
    .map(Number);
}

/** The program a process runs, or '' when it is gone. */
export function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')[0] ?? '';
  } catch {
    return '';
  }
}

/** Proportional memory: shared pages are counted once over all processes. */
export function memoryMb(pids: readonly number[]): number {
  const kilobytes = pids.map((pid) => {
    try {
      return Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
    } catch {
      return 0;
    }
  });
  return kilobytes.reduce((sum, each) => sum + each, 0) / 1024;
}

export interface Started {
  readonly child: ChildProcess;
  readonly seconds: number;
  readonly address: string;
}

/** `npm start`'s script as a newcomer runs it. */
function launch(place: Place, cwd: string): ChildProcess {
  return spawn(process.execPath, ['scripts/start.mjs'], {
    cwd,
    env: { ...process.env, PENTAD_DATA_DIR: place.dataDir, HTTP_PORT: String(place.port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Resolves with what `pattern` found in what it prints; rejects when it ends first. */
async function printedBy(child: ChildProcess, pattern: RegExp): Promise<string> {
  let printed = '';
  child.stderr?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  return new Promise<string>((resolve, reject) => {
    child.on('exit', () => reject(new Error(`start ended early:\n${printed}`)));
    child.stdout?.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
      const found = pattern.exec(printed)?.[0];
      if (found) resolve(found);
    });
  });
}

/** Waits for the address it prints. */
export async function start(place: Place, cwd = root): Promise<Started> {
  const fromMs = performance.now();
  const child = launch(place, cwd);
  const address = await printedBy(child, /http:\/\/localhost:\d+/);
  return { child, seconds: (performance.now() - fromMs) / 1000, address };
}

/** Starts it and returns as soon as it has printed `step`, in the middle of starting. */
export async function startTo(place: Place, step: RegExp, cwd = root): Promise<ChildProcess> {
  const child = launch(place, cwd);
  await printedBy(child, step);
  return child;
}

export async function until(holds: () => boolean | Promise<boolean>, withinMs: number): Promise<number> {
  const fromMs = performance.now();
  while (performance.now() - fromMs < withinMs) {
    if (await holds()) return performance.now() - fromMs;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`did not hold within ${withinMs} ms`);
}
