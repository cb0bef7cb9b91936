import { execFileSync, spawnSync } from 'node:child_process';
import { DomainError } from '../platform/errors.ts';

/** Who PostgreSQL runs as: it refuses root. Null means "as we are". */
export type SystemUser = { uid: number; gid: number };

const OWN_USER = 'pentad';
const FALLBACK_USERS = ['postgres', '_postgres', 'nobody'];

/** As root: the user `pentad`, created when it can be, else a service user that exists. Otherwise null. */
export function choosePostgresUser(): SystemUser | null {
  if (!isRoot()) return null;
  const existing = lookUpUser(OWN_USER) ?? createOwnUser();
  if (existing !== null) return existing;
  for (const name of FALLBACK_USERS) {
    const user = lookUpUser(name);
    if (user !== null) return user;
  }
  throw new DomainError(
    'unavailable',
    'embedded-postgres.no-user',
    `PostgreSQL cannot run as root and no user for it was found: create one with "useradd --system ${OWN_USER}", or start as an ordinary user`,
  );
}

export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

function createOwnUser(): SystemUser | null {
  spawnSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', OWN_USER], {
    stdio: 'ignore',
  });
  return lookUpUser(OWN_USER);
}

function lookUpUser(name: string): SystemUser | null {
  try {
    const [uid, gid] = ['-u', '-g'].map((flag) =>
      Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })),
    );
    return uid !== undefined && gid !== undefined && uid > 0 ? { uid, gid } : null;
  } catch {
    return null; // `id` exits 1 for an unknown name
  }
}
