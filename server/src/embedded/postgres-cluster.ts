import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { PostgresPlace } from './postgres-place.ts';

export const SUPERUSER = 'postgres';
/** Nothing of our environment reaches PostgreSQL: a PGPORT or PGOPTIONS set for something else would steer it. */
export const POSTGRES_ENV = { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };

/** Makes the cluster on the first start, by a rename at the end: a start that is killed half-way leaves none. */
export async function ensureCluster(place: PostgresPlace, initdb: string): Promise<{ superuserPassword: string }> {
  const passwordPath = join(place.notesDir, 'superuser-password');
  if (existsSync(place.clusterDir)) {
    if (existsSync(passwordPath)) return { superuserPassword: readFileSync(passwordPath, 'utf8') };
    setAside(place, passwordPath);
  }
  const superuserPassword = randomBytes(24).toString('base64url');
  writeFileSync(passwordPath, superuserPassword, { mode: 0o600 });
  await initialize(place, initdb, superuserPassword);
  return { superuserPassword };
}

/** Whoever removes the data directory asks for a fresh start; as root the cluster lies elsewhere and is kept, once. */
function setAside({ clusterDir, homeDir, notesDir }: PostgresPlace, passwordPath: string): void {
  if (homeDir === notesDir) throw new Error(`${passwordPath} is missing: ${clusterDir} cannot be opened without it`);
  const asideDir = `${clusterDir}.set-aside`;
  rmSync(asideDir, { recursive: true, force: true });
  renameSync(clusterDir, asideDir);
}

async function initialize(place: PostgresPlace, initdb: string, superuserPassword: string): Promise<void> {
  const partialDir = `${place.clusterDir}.partial`;
  const pwfile = join(place.homeDir, 'initdb-password');
  for (const path of [partialDir, pwfile]) rmSync(path, { recursive: true, force: true });
  mkdirSync(partialDir, { mode: 0o700 });
  writeFileSync(pwfile, superuserPassword, { mode: 0o600 });
  if (place.user !== null) {
    for (const path of [partialDir, pwfile]) chownSync(path, place.user.uid, place.user.gid);
  }
  try {
    await promisify(execFile)(
      initdb,
      [
        `--pgdata=${partialDir}`,
        `--username=${SUPERUSER}`,
        `--pwfile=${pwfile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--data-checksums',
        '--no-instructions',
      ],
      { cwd: place.homeDir, env: POSTGRES_ENV, ...place.user },
    );
  } finally {
    rmSync(pwfile, { force: true });
  }
  renameSync(partialDir, place.clusterDir);
}
