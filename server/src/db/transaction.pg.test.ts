import { hospitalIdOf } from '@pentad/protocol/testing/boring-ids';
import type { StaffId } from '@pentad/protocol/ids';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCaseDatabase, type CaseDatabase } from '../cases/case-database.fixture.ts';
import { systemActor } from '../platform/actor.ts';
import { deferred } from '../platform/fake-time.fixture.ts';
import { nurse, otherNurse } from '../platform/staff.fixture.ts';
import type { Db } from './transaction.ts';

let house: CaseDatabase;
let db: Db;
beforeAll(async () => {
  house = await createCaseDatabase();
  db = house.database.db;
});
afterAll(() => house.close());

const [api, ingest, clock] = [systemActor('api'), systemActor('ingest'), systemActor('clock')];
const addTopic = (topic: string) => `INSERT INTO feed_topic VALUES ('${topic}', 1)`;
const topics = async (topic: string) => house.rows('SELECT 1 FROM feed_topic WHERE topic = $1', [topic]);

describe('a transaction', () => {
  test('is committed when its work returns, with what it returned', async () => {
    expect(await db.withActor(ingest, async (tx) => (await tx.query(addTopic('t:1'))).length)).toBe(0);
    expect(await topics('t:1')).toHaveLength(1);
  });

  test('N8: is rolled back when its work throws, and the error goes on as it was', async () => {
    const error = new Error('stop');
    await expect(
      db.withActor(ingest, async (tx) => {
        await tx.query(addTopic('t:2'));
        throw error;
      }),
    ).rejects.toBe(error);
    expect(await topics('t:2')).toEqual([]);
  });

  test('P8: whose statement failed is never taken as committed, even if its work swallowed the error', async () => {
    const swallowed = db.withActor(ingest, async (tx) => {
      await tx.query(addTopic('t:3'));
      await tx.query('SELECT 1/0').catch(() => undefined);
      return 'done';
    });
    await expect(swallowed).rejects.toThrow();
    expect(await topics('t:3')).toEqual([]);
  });

  test('P2: whose connection is cut fails, and the next one has another connection', async () => {
    const cut = db.withActor(clock, async (tx) => {
      const [row] = await tx.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      await house.rows('SELECT pg_terminate_backend($1)', [row?.pid]);
      await tx.query('SELECT 1');
    });
    await expect(cut).rejects.toThrow();
    expect(await db.withActor(clock, (tx) => tx.query('SELECT 1 AS one'))).toEqual([{ one: 1 }]);
  });
});

describe('who acts', () => {
  const who = (actor: Parameters<Db['withActor']>[0], lane?: 'alert') =>
    db.withActor(
      actor,
      (tx) =>
        tx.query<{ role: string; staff: string | null }>(
          "SELECT current_user AS role, NULLIF(current_setting('pentad.staff_id', true), '') AS staff",
        ),
      lane,
    );

  test('is a database role of its own for each part of the server', async () => {
    expect(
      (await Promise.all([who(api), who(ingest), who(ingest, 'alert'), who(clock), who(systemActor('auditor'))]))
        .flat()
        .map((row) => row.role),
    ).toEqual(['pentad_api', 'pentad_ingest', 'pentad_ingest', 'pentad_clock', 'pentad_auditor']);
  });

  test('is the person for one transaction alone, on either lane', async () => {
    for (const lane of [undefined, 'alert'] as const) {
      expect(await who(nurse, lane)).toEqual([{ role: 'pentad_api', staff: nurse.staffId }]);
      expect(await who(otherNurse, lane)).toEqual([{ role: 'pentad_api', staff: otherNurse.staffId }]);
    }
    for (let use = 0; use < 10; use += 1) expect((await who(api))[0]?.staff).toBeNull();
  });

  test.each(["x'; DROP TABLE cases; --", '', '019b76da'])('H10: is never a text that is no id: %j', async (staffId) => {
    await expect(who({ ...nurse, staffId: staffId as StaffId })).rejects.toThrow('staff id is not a uuid');
  });
});

describe('P6: reserved connections', () => {
  test('answers and alerts go through while every read connection is taken', async () => {
    const taken = deferred();
    const all: Promise<void>[] = [];
    for (const [actor, count] of [
      [api, 8],
      [ingest, 4],
    ] as const) {
      for (let n = 0; n < count; n += 1) all.push(db.withActor(actor, () => taken.promise));
    }
    const one = (actor: Parameters<Db['withActor']>[0]) =>
      db.withActor(actor, (tx) => tx.query('SELECT 1 AS one'), 'alert');
    expect(await Promise.all([one(nurse), one(ingest), one(clock)])).toEqual(Array(3).fill([{ one: 1 }]));
    taken.resolve();
    await Promise.all(all);
  });

  test('P7: wait two seconds for a lock at most, and stand idle in a transaction ten', async () => {
    const settings = await db.withActor(
      nurse,
      (tx) =>
        tx.query(
          "SELECT current_setting('lock_timeout') AS lock, current_setting('idle_in_transaction_session_timeout') AS idle, current_setting('statement_timeout') AS statement",
        ),
      'alert',
    );
    expect(settings).toEqual([{ lock: '2s', idle: '10s', statement: '15s' }]);
  });
});

test('a prepared statement serves many values, and an actor is part of its transaction', async () => {
  const read = (hospital: string) =>
    db.withActor(api, async (tx) => {
      expect(tx.actor).toBe(api);
      return tx.prepared<{ hospital_id: string }>(
        'test-hospital',
        'SELECT hospital_id FROM hospital WHERE hospital_id = $1',
        [hospital],
      );
    });
  for (const n of [1, 2, 3]) expect(await read(hospitalIdOf(n))).toEqual([{ hospital_id: hospitalIdOf(n) }]);
});
