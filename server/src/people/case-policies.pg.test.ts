import { staffIdOf } from '@pentad/protocol/testing/boring-ids';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { people } from './town-people.fixture.ts';
import { addNumerics, createTown, type OpenedCase, type Town } from './town.fixture.ts';

let town: Town;
let opened: OpenedCase;
beforeAll(async () => {
  town = await createTown();
  opened = await town.openCase(1);
  await addNumerics(town, { caseId: opened.caseId, count: 5 });
});
afterAll(() => town.close());

describe('H15: policies alone hold, whatever a handler asks', () => {
  const tables = [
    'cases',
    'case_event',
    'case_event_sealed',
    'person_identity',
    'finding',
    'pre_alert',
    'pre_alert_target',
    'due_step',
    'numerics',
    'positions',
    'case_access',
  ];
  const countAs = (person: keyof typeof people, table: string): Promise<number> =>
    town.database.db.withActor(people[person], async (tx) =>
      Number((await tx.query<{ n: string }>(`SELECT count(*) AS n FROM ${table}`))[0]?.n),
    );

  test.each(tables)('the other hospital, and who serves no desk, count 0 rows in %s', async (table) => {
    expect(await countAs('otherNurse', table)).toBe(0);
    expect(await countAs('auditor', table)).toBe(0);
    expect(await countAs('administrator', table)).toBe(0);
  });

  test('the hospital itself and the region count rows', async () => {
    for (const person of ['nurse', 'supervisor'] as const) {
      for (const table of ['cases', 'case_event', 'numerics', 'person_identity', 'due_step'])
        expect(await countAs(person, table), table).toBeGreaterThan(0);
    }
  });

  test('a write to a case that is not theirs changes nothing', async () => {
    const changed = await town.database.db.withActor(people.otherNurse, (tx) =>
      tx.query('UPDATE cases SET is_over = true RETURNING 1'),
    );
    expect(changed).toEqual([]);
    const forged = town.database.db.withActor(people.otherNurse, (tx) =>
      tx.query("INSERT INTO finding VALUES ($1, $2, 'X', 1, now(), false)", [staffIdOf(1), opened.caseId]),
    );
    await expect(forged).rejects.toThrow(/row-level security/);
  });

  test('who a connection spoke for is forgotten with its transaction', async () => {
    await countAs('nurse', 'cases');
    const left = await town.database.pools.api.query("SELECT current_setting('pentad.staff_id', true) AS who");
    expect(left.rows[0]?.who || null).toBeNull();
  });
});
