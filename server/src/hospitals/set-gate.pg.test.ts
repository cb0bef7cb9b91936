import { distanceM } from '@pentad/geo/distance';
import { hospitalIdOf } from '@pentad/protocol/testing/boring-ids';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCaseDatabase, ingest, type CaseDatabase } from '../cases/case-database.fixture.ts';
import type { StaffActor } from '../platform/actor.ts';
import { countedIds } from '../platform/fake-time.fixture.ts';
import { auditor, dispatcher, nurse, specialist, staffMember, supervisor } from '../platform/staff.fixture.ts';
import { gateFrom, type GateInput } from './gate.ts';
import { gateInput, placeOf, yard } from './gate.fixture.ts';
import { readGates, writeGate } from './gate-store.ts';
import { setGate } from './set-gate.ts';

const administrator = staffMember(30, 'administrator', null);
const ids = countedIds(90_000);
let house: CaseDatabase;
beforeAll(async () => {
  house = await createCaseDatabase();
  await house.rows("INSERT INTO staff VALUES ($1, 'admin-30', '-', 'A', 'A', 'administrator')", [
    administrator.staffId,
  ]);
});
afterAll(() => house.close());

const set = (some: Partial<GateInput> = {}, staff: StaffActor = administrator) =>
  setGate({ db: house.database.db, clock: house.time, ids }, staff, gateInput(some));
const kept = () => house.database.db.withActor(ingest, readGates);

describe('a gate is set', () => {
  test.each(['wgs-84', 'gcj-02', 'bd-09'] as const)('in %s by an administrator, kept in WGS-84', async (datum) => {
    await set({ datum });
    const gate = (await kept()).find(({ gateId }) => gateId === 'hospital-1-ambulance');
    expect(gate).toMatchObject({ inputDatum: datum, kind: 'ambulance', hospitalId: 'hospital-1' });
    yard(hospitalIdOf(1)).forEach(([longitudeDeg, latitudeDeg], index) => {
      const [lon = 0, lat = 0] = gate?.ring[index] ?? [];
      expect(distanceM({ longitudeDeg, latitudeDeg }, { longitudeDeg: lon, latitudeDeg: lat })).toBeLessThan(0.01);
    });
  });

  test('again the same: one row, an audit row each time', async () => {
    await set({ gateId: 'again' });
    await set({ gateId: 'again' });
    expect(await house.rows("SELECT 1 FROM hospital_gate WHERE gate_id = 'again'")).toHaveLength(1);
    expect(
      await house.rows(
        "SELECT actor_id, chain, purpose FROM audit_row WHERE action = 'gate.set' AND object_id = 'again'",
      ),
    ).toEqual(Array(2).fill({ actor_id: administrator.staffId, chain: 'hospital-1', purpose: 'system' }));
  });
});

describe('a gate is refused', () => {
  test.each([nurse, specialist, dispatcher, supervisor, auditor])('to $role', (staff) => {
    expect(() => set({ gateId: 'not-theirs' }, staff)).toThrow(expect.objectContaining({ code: 'gate.not-yours' }));
  });

  test('where its ring is none, its hospital is unknown or it is another hospital’s, and nothing is written', async () => {
    const before = await house.rows("SELECT count(*) FROM audit_row WHERE action = 'gate.set'");
    await expect(set({ ring: yard(hospitalIdOf(1)).slice(1) })).rejects.toMatchObject({
      kind: 'invalid',
      code: 'gate.ring-not-closed',
    });
    await expect(set({ hospitalId: hospitalIdOf(9), ring: yard(hospitalIdOf(1)) })).rejects.toMatchObject({
      code: 'hospital.not-found',
    });
    await set({ gateId: 'taken' });
    await expect(set({ gateId: 'taken', hospitalId: hospitalIdOf(2) })).rejects.toMatchObject({
      kind: 'conflict',
      code: 'gate.other-hospital',
    });
    const after = await house.rows("SELECT count(*) FROM audit_row WHERE action = 'gate.set'");
    expect(Number(after[0]?.['count'])).toBe(Number(before[0]?.['count']) + 1);
  });

  test('by the policies as well: whoever is no administrator cannot write one past the verb', async () => {
    const gate = gateFrom(gateInput({ gateId: 'past-the-verb' }), placeOf('hospital-1'));
    const write = (staff: StaffActor) => house.database.db.withActor(staff, (tx) => writeGate(tx, gate));
    for (const staff of [nurse, supervisor]) await expect(write(staff)).rejects.toMatchObject({ code: '42501' });
    await expect(house.database.db.withActor(ingest, (tx) => writeGate(tx, gate))).rejects.toMatchObject({
      code: '42501',
    });
    expect(await write(administrator)).toBe(true);
  });
});
