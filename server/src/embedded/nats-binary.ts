import { execFile } from 'node:child_process';
import { existsSync, realpathSync, mkdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { DomainError } from '../platform/errors.ts';
import { unpackDebianNats, unpackedNatsPath } from './debian-nats-package.ts';
import { listNatsVersionWarnings, readNatsVersion } from './nats-version.ts';

export type NatsBinary = { path: string; version: string; warnings: string[] };

export type FindNatsBinaryOptions = {
  /** A path the operator named; nothing else is tried then. */
  explicitPath: string | null;
  /** The environment of this process: PATH, and what apt-get and brew need (HOME, proxies). */
  env: NodeJS.ProcessEnv;
  dataDir: string;
  /** Where servers are installed although PATH of an ordinary user may not name it. */
  systemDirs?: readonly string[];
};

const SYSTEM_DIRS = ['/usr/sbin', '/usr/local/bin', '/usr/local/sbin', '/opt/homebrew/bin'];

/**
 * Finds nats-server: the named path; PATH and the system's directories; one unpacked earlier; the Debian package
 * unpacked into the data directory; Homebrew. A release download is left out: no checksum is pinned for it.
 */
export async function findNatsBinary(options: FindNatsBinaryOptions): Promise<NatsBinary> {
  if (options.explicitPath !== null) {
    const named = describe(options.explicitPath);
    if (named !== null) return named;
    throw new DomainError(
      'unavailable',
      'nats-server.not-usable',
      `${options.explicitPath} is not a nats-server that runs on this machine`,
    );
  }
  for await (const path of listCandidates(options)) {
    const found = describe(path);
    if (found !== null) return found;
  }
  throw new DomainError(
    'unavailable',
    'nats-server.not-found',
    'nats-server was not found. Install it ("apt-get install nats-server", "brew install nats-server", or from ' +
      'https://github.com/nats-io/nats-server/releases into /usr/local/bin), or set NATS_URL to a running one.',
  );
}

function describe(path: string): NatsBinary | null {
  const version = existsSync(path) ? readNatsVersion(path) : null;
  return version === null ? null : { path, version, warnings: listNatsVersionWarnings(version) };
}

async function* listCandidates({
  env,
  dataDir,
  systemDirs = SYSTEM_DIRS,
}: FindNatsBinaryOptions): AsyncGenerator<string> {
  const dirs = (env['PATH'] ?? '').split(delimiter).filter((dir) => dir !== '');
  for (const dir of [...dirs, ...systemDirs]) yield join(dir, 'nats-server');

  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const packageDir = join(realpathSync(dataDir), 'nats-server');
  yield unpackedNatsPath(packageDir);
  if (process.platform === 'linux' && (await unpackDebianNats(packageDir, env))) yield unpackedNatsPath(packageDir);

  const prefix = await promisify(execFile)('brew', ['--prefix', 'nats-server'], { env, timeout: 10_000 }).then(
    ({ stdout }) => stdout.trim(),
    () => null, // no Homebrew here
  );
  if (prefix !== null) yield join(prefix, 'bin', 'nats-server');
}
