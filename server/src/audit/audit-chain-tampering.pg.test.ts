import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { systemActor } from '../platform/actor.ts';
import { checkAuditTrail } from './audit-chain-check.ts';
import { createAuditHouse, type AuditHouse } from './audit-chain-house.fixture.ts';

let house: AuditHouse;
beforeAll(async () => {
  house = await createAuditHouse();
});
afterAll(() => house.close());
beforeEach(() => house.begin());
afterEach(() => house.end());

describe('H23: somebody with SQL', () => {
  const tamper: [string, string[], string[]][] = [
    ['edits a row', ["UPDATE audit_row SET actor_id = 'somebody-else' WHERE action = 'act-3'"], ['hash-differs 3']],
    [
      'moves an instant by a microsecond',
      ["UPDATE audit_row SET at = at + interval '1 microsecond' WHERE action = 'act-3'"],
      ['hash-differs 3'],
    ],
    [
      'deletes a row with its link',
      ['DELETE FROM audit_link WHERE n = 3', "DELETE FROM audit_row WHERE action = 'act-3'"],
      ['gap 3', 'hash-differs 4'],
    ],
    [
      'swaps two rows',
      [
        "UPDATE audit_row SET action = CASE action WHEN 'act-2' THEN 'act-3' ELSE 'act-2' END WHERE action IN ('act-2', 'act-3')",
      ],
      ['hash-differs 2', 'hash-differs 3'],
    ],
    [
      'cuts off the tail',
      ['DELETE FROM audit_link WHERE n > 3', "DELETE FROM audit_row WHERE action IN ('act-4', 'act-5')"],
      ['anchor-beyond-end 5'],
    ],
  ];

  test.each(tamper)('%s, and is found', async (_what, statements, expected) => {
    for (let n = 1; n <= 5; n += 1) await house.act(`act-${n}`);
    const one = house.chainer();
    await one.link();
    expect(await house.faults()).toEqual([]);
    for (const statement of statements) await house.admin.query(statement);
    expect(await house.faults()).toEqual(expected);
  });

  test('rewrites it all with valid hashes, and is found by the anchor', async () => {
    for (let n = 1; n <= 5; n += 1) await house.act(`act-${n}`);
    await house.chainer().link();
    await house.admin.query(
      "DELETE FROM audit_link; DELETE FROM duty_lease; UPDATE audit_row SET actor_id = 'somebody-else'",
    );
    const forger = house.chainer(false);
    await forger.link();
    expect(await checkAuditTrail(house.database.db, [])).toEqual([]);
    expect(await house.faults()).toEqual(['anchor-differs 5']);
  });

  test('cannot change a row, a link or a lease as any of the server’s own roles but what the role is for', async () => {
    const attempts = [
      ['api', "UPDATE audit_row SET action = 'x'"],
      ['api', 'SELECT * FROM audit_row'],
      ['api', 'DELETE FROM audit_row'],
      ['clock', "UPDATE audit_row SET action = 'x'"],
      ['clock', 'DELETE FROM audit_link'],
      ['clock', "UPDATE audit_link SET hash = ''"],
      ['ingest', 'SELECT * FROM audit_row'],
      ['auditor', 'DELETE FROM audit_row'],
      ['auditor', 'SELECT * FROM cases'],
    ] as const;
    for (const [role, statement] of attempts) {
      await expect(
        house.database.db.withActor(systemActor(role), (tx) => tx.query(statement)),
        `${role}: ${statement}`,
      ).rejects.toThrow(/permission denied/);
    }
  });
});
