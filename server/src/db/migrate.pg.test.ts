import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asOwner, migrate } from './migrate.ts';
import { createTestDatabase, type TestDatabase } from './test-database.fixture.ts';

const migrations = join(import.meta.dirname, '../../../migrations');
let database: TestDatabase;
let admin: pg.Client;
let dir = '';
beforeAll(async () => {
  database = await createTestDatabase();
  admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
  dir = mkdtempSync(join(tmpdir(), 'pentad-migrations-'));
});
afterAll(async () => {
  await admin.end();
  await database.close();
  rmSync(dir, { recursive: true, force: true });
});

/** The history as it is, and what a test makes of it. */
function history(name: string, change: (folder: string) => void): string {
  const folder = join(dir, name);
  cpSync(migrations, folder, { recursive: true });
  change(folder);
  return folder;
}
const applied = async () =>
  (await admin.query<{ n: number; name: string }>('SELECT n, name FROM migration ORDER BY n')).rows;
const next = `${String(readdirSync(migrations).filter((name) => name.endsWith('.sql')).length + 1).padStart(4, '0')}-later.sql`;
const tables = async (name: string) =>
  (await admin.query('SELECT 1 FROM information_schema.tables WHERE table_name = $1', [name])).rowCount;

test('a migrated database has every migration, in order, once', async () => {
  const files = readdirSync(migrations)
    .filter((name) => name.endsWith('.sql'))
    .sort();
  expect(await applied()).toEqual(files.map((name, index) => ({ n: index + 1, name })));
});

test("servers of several databases of one cluster start at once: roles are the cluster's, the lock is not", async () => {
  const others = await Promise.all([createTestDatabase(), createTestDatabase(), createTestDatabase()]);
  try {
    for (let round = 0; round < 4; round += 1) {
      const urls = [database, ...others].map(({ adminUrl }) => migrate(adminUrl, migrations));
      await expect(Promise.all(urls)).resolves.toHaveLength(4);
    }
  } finally {
    await Promise.all(others.map((other) => other.close()));
  }
});

test('P18: migrating again, also from several instances at once, changes nothing and locks nobody out', async () => {
  const before = await applied();
  const urls = await Promise.all([1, 2, 3].map(() => migrate(database.adminUrl, migrations)));
  expect(new Set(urls)).toEqual(new Set([database.url]));
  expect(await applied()).toEqual(before);
  await expect(database.pools.api.query('SELECT 1')).resolves.toMatchObject({ rowCount: 1 });
});

describe('a history that is not the one applied stops the start', () => {
  test.each<[string, string, (folder: string) => void]>([
    [
      'a changed migration',
      'migrate.history-differs',
      (folder) => writeFileSync(join(folder, '0003-telemetry.sql'), '-- changed'),
    ],
    [
      'a renamed migration',
      'migrate.history-differs',
      (folder) => {
        rmSync(join(folder, '0003-telemetry.sql'));
        writeFileSync(join(folder, '0003-renamed.sql'), '');
      },
    ],
    [
      'a missing migration: the database is newer than this version',
      'migrate.database-is-newer',
      (folder) => rmSync(join(folder, readdirSync(folder).sort().at(-1) ?? '')),
    ],
  ])('%s', async (name, code, change) => {
    const before = await applied();
    await expect(migrate(database.adminUrl, history(name, change))).rejects.toMatchObject({
      kind: 'unavailable',
      code,
    });
    expect(await applied()).toEqual(before);
  });
});

describe('a new migration', () => {
  test('that fails half way leaves nothing of itself, and runs when it is mended', async () => {
    const folder = history('broken', (to) =>
      writeFileSync(join(to, next), 'CREATE TABLE half_made (x int); SELECT 1/0;'),
    );
    await expect(migrate(database.adminUrl, folder)).rejects.toThrow(/division by zero/);
    expect([await tables('half_made'), (await applied()).some(({ name }) => name === next)]).toEqual([0, false]);
  });

  test('is applied once, by the owner of the tables', async () => {
    const folder = history('later', (to) => writeFileSync(join(to, next), 'CREATE TABLE later_made (x int);'));
    await Promise.all([migrate(database.adminUrl, folder), migrate(database.adminUrl, folder)]);
    const { rows } = await admin.query("SELECT tableowner FROM pg_tables WHERE tablename = 'later_made'");
    expect(rows).toEqual([{ tableowner: 'pentad_owner' }]);
    await expect(migrate(database.adminUrl, migrations)).rejects.toMatchObject({ code: 'migrate.database-is-newer' });
  });
});

describe('as the owner, to set an installation up', () => {
  test('one transaction: all of it or nothing', async () => {
    await expect(
      asOwner(database.adminUrl, async (tx) => {
        await tx.query("INSERT INTO hospital VALUES ('hospital-9', '医院', 'Hospital', '120', 30, 120)");
        throw new Error('stop');
      }),
    ).rejects.toThrow('stop');
    const rows = await asOwner(database.adminUrl, (tx) => tx.query('SELECT hospital_id FROM hospital'));
    expect(rows).toEqual([]);
  });
});
