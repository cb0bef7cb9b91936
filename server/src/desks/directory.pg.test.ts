import { randomUUID } from 'node:crypto';
import { deskIdOf, hospitalIdOf } from '@pentad/protocol/testing/boring-ids';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCaseDatabase, ingest, type CaseDatabase } from '../cases/case-database.fixture.ts';
import { systemActor } from '../platform/actor.ts';
import { nurse, otherNurse } from '../platform/staff.fixture.ts';
import { readDirectory } from './directory-store.ts';
import { readInstallation } from './installation-store.ts';
import { dropPresence, staffedDesks, writePresence, type PresenceBeat } from './presence-store.ts';

let house: CaseDatabase;
beforeAll(async () => {
  house = await createCaseDatabase();
});
afterAll(() => house.close());

const directory = () => house.database.db.withActor(ingest, readDirectory);

describe('the directory', () => {
  test('names every hospital with its centers and the desk of each specialty', async () => {
    const read = await directory();
    expect(read.hospitals.map(({ hospitalId }) => hospitalId)).toEqual([1, 2, 3].map(hospitalIdOf));
    expect([
      read.deskFor(hospitalIdOf(1), 'stroke'),
      read.deskFor(hospitalIdOf(2), 'trauma'),
      read.deskFor(hospitalIdOf(2), 'stroke'),
    ]).toEqual(['desk-1', 'desk-2', null]);
    expect([
      read.hasCenter(hospitalIdOf(3), 'maternal'),
      read.hasCenter(hospitalIdOf(1), 'maternal'),
      read.hasCenter(hospitalIdOf(9), 'stroke'),
    ]).toEqual([true, false, false]);
    expect([read.hospital(hospitalIdOf(2))?.latitudeDeg, read.hospital(hospitalIdOf(9))]).toEqual([30.4, null]);
  });

  test('prefers the default desk where two of a hospital serve a specialty', async () => {
    await house.rows("INSERT INTO desk VALUES ('a-side-desk', 'hospital-1', '侧台', 'Side', '120', false)");
    for (const specialty of ['stroke', 'chest-pain'])
      await house.rows("INSERT INTO desk_center VALUES ('a-side-desk', 'hospital-1', $1)", [specialty]);
    expect((await directory()).deskFor(hospitalIdOf(1), 'stroke')).toBe('desk-1');
    await house.rows("DELETE FROM desk_center WHERE desk_id = 'desk-1' AND specialty = 'stroke'");
    expect((await directory()).deskFor(hospitalIdOf(1), 'stroke')).toBe('a-side-desk');
  });

  test('P23: two default desks of a hospital, or a desk for a center it has not, cannot be written', async () => {
    await expect(house.rows("UPDATE desk SET is_default = true WHERE desk_id = 'a-side-desk'")).rejects.toMatchObject({
      constraint: 'desk_default',
    });
    await expect(
      house.rows("INSERT INTO desk_center VALUES ('desk-1', 'hospital-1', 'neonate')"),
    ).rejects.toMatchObject({ code: '23503' });
    await expect(house.rows("INSERT INTO desk_center VALUES ('desk-1', 'hospital-2', 'trauma')")).rejects.toMatchObject(
      { code: '23503' },
    );
  });
});

describe('L6: a desk is staffed', () => {
  const beat = (some: Partial<PresenceBeat> = {}) => {
    const written = {
      connectionId: randomUUID(),
      deskId: deskIdOf(1),
      staffId: nurse.staffId,
      isVisible: true,
      canSound: true,
      ...some,
    };
    return house.database.db.withActor(systemActor('api'), (tx) => writePresence(tx, written)).then(() => written);
  };
  const staffed = () => house.database.db.withActor(ingest, staffedDesks);
  const drop = (connectionId: string) =>
    house.database.db.withActor(systemActor('api'), (tx) => dropPresence(tx, connectionId));

  test('while a page of it is visible and can sound; not by one that is hidden or muted', async () => {
    const hidden = await beat({ isVisible: false });
    const muted = await beat({ canSound: false });
    expect(await staffed()).toEqual([]);
    const open = await beat();
    const second = await beat();
    expect(await staffed()).toEqual(['desk-1']);
    await beat({ ...open, isVisible: false });
    expect(await staffed()).toEqual(['desk-1']);
    for (const { connectionId } of [hidden, muted, open, second]) await drop(connectionId);
    expect(await staffed()).toEqual([]);
  });

  test('for 20 s after the last beat: a frozen or half-open page does not count', async () => {
    const { connectionId } = await beat({ deskId: deskIdOf(2), staffId: otherNurse.staffId });
    const age = (seconds: number) =>
      house.rows("UPDATE desk_presence SET beat_at = now() - $2 * interval '1 second' WHERE connection_id = $1", [
        connectionId,
        seconds,
      ]);
    await age(19);
    expect(await staffed()).toEqual(['desk-2']);
    await age(20);
    expect(await staffed()).toEqual([]);
  });
});

test('the installation is there or its absence is said', async () => {
  const read = () => house.database.db.withActor(ingest, readInstallation);
  expect(await read()).toMatchObject({ kind: 'demo', nameEn: 'Test county', centerLatitudeDeg: 30.4 });
  await expect(
    house.rows(
      "INSERT INTO installation (kind, name_zh, name_en, center_latitude_deg, center_longitude_deg) VALUES ('production', '', '', 0, 0)",
    ),
  ).rejects.toMatchObject({ code: '23505' });
  await house.rows('DELETE FROM installation');
  await expect(read()).rejects.toMatchObject({ code: 'installation.missing' });
});
