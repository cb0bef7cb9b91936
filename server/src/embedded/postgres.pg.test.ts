import { chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { createLogger } from '../platform/logger.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { canRunChildScriptAs, runChildScript } from './child-script.fixture.ts';
import { startEmbeddedPostgres, type EmbeddedPostgres } from './postgres.ts';
import { isRoot } from './postgres-user.ts';
import { readRunningProcess, stopProcess } from './running-process.ts';

const log = createLogger('silent');
const NOBODY = { uid: 65_534, gid: 65_534 };
const TIMEOUT_MS = 60_000;

let dataDir = '';
const started: EmbeddedPostgres[] = [];

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'pentad-pg-'));
});

afterEach(async () => {
  for (const postgres of started.splice(0)) await postgres.stop();
  const homeNote = join(dataDir, 'postgres', 'home');
  if (existsSync(homeNote)) rmSync(readFileSync(homeNote, 'utf8'), { recursive: true, force: true });
  rmSync(dataDir, { recursive: true, force: true });
});

async function start(): Promise<EmbeddedPostgres> {
  const postgres = await startEmbeddedPostgres({ dataDir, log });
  started.push(postgres);
  return postgres;
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<unknown[]>({ text: sql, rowMode: 'array' });
    return rows.flat();
  } finally {
    await client.end();
  }
}

const childSource = () => `
  import { createLogger } from '../platform/logger.ts';
  import { startEmbeddedPostgres } from './postgres.ts';
  const postgres = await startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)}, log: createLogger('silent') });
  console.log(JSON.stringify([postgres.pid, postgres.superuserUrl('postgres')]));
  setInterval(() => {}, 1000);
`;

describe('embedded PostgreSQL', { timeout: TIMEOUT_MS }, () => {
  test('a first start makes a durable UTF-8 cluster in UTC, and a second one keeps data and port and is fast', async () => {
    const first = await start();
    const url = first.superuserUrl('postgres');
    const settings = [
      'server_version_num',
      'fsync',
      'synchronous_commit',
      'data_checksums',
      'timezone',
      'listen_addresses',
    ];
    const [version, ...rest] = await query(
      url,
      `SELECT ${settings.map((name) => `current_setting('${name}')`).join()}`,
    );
    expect(Number(version)).toBeGreaterThanOrEqual(180_000);
    expect(rest).toEqual(['on', 'on', 'on', 'UTC', '127.0.0.1']);
    expect(
      await query(url, "SELECT datlocale, pg_encoding_to_char(encoding) FROM pg_database WHERE datname = 'template1'"),
    ).toEqual(['C.UTF-8', 'UTF8']);
    await query(url, 'CREATE TABLE kept AS SELECT 42 AS n');
    await first.stop();
    expect(readRunningProcess(first.pid)).toBeNull();

    const startedAtMs = performance.now();
    const second = await start();
    const tookMs = performance.now() - startedAtMs;
    expect(await query(second.superuserUrl('postgres'), 'SELECT n FROM kept')).toEqual([42]);
    expect(second.port).toBe(first.port);
    expect(tookMs).toBeLessThan(2_000); // about 100 ms on an idle machine
  });

  test('only the owner of the data directory can read the password, and without it nobody gets in', async () => {
    const postgres = await start();
    expect(statSync(join(dataDir, 'postgres', 'superuser-password')).mode & 0o777).toBe(0o600);
    const url = new URL(postgres.superuserUrl('postgres'));
    url.password = 'wrong';
    await expect(query(url.href, 'SELECT 1')).rejects.toThrow(/password authentication failed/);
  });

  test('the log of the database holds no values of a failed statement', async () => {
    const url = (await start()).superuserUrl('postgres');
    await query(url, 'CREATE TABLE person (name text UNIQUE)');
    await query(url, "INSERT INTO person VALUES ('CANARY-NAME')");
    await expect(query(url, "INSERT INTO person VALUES ('CANARY-NAME')")).rejects.toThrow(/duplicate key/);
    const logText = readFileSync(join(dataDir, 'postgres', 'postgres.log'), 'utf8');
    expect(logText).toContain('duplicate key');
    expect(logText).not.toContain('CANARY-NAME');
  });

  test('after a kill -9 of the postmaster with a session open, the next start recovers what was committed', async () => {
    const first = await start();
    const session = new pg.Client({ connectionString: first.superuserUrl('postgres') });
    session.on('error', () => undefined);
    await session.connect();
    await session.query('CREATE TABLE committed AS SELECT 7 AS n');
    process.kill(first.pid, 'SIGKILL');
    await first.stop();
    const second = await start();
    expect(await query(second.superuserUrl('postgres'), 'SELECT n FROM committed')).toEqual([7]);
    await session.end().catch(() => undefined);
  });

  test('after a kill -9 of the server, the next start stops the orphan and keeps its commits', async () => {
    const server = await runChildScript(childSource());
    const [orphanPid, url] = JSON.parse(server.firstLine);
    await query(url, 'CREATE TABLE committed AS SELECT 9 AS n');
    await server.kill('SIGKILL');
    expect(readRunningProcess(orphanPid)).not.toBeNull();

    const postgres = await start();
    expect(readRunningProcess(orphanPid)).toBeNull();
    expect(await query(postgres.superuserUrl('postgres'), 'SELECT n FROM committed')).toEqual([9]);
  });

  test('a second server on the same data directory is refused and leaves the first one alone', async () => {
    const first = await start();
    await expect(startEmbeddedPostgres({ dataDir, log })).rejects.toThrow(/is in use by process/);
    expect(await query(first.superuserUrl('postgres'), 'SELECT 1')).toEqual([1]);
  });

  test('a pid file that points at a stranger is set aside and the stranger lives', async () => {
    const first = await start();
    await first.stop();
    const homeNote = join(dataDir, 'postgres', 'home');
    const homeDir = existsSync(homeNote) ? readFileSync(homeNote, 'utf8') : join(dataDir, 'postgres');
    const stranger = await runChildScript('console.log("up"); setInterval(() => {}, 1000);');
    writeFileSync(join(homeDir, 'cluster', 'postmaster.pid'), `${stranger.pid}\n${join(homeDir, 'cluster')}\n`);
    await start();
    expect(readRunningProcess(stranger.pid)).not.toBeNull();
    await stranger.kill('SIGKILL');
  });

  test('a port taken by another program is replaced by a free one', async () => {
    const first = await start();
    await first.stop();
    const holder = await runChildScript(
      `import { createServer } from 'node:net'; createServer().listen(${first.port}, '127.0.0.1', () => console.log('up'));`,
    );
    const second = await start();
    expect(second.port).not.toBe(first.port);
    expect(await query(second.superuserUrl('postgres'), 'SELECT 1')).toEqual([1]);
    await holder.kill('SIGKILL');
  });

  test.runIf(canRunChildScriptAs(NOBODY))('an ordinary user keeps everything in the data directory', async () => {
    chownSync(dataDir, NOBODY.uid, NOBODY.gid);
    const server = await runChildScript(childSource(), NOBODY);
    const [postgresPid, url] = JSON.parse(server.firstLine);
    expect(await query(url, 'SELECT 1')).toEqual([1]);
    expect(existsSync(join(dataDir, 'postgres', 'cluster', 'PG_VERSION'))).toBe(true);
    await server.kill('SIGKILL');
    await stopProcess(postgresPid, [{ signal: 'SIGINT', waitMs: 10_000 }]);
  });

  test.runIf(isRoot())('as root a removed data directory starts afresh and the old cluster is set aside', async () => {
    const first = await start();
    await query(first.superuserUrl('postgres'), 'CREATE TABLE old ()');
    await first.stop();
    rmSync(dataDir, { recursive: true });
    const fresh = await start();
    expect(await query(fresh.superuserUrl('postgres'), "SELECT to_regclass('old')")).toEqual([null]);
    const homeDir = readFileSync(join(dataDir, 'postgres', 'home'), 'utf8');
    expect(existsSync(join(homeDir, 'cluster.set-aside', 'PG_VERSION'))).toBe(true);
  });

  test.runIf(isRoot())('as root a copy of a data directory gets a cluster of its own', async () => {
    await start();
    const original = readFileSync(join(dataDir, 'postgres', 'home'), 'utf8');
    const copyDir = mkdtempSync(join(tmpdir(), 'pentad-pg-copy-'));
    mkdirSync(join(copyDir, 'postgres'));
    writeFileSync(join(copyDir, 'postgres', 'home'), original);
    const copy = await startEmbeddedPostgres({ dataDir: copyDir, log });
    const copyHome = readFileSync(join(copyDir, 'postgres', 'home'), 'utf8');
    await copy.stop();
    for (const dir of [copyDir, copyHome]) rmSync(dir, { recursive: true });
    expect(copyHome).not.toBe(original);
  });
});
