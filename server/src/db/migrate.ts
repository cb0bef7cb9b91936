import { createHash, createHmac } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { DomainError } from '../platform/errors.ts';

const roles = ['pentad_api', 'pentad_ingest', 'pentad_clock', 'pentad_auditor'] as const;
/** Any fixed number: one migration at a time over all instances. */
const MIGRATION_LOCK = 7_208_341;
const ROLE_ATTEMPTS = 10;

async function prepareRoles(client: pg.Client, loginPassword: string): Promise<void> {
  const existing = new Set(
    (await client.query<{ rolname: string }>('SELECT rolname FROM pg_roles')).rows.map((row) => row.rolname),
  );
  for (const role of ['pentad_owner', ...roles]) {
    if (!existing.has(role)) await client.query(`CREATE ROLE ${role} NOLOGIN NOSUPERUSER NOBYPASSRLS`);
  }
  if (!existing.has('pentad_login'))
    await client.query('CREATE ROLE pentad_login LOGIN NOINHERIT NOSUPERUSER NOBYPASSRLS');
  await client.query(`ALTER ROLE pentad_login PASSWORD ${pg.escapeLiteral(loginPassword)}`);
  await client.query(`GRANT ${roles.join(', ')} TO pentad_login`);
  await client.query('GRANT pentad_owner TO CURRENT_USER');
}

/** `tuple concurrently updated`, or the role was made a moment ago. */
const isRoleRace = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && ['XX000', '23505', '42710'].includes(error.code ?? '');

/** Roles belong to the whole cluster, the lock to one database: a server of another database may write them at once. */
async function prepareSharedRoles(client: pg.Client, loginPassword: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await prepareRoles(client, loginPassword);
    } catch (error) {
      if (!isRoleRace(error) || attempt === ROLE_ATTEMPTS) throw error;
      await client.query('SELECT pg_sleep(0.05 * $1)', [attempt]);
    }
  }
}

async function applyMigrations(client: pg.Client, directory: string): Promise<void> {
  await client.query('SET ROLE pentad_owner');
  await client.query(
    'CREATE TABLE IF NOT EXISTS migration (n integer PRIMARY KEY, name text NOT NULL, sha256 text NOT NULL, at timestamptz NOT NULL DEFAULT now())',
  );
  const files = (await readdir(directory)).filter((name) => /^\d{4}-.*\.sql$/.test(name)).sort();
  const applied = (
    await client.query<{ n: number; name: string; sha256: string }>('SELECT n, name, sha256 FROM migration ORDER BY n')
  ).rows;
  if (applied.length > files.length) {
    throw new DomainError(
      'unavailable',
      'migrate.database-is-newer',
      'the database has migrations this version does not know',
    );
  }
  for (const [index, name] of files.entries()) {
    const text = await readFile(path.join(directory, name), 'utf8');
    const sha256 = createHash('sha256').update(text).digest('hex');
    const before = applied[index];
    if (before) {
      if (before.name !== name || before.sha256 !== sha256) {
        throw new DomainError(
          'unavailable',
          'migrate.history-differs',
          `migration ${name} is not the one that was applied`,
        );
      }
      continue;
    }
    await client.query('BEGIN');
    await client.query(text);
    await client.query('INSERT INTO migration (n, name, sha256) VALUES ($1, $2, $3)', [index + 1, name, sha256]);
    await client.query('COMMIT');
  }
  await client.query('RESET ROLE');
}

/** One transaction as the owner of all tables: for setting an installation up, never while it runs. */
export async function asOwner<T>(adminUrl: string, work: (tx: OwnerTx) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: adminUrl, application_name: 'pentad-setup' });
  await client.connect();
  try {
    await client.query('BEGIN');
    await client.query('SET LOCAL ROLE pentad_owner');
    const result = await work({ query: async (text, values = []) => (await client.query(text, [...values])).rows });
    await client.query('COMMIT');
    return result;
  } finally {
    await client.end();
  }
}

export interface OwnerTx {
  query<Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]): Promise<Row[]>;
}

/** The same on every instance, so that one instance's start never locks another out. */
const loginPasswordFrom = (adminUrl: string): string =>
  createHmac('sha256', decodeURIComponent(new URL(adminUrl).password))
    .update('pentad_login')
    .digest('hex');

/** The URL of the server's own login in a database that was migrated by `adminUrl`. */
export function loginUrlOf(adminUrl: string): string {
  const url = new URL(adminUrl);
  url.username = 'pentad_login';
  url.password = loginPasswordFrom(adminUrl);
  return url.toString();
}

/**
 * Brings a database to this version: roles, owner, tables, policies. Safe to run from several instances at once.
 * @param adminUrl a login that may create roles (at least once) and owns or may own the database
 * @returns the URL the server itself connects with: a login that can only become the four roles
 */
export async function migrate(adminUrl: string, directory: string): Promise<string> {
  const loginPassword = loginPasswordFrom(adminUrl);
  const client = new pg.Client({ connectionString: adminUrl, application_name: 'pentad-migrate' });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await prepareSharedRoles(client, loginPassword);
    await client.query(`ALTER DATABASE ${pg.escapeIdentifier(client.database ?? 'pentad')} OWNER TO pentad_owner`);
    await client.query('GRANT USAGE, CREATE ON SCHEMA public TO pentad_owner');
    await applyMigrations(client, directory);
  } finally {
    await client.end();
  }
  return loginUrlOf(adminUrl);
}
