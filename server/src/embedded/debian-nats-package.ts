import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { isRoot } from './postgres-user.ts';

const PACKAGE = 'nats-server';
const DOWNLOAD_TIMEOUT_MS = 60_000;

/** Where the unpacked package keeps its program. */
export function unpackedNatsPath(packageDir: string): string {
  return join(packageDir, 'usr', 'sbin', 'nats-server');
}

/** Downloads the Debian package and unpacks it into `packageDir`, without installing; false where that is impossible. */
export async function unpackDebianNats(packageDir: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  mkdirSync(dirname(packageDir), { recursive: true });
  const workDir = mkdtempSync(`${packageDir}-download-`);
  const run = async (command: string, args: string[]) =>
    promisify(execFile)(command, args, { cwd: workDir, env, timeout: DOWNLOAD_TIMEOUT_MS }).then(
      () => true,
      () => false, // the next rung is tried, and the last one says how to install by hand
    );
  const download = () => run('apt-get', ['download', PACKAGE]);
  try {
    if (!(await download()) && !(isRoot() && (await run('apt-get', ['update'])) && (await download()))) return false;
    const archive = readdirSync(workDir).find((name) => name.startsWith(`${PACKAGE}_`) && name.endsWith('.deb'));
    const unpackedDir = join(workDir, 'unpacked');
    if (archive === undefined || !(await run('dpkg', ['-x', join(workDir, archive), unpackedDir]))) return false;
    rmSync(packageDir, { recursive: true, force: true });
    renameSync(unpackedDir, packageDir);
    return existsSync(unpackedNatsPath(packageDir));
  } finally {
    rmSync(workDir, { recursive: true, force: true });
  }
}
