import { foldAll } from '@pentad/protocol/case-fold';
import { caseIdOf } from '@pentad/protocol/testing/boring-ids';
import { event } from '@pentad/protocol/testing/builders';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCaseDatabase, fact, ingest, type CaseDatabase } from '../cases/case-database.fixture.ts';
import { readCase, readEvents } from '../cases/case-store.ts';
import { systemIds } from '../platform/system-ports.ts';
import { createUplinkStore } from '../uplink/uplink-store.ts';
import { identityPlace } from './seal-events.ts';
import { readIdentity, readWrappedKey, wrappedKeyOf } from './vault-store.ts';

const NAME = '张建国CANARY';
const NOTE = '独居，门牌CANARY';
const PHONE = '13800000000';
const caseId = caseIdOf(1);
const personId = 'person-1';

let house: CaseDatabase;
beforeAll(async () => {
  house = await createCaseDatabase();
  await house.tell(fact(event('case.opened'), caseId));
  await house.tell({ ...fact(event('identity.attached', { personId }), caseId), sealed: { name: NAME, phone: PHONE } });
  await house.tell({ ...fact(event('complaint.recorded'), caseId), sealed: { note: NOTE } });
  const unreadable = new TextEncoder().encode(`{"name":"${NAME}","note":"${NOTE}"`);
  const store = createUplinkStore({
    db: house.database.db,
    vault: house.vault,
    ids: systemIds,
    insertTelemetry: () => undefined,
    insertWaveforms: () => undefined,
    insertMedia: () => Promise.resolve([]),
  });
  await store.quarantine({
    vehicle: 'vehicle-0001',
    lane: 'evt',
    key: null,
    code: 'uplink.not-json',
    raw: unreadable,
    receivedAtMs: house.time.nowMs(),
  });
});
afterAll(() => house.close());

const openName = () =>
  house.database.db.withActor(ingest, async (tx) => {
    const identity = await readIdentity(tx, caseId);
    const key = await readWrappedKey(tx, 'person', personId);
    if (!identity || !key) return null;
    return house.vault.open(key, 'person', personId, identityPlace(personId, caseId), identity.ciphertext).toString();
  });

describe('H25: a dump of the whole database', () => {
  test('holds no name, note or phone in any column of any table, as text or as bytes', async () => {
    const tables = await house.rows(
      "SELECT quote_ident(table_name) AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'",
    );
    expect(tables.length).toBeGreaterThan(30);
    const hits: unknown[] = [];
    let rowCount = 0;
    for (const { name } of tables) {
      for (const secret of [NAME, NOTE, PHONE, 'CANARY']) {
        const like = [
          `%${secret}%`,
          `%${Buffer.from(secret).toString('hex')}%`,
          `%${Buffer.from(secret).toString('base64').slice(0, -3)}%`,
        ];
        const found = await house.rows(`SELECT count(*)::int AS n FROM ${String(name)} t WHERE t::text LIKE ANY ($1)`, [
          like,
        ]);
        if (Number(found[0]?.['n']) > 0) hits.push([name, secret]);
      }
      rowCount += Number((await house.rows(`SELECT count(*)::int AS n FROM ${String(name)}`))[0]?.['n']);
    }
    expect([hits, rowCount > 50]).toEqual([[], true]);
  });

  test('holds what is needed to open it with the key that lies outside', async () => {
    expect(await openName()).toBe(JSON.stringify({ name: NAME, phone: PHONE }));
  });
});

describe('identity lies under the person’s key, the rest under the case’s', () => {
  test('one key each, made once', async () => {
    expect(await house.rows('SELECT scope, scope_id FROM vault_key ORDER BY scope')).toEqual([
      { scope: 'case', scope_id: caseId },
      { scope: 'person', scope_id: personId },
    ]);
    await house.tell({ ...fact(event('complaint.recorded'), caseId), sealed: { note: NOTE } });
    expect(await house.rows('SELECT 1 FROM vault_key')).toHaveLength(2);
    expect(await house.rows('SELECT case_seq FROM case_event_sealed ORDER BY case_seq')).toEqual([
      { case_seq: 3 },
      { case_seq: 4 },
    ]);
  });

  test('two writers who need a new key at once end with the same one', async () => {
    const keys = await Promise.all(
      Array.from({ length: 6 }, () =>
        house.database.db.withActor(ingest, (tx) => wrappedKeyOf(tx, house.vault, 'person', 'person-2')),
      ),
    );
    expect(new Set(keys.map((key) => key.toString('hex'))).size).toBe(1);
  });

  test('identity told again replaces what was told', async () => {
    const other = caseIdOf(2);
    await house.tell({
      ...fact(event('identity.attached', { personId: 'person-3' }), other),
      sealed: { name: 'first' },
    });
    await house.tell({
      ...fact(event('identity.attached', { personId: 'person-3' }), other),
      sealed: { name: 'second' },
    });
    const opened = await house.database.db.withActor(ingest, async (tx) => {
      const identity = await readIdentity(tx, other);
      const key = await readWrappedKey(tx, 'person', 'person-3');
      return (
        identity &&
        key &&
        house.vault.open(key, 'person', 'person-3', identityPlace('person-3', other), identity.ciphertext).toString()
      );
    });
    expect(opened).toBe('{"name":"second"}');
  });
});

test('S13: with the person’s key gone the name is gone for good, and the log folds to the same case', async () => {
  const before = await house.database.db.withActor(ingest, (tx) => readCase(tx, caseId));
  await house.rows("DELETE FROM vault_key WHERE scope = 'person' AND scope_id = $1", [personId]);
  expect(await openName()).toBeNull();
  const remade = await house.database.db.withActor(ingest, async (tx) => {
    const identity = await readIdentity(tx, caseId);
    const key = await wrappedKeyOf(tx, house.vault, 'person', personId);
    return { key, ciphertext: identity?.ciphertext ?? Buffer.alloc(0) };
  });
  expect(() =>
    house.vault.open(remade.key, 'person', personId, identityPlace(personId, caseId), remade.ciphertext),
  ).toThrow(/does not open/);
  const events = await house.database.db.withActor(ingest, (tx) => readEvents(tx, caseId));
  expect(JSON.parse(JSON.stringify(foldAll(caseId, events)))).toEqual(before);
});
