import pg from 'pg';
import { vehicleIdOf } from '@pentad/protocol/testing/boring-ids';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDispatchHouse, tablesHolding, type DispatchHouse } from './dispatch-house.fixture.ts';
import { SqlViewSource } from './sql-view-source.ts';

const DATABASE = `dispatch_centre_${process.pid}`;
let house: DispatchHouse;
let centre: pg.Client;
let url = '';

/** A dispatch centre of its own beside ours: another database of the same cluster, and a login that may read one view. */
beforeAll(async () => {
  house = await createDispatchHouse();
  const admin = new pg.Client({ connectionString: house.database.adminUrl });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${DATABASE}`);
  await admin.query(`CREATE ROLE ${DATABASE} LOGIN PASSWORD 'reader'`);
  await admin.end();
  const place = new URL(house.database.adminUrl);
  place.pathname = `/${DATABASE}`;
  centre = new pg.Client({ connectionString: place.toString() });
  await centre.connect();
  await centre.query(`CREATE TABLE job (no text, changed timestamp(6), unit text, called timestamp, words text, street text,
    phone text, sex text, age int, off boolean)`);
  await centre.query(`CREATE VIEW pentad_jobs AS SELECT no AS "任务编号", changed AS "更新时间", unit AS vehicle_id, called AS call_at,
    words AS "主诉", street AS address, phone AS "联系电话", sex AS "性别", age AS age_years, off AS is_withdrawn, 7 AS "内部" FROM job`);
  await centre.query('CREATE TABLE twice (job_number text, changed_at timestamp)');
  await centre.query(`GRANT SELECT ON pentad_jobs, twice TO ${DATABASE}`);
  place.username = DATABASE;
  place.password = 'reader';
  url = place.toString();
});
afterAll(async () => {
  await centre.end();
  const admin = new pg.Client({ connectionString: house.database.adminUrl });
  await admin.connect();
  await admin.query(`DROP DATABASE ${DATABASE} WITH (FORCE)`);
  await admin.query(`DROP ROLE ${DATABASE}`);
  await admin.end();
  await house.close();
});

const source = (holder = '01890000-0000-7000-8000-000000000001', view = 'public.pentad_jobs') =>
  new SqlViewSource({ ...house.ports, place: { url, view }, centre: 'county-120', holder });
const put = (
  no: string,
  changed: string,
  some: Partial<Record<'unit' | 'sex' | 'street', string | null>> & { off?: boolean } = {},
) =>
  centre.query('INSERT INTO job VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 71, $9)', [
    no,
    changed,
    some.unit === undefined ? vehicleIdOf(1) : some.unit,
    '2026-01-01 08:00:00',
    '胸痛CANARY',
    some.street ?? '幸福路CANARY',
    '13912345678',
    some.sex ?? '男',
    some.off ?? false,
  ]);
const jobs = async () =>
  (await house.rows('SELECT job_number, state, revision FROM dispatch_job ORDER BY job_number')).map((row) =>
    [row['job_number'], row['state'], row['revision']].join(' '),
  );
const cursor = async () => (await house.rows('SELECT changed_at, job_number FROM dispatch_cursor'))[0];

test('each row of the view is told as a job, in order, and the cursor keeps every microsecond', async () => {
  await put('V-1', '2026-01-01 08:00:01.000001');
  await put('V-2', '2026-01-01 08:00:01.000002');
  await source().poll();
  expect(await jobs()).toEqual(['V-1 taken 1', 'V-2 taken 1']);
  expect(await cursor()).toEqual({ changed_at: '2026-01-01 08:00:01.000002', job_number: 'V-2' });
  const [state] = await house.rows(
    "SELECT cases.state->'stamps' AS stamps FROM cases JOIN dispatch_job USING (case_id) WHERE job_number = 'V-1'",
  );
  expect(Object.values(Object(state?.['stamps']))).toMatchObject([{ code: 'T_CALL', atMs: Date.UTC(2026, 0, 1) }]);
});

test('a changed row is told again, and one committed late under an earlier time is not missed', async () => {
  const poller = source();
  await poller.poll();
  await put('V-0-late', '2026-01-01 07:59:30');
  await centre.query("UPDATE job SET changed = '2026-01-01 08:00:20', street = '光明路CANARY' WHERE no = 'V-1'");
  await poller.poll();
  expect(await jobs()).toEqual(['V-0-late taken 1', 'V-1 taken 2', 'V-2 taken 1']);
  await poller.poll();
  await source().poll();
  expect(await jobs()).toEqual(['V-0-late taken 1', 'V-1 taken 2', 'V-2 taken 1']);
});

test('a row that is no job, or only in part, is quarantined once with its code, and what can be taken is', async () => {
  await put('任务 7', '2026-01-01 08:00:30');
  await put('V-3', '2026-01-01 08:00:31', { sex: '不男不女CANARY' });
  await put('V-4', '2026-01-01 08:00:32', { unit: null });
  await source().poll();
  await source().poll();
  const refused = await house.rows('SELECT centre, code FROM dispatch_refused ORDER BY code');
  expect(refused).toEqual([
    { centre: 'county-120', code: 'dispatch-job.vehicle-not-named' },
    { centre: 'county-120', code: 'job-row.jobNumber' },
    { centre: 'county-120', code: 'job-row.sex' },
  ]);
  expect((await jobs()).slice(3)).toEqual(['V-3 taken 1', 'V-4 unmatched 1']);
  const [row] = await house.rows("SELECT refused_id, raw FROM dispatch_refused WHERE code = 'job-row.sex'");
  const raw = house.vault.openRaw(`dispatch_refused/${String(row?.['refused_id'])}`, row?.['raw'] as Buffer);
  expect(raw.toString()).toContain('不男不女CANARY');
});

test('more than a page is read to its end in one look; a withdrawn row says so', async () => {
  await centre.query(
    `INSERT INTO job SELECT 'P-' || n, '2026-01-01 09:00:00', '${vehicleIdOf(2)}', NULL, NULL, NULL, NULL, NULL, NULL, false FROM generate_series(1, 230) n`,
  );
  await put('V-5', '2026-01-01 09:00:01', { off: true });
  await centre.query("UPDATE job SET off = true, changed = '2026-01-01 09:00:02' WHERE no = 'V-2'");
  await source().poll();
  expect(
    await house.rows("SELECT count(*)::int AS n FROM dispatch_job WHERE job_number LIKE 'P-%' AND state = 'taken'"),
  ).toEqual([{ n: 230 }]);
  const states = await house.rows("SELECT state FROM dispatch_job WHERE job_number = 'V-2'");
  expect(states).toEqual([{ state: 'withdrawn' }]);
}, 60_000);

test('our database away for a moment: nothing is skipped', async () => {
  await put('V-6', '2026-01-01 10:00:00');
  await put('V-7', '2026-01-01 10:00:01');
  const units = { change: () => Promise.reject(new Error('connection lost')) };
  const options = { ...house.ports, units, place: { url, view: 'pentad_jobs' }, centre: 'county-120' };
  const failing = new SqlViewSource({ ...options, holder: '01890000-0000-7000-8000-000000000001' });
  await expect(failing.poll()).rejects.toThrow('connection lost');
  await source().poll();
  const cases = await house.rows(
    "SELECT job_number FROM cases JOIN dispatch_job USING (case_id) WHERE job_number IN ('V-6', 'V-7') ORDER BY 1",
  );
  expect(cases).toEqual([{ job_number: 'V-6' }, { job_number: 'V-7' }]);
});

test('a second instance does not poll while the first has the duty', async () => {
  await source().poll();
  await put('V-8', '2026-01-01 11:00:00');
  await source('01890000-0000-7000-8000-000000000002').poll();
  expect(await house.jobRow('V-8')).toBeUndefined();
  await house.rows('DELETE FROM duty_lease');
  await source('01890000-0000-7000-8000-000000000002').poll();
  expect(await house.jobRow('V-8')).toMatchObject({ state: 'taken' });
  await house.rows('DELETE FROM duty_lease');
});

test('nothing is written over there, and a view of another shape is said by a code', async () => {
  await centre.query(
    'CREATE OR REPLACE FUNCTION sly() RETURNS text LANGUAGE plpgsql AS $$ BEGIN DELETE FROM job; RETURN $q$x$q$; END $$',
  );
  await centre.query('CREATE VIEW sly_jobs AS SELECT sly() AS job_number, now() AS changed_at');
  await centre.query(`GRANT SELECT ON sly_jobs TO ${DATABASE}; GRANT DELETE ON job TO ${DATABASE}`);
  await expect(source(undefined, 'sly_jobs').poll()).rejects.toMatchObject({ code: '25006' });
  await centre.query('CREATE VIEW shapeless AS SELECT no AS job_number FROM job');
  await centre.query(`GRANT SELECT ON shapeless TO ${DATABASE}`);
  await source(undefined, 'shapeless').poll();
  expect(house.log.lines.at(-1)).toMatchObject({
    code: 'dispatch-view.unreadable',
    fields: { code: 'columns.no-changed-at' },
  });
  expect(Number((await centre.query('SELECT 1 FROM job')).rowCount)).toBeGreaterThan(230);
});

test('with no cursor yet the history is left alone; rows without a time or a number are counted aloud', async () => {
  await house.rows('DELETE FROM dispatch_cursor');
  await put('V-old', '2026-01-01 01:00:00');
  await put('V-six', '2026-01-01 02:30:00');
  await centre.query("INSERT INTO job (no, changed) VALUES ('V-timeless', NULL), (NULL, '2026-01-01 08:00:00')");
  const poller = source();
  await poller.poll();
  expect(await house.jobRow('V-old')).toBeUndefined();
  expect(await house.jobRow('V-six')).toMatchObject({ state: 'taken' });
  const said = () => house.log.lines.filter(({ code }) => code === 'dispatch-view.rows-unplaced');
  const fields = { withoutTime: 1, withoutNumber: 1 };
  expect(said().at(-1)).toEqual({ level: 'error', code: 'dispatch-view.rows-unplaced', fields });
  const before = said().length;
  await poller.poll();
  expect(said()).toHaveLength(before);
  await centre.query('DELETE FROM job WHERE no IS NULL OR changed IS NULL');
});

test('a view whose numbers are integers and whose times have a zone is read with every poll', async () => {
  await house.rows('DELETE FROM dispatch_cursor');
  await centre.query('CREATE TABLE counted (job_number bigint, changed_at timestamptz, vehicle_id text, note text)');
  await centre.query(`GRANT SELECT ON counted TO ${DATABASE}`);
  const add = (no: number, at: string) =>
    centre.query('INSERT INTO counted VALUES ($1, $2, $3, NULL)', [no, at, vehicleIdOf(1)]);
  await add(9, '2025-12-31T17:59:59Z');
  await add(10, '2026-01-01T00:00:00Z');
  const poller = source(undefined, 'counted');
  await poller.poll();
  await add(2, '2026-01-01T00:00:00Z');
  await poller.poll();
  await poller.poll();
  for (const no of ['10', '2']) expect(await house.jobRow(no)).toMatchObject({ state: 'taken', revision: 1 });
  expect(await house.jobRow('9')).toBeUndefined();
});

test('a row that changes again within its own second is told again', async () => {
  const poller = source(undefined, 'counted');
  await poller.poll();
  await centre.query("UPDATE counted SET note = '三楼CANARY' WHERE job_number = 10");
  await poller.poll();
  expect(await house.jobRow('10')).toMatchObject({ revision: 2 });
  await poller.poll();
  expect(await house.jobRow('10')).toMatchObject({ revision: 2 });
});

test('a row that fails by itself is quarantined, and those behind it are told', async () => {
  await house.rows('DELETE FROM dispatch_cursor');
  await centre.query('DELETE FROM counted');
  await centre.query("INSERT INTO counted SELECT n, '2026-01-01T00:00:00Z', $1 FROM generate_series(21, 22) n", [
    vehicleIdOf(1),
  ]);
  const { units } = house.ports;
  let calls = 0;
  const change = (...args: Parameters<typeof units.change>) =>
    (calls += 1) === 1 ? Promise.reject(new TypeError('bug')) : units.change(...args);
  const options = { ...house.ports, units: { change } as typeof units, place: { url, view: 'counted' } };
  await new SqlViewSource({ ...options, centre: 'county-120', holder: '01890000-0000-7000-8000-000000000001' }).poll();
  expect(await house.jobRow('22')).toMatchObject({ case_revision: 1 });
  const refused = await house.rows("SELECT source FROM dispatch_refused WHERE code = 'dispatch-job.failed'");
  expect(refused).toEqual([{ source: 'sql-view' }]);
  expect(house.log.lines).toContainEqual({
    level: 'error',
    code: 'dispatch-view.row-failed',
    fields: expect.objectContaining({ errorName: 'TypeError' }) as unknown,
  });
});

test('H25: nothing a row says stands unsealed in any table or log line', async () => {
  expect(await tablesHolding(house, ['CANARY', '13912345678', '幸福路'])).toEqual([]);
  expect(JSON.stringify(house.log.lines)).not.toMatch(/CANARY|13912345678|V-\d|任务/);
});
