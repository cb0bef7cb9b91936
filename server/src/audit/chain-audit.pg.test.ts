import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readAnchors } from './anchor-file.ts';
import { createAuditHouse, type AuditHouse } from './audit-chain-house.fixture.ts';

let house: AuditHouse;
beforeAll(async () => {
  house = await createAuditHouse();
});
afterAll(() => house.close());
beforeEach(() => house.begin());
afterEach(() => house.end());

const links = async () =>
  (
    await house.admin.query<{ chain: string; n: string; action: string }>(
      'SELECT l.chain, l.n, r.action FROM audit_link l JOIN audit_row r USING (audit_id) ORDER BY l.chain, l.n',
    )
  ).rows;

describe('the chainer', () => {
  test('links committed rows per hospital, gapless, in the order of their instants, once', async () => {
    await house.act('second');
    house.clock.advance(-5);
    await house.act('first');
    await house.act('elsewhere', 'region');
    house.clock.advance(1_000);
    const one = house.chainer();
    expect(await one.link()).toBe(3);
    await house.act('third');
    expect(await one.link()).toBe(1);
    expect(await one.link()).toBe(0);
    expect(await links()).toEqual([
      { chain: 'hospital-1', n: '1', action: 'first' },
      { chain: 'hospital-1', n: '2', action: 'second' },
      { chain: 'hospital-1', n: '3', action: 'third' },
      { chain: 'region', n: '1', action: 'elsewhere' },
    ]);
    await one.anchorNow();
    expect(await house.faults()).toEqual([]);
    expect(house.unchainedMs.at(-1)).toBe(0);
  });

  test('is one at a time; another takes over when the lease has run out', async () => {
    await house.act('first');
    const [a, b] = [house.chainer(), house.chainer()];
    expect((await Promise.all([a.link(), b.link()])).filter((linked) => linked === null)).toHaveLength(1);
    await house.act('second');
    await house.admin.query("UPDATE duty_lease SET expires_at = now() - interval '1 second'");
    const turns = [await b.link(), await a.link()];
    expect(new Set(turns)).toEqual(new Set([1, null]));
    expect(await links()).toHaveLength(2);
  });

  test('finds a row that was committed long after its instant, and says that it waited', async () => {
    const one = house.chainer();
    await one.link();
    await house.act('late');
    house.clock.advance(11_000);
    await one.link();
    expect(house.alarms).toEqual(['audit.unchained-row-old']);
    expect(house.unchainedMs.at(-1)).toBe(11_000);
    await house.act('very late');
    house.clock.advance(30 * 60_000);
    expect(await one.link()).toBe(1);
  });

  test('anchors the heads daily and on demand', async () => {
    const one = house.chainer();
    await house.act('first');
    await one.link();
    house.clock.advance(23 * 3_600_000);
    await house.act('second');
    await one.link();
    expect((await readAnchors(house.anchorPath())).map((head) => head.n)).toEqual([1]);
    house.clock.advance(3_600_000);
    await one.link();
    await one.anchorNow();
    expect((await readAnchors(house.anchorPath())).map((head) => head.n)).toEqual([1, 2, 2]);
    expect(await readFile(house.anchorPath(), 'utf8')).toMatch(
      /^(\{"atMs":\d+,"chain":"hospital-1","n":\d,"hash":"[0-9a-f]{64}"\}\n){3}$/,
    );
  });
});
