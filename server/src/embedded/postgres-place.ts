import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DomainError } from '../platform/errors.ts';
import { choosePostgresUser, isRoot, type SystemUser } from './postgres-user.ts';

/** `notesDir` lies in the data directory (password, port, log); `homeDir` holds binaries and cluster. */
export type PostgresPlace = { notesDir: string; homeDir: string; clusterDir: string; user: SystemUser | null };

const ROOT_HOMES = '/var/lib/pentad';
const HOME_NOTE = 'home';
const ORIGIN_NOTE = 'data-dir';

/**
 * As an ordinary user everything lies in `dataDir`. As root the service user may be unable to enter it (a 0700 home),
 * so the cluster lies under /var/lib/pentad and `dataDir` notes where. A data directory that was moved keeps its
 * cluster; a copy of one gets its own.
 */
export function choosePostgresPlace(dataDir: string): PostgresPlace {
  mkdirSync(join(dataDir, 'postgres'), { recursive: true, mode: 0o700 });
  const realDataDir = realpathSync(dataDir);
  const notesDir = join(realDataDir, 'postgres');
  const homeDir = isSetUp(notesDir) ? notesDir : chooseHome(realDataDir, notesDir);
  const clusterDir = join(homeDir, 'cluster');
  return { notesDir, homeDir, clusterDir, user: isSetUp(homeDir) ? readOwner(clusterDir) : choosePostgresUser() };
}

function isSetUp(homeDir: string): boolean {
  return existsSync(join(homeDir, 'cluster'));
}

function readOwner(clusterDir: string): SystemUser | null {
  if (!isRoot()) return null;
  const { uid, gid } = statSync(clusterDir);
  return { uid, gid };
}

function chooseHome(dataDir: string, notesDir: string): string {
  const notePath = join(notesDir, HOME_NOTE);
  const noted = existsSync(notePath) ? readFileSync(notePath, 'utf8') : null;
  if (!isRoot()) {
    if (noted === null) return notesDir;
    throw new DomainError(
      'conflict',
      'embedded-postgres.owned-by-root',
      `the database of ${dataDir} was set up by root in ${noted}: start as root again, or choose another PENTAD_DATA_DIR`,
    );
  }
  const homeDir =
    noted !== null && isNoteOurs(noted, dataDir)
      ? noted
      : join(ROOT_HOMES, createHash('sha256').update(dataDir).digest('hex').slice(0, 16));
  mkdirSync(homeDir, { recursive: true });
  for (const dir of [ROOT_HOMES, homeDir]) chmodSync(dir, 0o755); // whatever the umask, the service user enters
  writeFileSync(join(homeDir, ORIGIN_NOTE), dataDir);
  writeFileSync(notePath, homeDir);
  return homeDir;
}

function isNoteOurs(homeDir: string, dataDir: string): boolean {
  const originPath = join(homeDir, ORIGIN_NOTE);
  if (!existsSync(originPath)) return false;
  const origin = readFileSync(originPath, 'utf8');
  return origin === dataDir || !existsSync(join(origin, 'postgres', HOME_NOTE));
}
