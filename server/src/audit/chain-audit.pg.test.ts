import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { START_MS } from '@pentad/protocol/testing/boring-ids';
import { uuidV7 } from '@pentad/protocol/ids';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../db/test-database.fixture.ts';
import { systemActor } from '../platform/actor.ts';
import type { Logger } from '../platform/logger.ts';
import { appendAnchors, readAnchors } from './anchor-file.ts';
import { checkAuditTrail } from './audit-chain-check.ts';
import { writeAudit } from './audit-store.ts';
import { AuditChainer } from './chain-audit.ts';

let database: TestDatabase;
let admin: pg.Client;
let directory: string;
let nowMs: number;
let made: number;
let alarms: string[];
let unchainedMs: number;
const clock = { nowMs: () => nowMs };
const ids = { next: () => uuidV7(nowMs, Buffer.from((made += 1).toString(16).padStart(20, '0'), 'hex')) };
const log: Logger = { info: () => undefined, warn: () => undefined, error: (code) => void alarms.push(code) };
const anchorPath = () => join(directory, 'audit-anchors.jsonl');

const chainer = (holder: string = randomUUID()) =>
  new AuditChainer({
    db: database.db,
    clock,
    log,
    holder,
    anchor: (heads, atMs) => appendAnchors(anchorPath(), heads, atMs),
    onUnchained: (oldestMs) => void (unchainedMs = oldestMs),
  });

const act = (action: string, chain = 'hospital-1') =>
  database.db.withActor(systemActor('api'), (tx) =>
    writeAudit(tx, [{ chain, actorKind: 'staff', actorId: 'nurse-1', action, objectId: 'object-1', caseId: null, purpose: 'care' }], clock, ids),
  );
const links = async () => (await admin.query<{ chain: string; n: string; action: string }>('SELECT l.chain, l.n, r.action FROM audit_link l JOIN audit_row r USING (audit_id) ORDER BY l.chain, l.n')).rows;
const faults = async () => (await checkAuditTrail(database.db, await readAnchors(anchorPath()))).map(({ kind, n }) => `${kind} ${n}`);

beforeAll(async () => {
  database = await createTestDatabase();
  admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
});
afterAll(async () => {
  await admin.end();
  await database.close();
});
beforeEach(async () => {
  nowMs = START_MS;
  made = 0;
  alarms = [];
  unchainedMs = -1;
  await admin.query('TRUNCATE audit_row, audit_link, duty_lease');
  directory = await mkdtemp(join(tmpdir(), 'pentad-audit-'));
});
afterEach(() => rm(directory, { recursive: true }));

describe('the chainer', () => {
  test('links committed rows per hospital, gapless, in the order of their instants, once', async () => {
    await act('second');
    nowMs -= 5;
    await act('first');
    await act('elsewhere', 'region');
    nowMs += 1_000;
    const one = chainer();
    expect(await one.link()).toBe(3);
    await act('third');
    expect(await one.link()).toBe(1);
    expect(await one.link()).toBe(0);
    expect(await links()).toEqual([
      { chain: 'hospital-1', n: '1', action: 'first' },
      { chain: 'hospital-1', n: '2', action: 'second' },
      { chain: 'hospital-1', n: '3', action: 'third' },
      { chain: 'region', n: '1', action: 'elsewhere' },
    ]);
    await one.anchorNow();
    expect(await faults()).toEqual([]);
    expect(unchainedMs).toBe(0);
  });

  test('is one at a time; another takes over when the lease has run out', async () => {
    await act('first');
    const [a, b] = [chainer(), chainer()];
    expect((await Promise.all([a.link(), b.link()])).filter((linked) => linked === null)).toHaveLength(1);
    await act('second');
    await admin.query("UPDATE duty_lease SET expires_at = now() - interval '1 second'");
    const turns = [await b.link(), await a.link()];
    expect(turns.toSorted()).toEqual([1, null]);
    expect(await links()).toHaveLength(2);
  });

  test('finds a row that was committed long after its instant, and says that it waited', async () => {
    const one = chainer();
    await one.link();
    await act('late');
    nowMs += 11_000;
    await one.link();
    expect(alarms).toEqual(['audit.unchained-row-old']);
    expect(unchainedMs).toBe(11_000);
    await act('very late');
    nowMs += 30 * 60_000;
    expect(await one.link()).toBe(1);
  });

  test('anchors the heads daily and on demand', async () => {
    const one = chainer();
    await act('first');
    await one.link();
    nowMs += 23 * 3_600_000;
    await act('second');
    await one.link();
    expect((await readAnchors(anchorPath())).map((head) => head.n)).toEqual([1]);
    nowMs += 3_600_000;
    await one.link();
    await one.anchorNow();
    expect((await readAnchors(anchorPath())).map((head) => head.n)).toEqual([1, 2, 2]);
    expect(await readFile(anchorPath(), 'utf8')).toMatch(/^(\{"atMs":\d+,"chain":"hospital-1","n":\d,"hash":"[0-9a-f]{64}"\}\n){3}$/);
  });
});

describe('H23: somebody with SQL', () => {
  const tamper: [string, string[], string[]][] = [
    ['edits a row', ["UPDATE audit_row SET actor_id = 'somebody-else' WHERE action = 'act-3'"], ['hash-differs 3']],
    ['moves an instant by a microsecond', ["UPDATE audit_row SET at = at + interval '1 microsecond' WHERE action = 'act-3'"], ['hash-differs 3']],
    [
      'deletes a row with its link',
      ['DELETE FROM audit_link WHERE n = 3', "DELETE FROM audit_row WHERE action = 'act-3'"],
      ['gap 3', 'hash-differs 4'],
    ],
    [
      'swaps two rows',
      ["UPDATE audit_row SET action = CASE action WHEN 'act-2' THEN 'act-3' ELSE 'act-2' END WHERE action IN ('act-2', 'act-3')"],
      ['hash-differs 2', 'hash-differs 3'],
    ],
    [
      'cuts off the tail',
      ['DELETE FROM audit_link WHERE n > 3', "DELETE FROM audit_row WHERE action IN ('act-4', 'act-5')"],
      ['anchor-beyond-end 5'],
    ],
  ];

  test.each(tamper)('%s, and is found', async (_what, statements, expected) => {
    for (let n = 1; n <= 5; n += 1) await act(`act-${n}`);
    const one = chainer();
    await one.link();
    expect(await faults()).toEqual([]);
    for (const statement of statements) await admin.query(statement);
    expect(await faults()).toEqual(expected);
  });

  test('rewrites it all with valid hashes, and is found by the anchor', async () => {
    for (let n = 1; n <= 5; n += 1) await act(`act-${n}`);
    await chainer().link();
    await admin.query("DELETE FROM audit_link; DELETE FROM duty_lease; UPDATE audit_row SET actor_id = 'somebody-else'");
    const forger = new AuditChainer({ db: database.db, clock, log, holder: randomUUID(), anchor: async () => undefined, onUnchained: () => undefined });
    await forger.link();
    expect(await checkAuditTrail(database.db, [])).toEqual([]);
    expect(await faults()).toEqual(['anchor-differs 5']);
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
      await expect(database.db.withActor(systemActor(role), (tx) => tx.query(statement)), `${role}: ${statement}`).rejects.toThrow(/permission denied/);
    }
  });
});
