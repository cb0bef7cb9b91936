import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCaseDatabase, type CaseDatabase } from '../cases/case-database.fixture.ts';
import { systemActor, type SystemActor } from '../platform/actor.ts';

let house: CaseDatabase;
beforeAll(async () => {
  house = await createCaseDatabase();
  await house.openAlert();
});
afterAll(() => house.close());

const roles = ['pentad_api', 'pentad_ingest', 'pentad_clock', 'pentad_auditor'] as const;
const flags = (names: readonly string[]) =>
  house.rows(
    'SELECT rolname, rolsuper, rolbypassrls, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = ANY ($1)',
    [names],
  );
const run = (role: SystemActor['role'], sql: string) =>
  house.database.db.withActor(systemActor(role), (tx) => tx.query(sql));
const refused = { code: '42501' };

describe('H26: who the server is in its database', () => {
  test('neither its login nor any of its roles, nor the owner of the tables, is above the policies', async () => {
    const rows = await flags([...roles, 'pentad_login', 'pentad_owner']);
    expect(rows).toHaveLength(6);
    for (const row of rows)
      expect(row).toMatchObject({ rolsuper: false, rolbypassrls: false, rolcreatedb: false, rolcreaterole: false });
  });

  test('the login may become the four roles and nothing else, and inherits nothing of them', async () => {
    const rows = await house.rows(
      "SELECT r.rolname FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.roleid JOIN pg_roles l ON l.oid = m.member WHERE l.rolname = 'pentad_login' ORDER BY 1",
    );
    expect(rows.map((row) => row['rolname'])).toEqual(roles.toSorted());
    const client = new pg.Client({ connectionString: house.database.url });
    await client.connect();
    await expect(client.query('SELECT 1 FROM cases')).rejects.toMatchObject(refused);
    await expect(client.query('SET ROLE pentad_owner')).rejects.toMatchObject(refused);
    await client.end();
  });

  test('every table belongs to the owner role, which nobody logs in as', async () => {
    const rows = await house.rows("SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'");
    expect(rows).toEqual([{ tableowner: 'pentad_owner' }]);
    expect(await house.rows("SELECT 1 FROM pg_roles WHERE rolname = 'pentad_owner' AND rolcanlogin")).toEqual([]);
  });

  test('every table that names a case has row-level security, forced', async () => {
    const rows = await house.rows(
      `SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity AS is_forced
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
       WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND a.attname = 'case_id' AND NOT a.attisdropped`,
    );
    expect(rows.length).toBeGreaterThan(10);
    expect(rows.filter((row) => row['is_forced'] !== true).map((row) => row['relname'])).toEqual([]);
  });

  test('a partition is reached through its table alone', async () => {
    const rows = await house.rows(
      "SELECT c.relname FROM pg_class c, unnest($1::text[]) AS r WHERE c.relispartition AND c.relkind = 'r' AND has_table_privilege(r, c.oid, 'SELECT, INSERT, UPDATE, DELETE')",
      [roles],
    );
    expect(rows).toEqual([]);
  });

  test('no view stands beside the tables, and only two functions run with their owner’s rights: partitions, for the clock', async () => {
    expect(await house.rows("SELECT viewname FROM pg_views WHERE schemaname = 'public'")).toEqual([]);
    const definers = await house.rows(
      "SELECT proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = 'public' AND prosecdef",
    );
    expect(definers.map(({ proname }) => String(proname)).toSorted((a, b) => a.localeCompare(b))).toEqual([
      'drop_old_partitions',
      'ensure_telemetry_partitions',
    ]);
    for (const role of ['api', 'ingest', 'auditor'] as const) {
      await expect(run(role, "SELECT ensure_telemetry_partitions('2026-01-01', '2026-01-01')")).rejects.toMatchObject(
        refused,
      );
      await expect(run(role, "SELECT drop_old_partitions('waveform', '2026-01-01')")).rejects.toMatchObject(refused);
    }
  });
});

describe('H15: the api without a person sees no row', () => {
  test.each([
    'cases',
    'case_event',
    'case_event_sealed',
    'person_identity',
    'case_access',
    'finding',
    'pre_alert',
    'pre_alert_target',
    'due_step',
    'numerics',
    'positions',
    'applied_op',
    'dispatch_job',
  ])('in %s', async (table) => {
    expect(await run('api', `SELECT 1 FROM ${table}`)).toEqual([]);
  });

  test('and changes none', async () => {
    expect(await run('api', 'UPDATE cases SET is_over = true RETURNING 1')).toEqual([]);
    expect(await house.rows('SELECT 1 FROM cases WHERE NOT is_over')).not.toEqual([]);
  });
});

describe('roles cannot do what they are not granted', () => {
  test.each<[SystemActor['role'], string]>([
    ['ingest', 'DELETE FROM case_event'],
    ['ingest', 'DELETE FROM numerics'],
    ['ingest', 'UPDATE case_event SET case_seq = 9'],
    ['ingest', 'UPDATE case_access SET granted_seq = 9'],
    ['ingest', 'SELECT 1 FROM staff_session'],
    ['ingest', 'SELECT 1 FROM api_client'],
    ['ingest', 'DELETE FROM dispatch_job'],
    ['ingest', 'UPDATE dispatch_refused SET code = NULL'],
    ['ingest', 'SELECT 1 FROM audit_row'],
    ['ingest', 'UPDATE audit_row SET action = NULL'],
    ['api', 'DELETE FROM cases'],
    ['api', 'DELETE FROM case_event'],
    ['api', 'UPDATE case_event SET case_seq = 9'],
    ['api', 'DELETE FROM case_access'],
    ['api', 'SELECT 1 FROM audit_row'],
    ['api', 'DELETE FROM audit_row'],
    ['api', 'SELECT 1 FROM quarantine'],
    ['api', 'SELECT 1 FROM dispatch_refused'],
    ['api', "UPDATE dispatch_job SET state = 'taken'"],
    ['api', 'UPDATE api_client SET revoked_at = NULL'],
    ['api', 'INSERT INTO api_client SELECT * FROM api_client'],
    ['api', 'DELETE FROM vault_key'],
    ['api', 'INSERT INTO staff SELECT * FROM staff'],
    ['api', "UPDATE staff SET role = 'administrator'"],
    ['api', 'UPDATE desk_member SET line = NULL'],
    ['api', 'UPDATE shard_lease SET token = 0'],
    ['clock', 'UPDATE case_event SET case_seq = 9'],
    ['clock', 'UPDATE audit_row SET action = NULL'],
    ['clock', 'DELETE FROM audit_row'],
    ['clock', 'DELETE FROM audit_link'],
    ['clock', 'UPDATE audit_link SET n = 9'],
    ['clock', 'SELECT 1 FROM person_identity'],
    ['clock', 'SELECT 1 FROM dispatch_job'],
    ['auditor', 'SELECT 1 FROM cases'],
    ['auditor', 'SELECT 1 FROM case_event'],
    ['auditor', 'SELECT 1 FROM person_identity'],
    ['auditor', 'SELECT 1 FROM numerics'],
    ['auditor', 'SELECT 1 FROM vault_key'],
    ['auditor', 'SELECT 1 FROM dispatch_job'],
    ['auditor', 'INSERT INTO audit_row SELECT * FROM audit_row'],
    ['auditor', 'DELETE FROM audit_row'],
  ])('H10, H23: %s: %s', async (role, sql) => {
    await expect(run(role, sql)).rejects.toMatchObject(refused);
  });

  test.each(['api', 'ingest', 'clock', 'auditor'] as const)('H10: %s changes no structure', async (role) => {
    for (const sql of [
      'CREATE TABLE x (y int)',
      'DROP TABLE cases',
      'ALTER TABLE cases DISABLE ROW LEVEL SECURITY',
      'CREATE POLICY p ON cases USING (true)',
      'SET ROLE pentad_owner',
    ]) {
      await expect(run(role, sql), sql).rejects.toMatchObject(refused);
    }
  });

  test.each(['api', 'ingest', 'clock'] as const)('H10: %s passes nothing on of what it may do', async (role) => {
    await run(role, 'GRANT SELECT ON cases TO pentad_auditor').catch(() => undefined);
    await expect(run('auditor', 'SELECT 1 FROM cases')).rejects.toMatchObject(refused);
  });

  test('the auditor reads the trail', async () => {
    expect((await run('auditor', 'SELECT 1 FROM audit_row')).length).toBeGreaterThan(0);
  });
});
