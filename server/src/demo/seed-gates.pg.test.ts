import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { asOwner } from '../db/migrate.ts';
import { createTestDatabase, type TestDatabase } from '../db/test-database.fixture.ts';
import { ambulanceGates, middleOf } from '../hospitals/gate.ts';
import { readGates } from '../hospitals/gate-store.ts';
import { systemActor } from '../platform/actor.ts';
import { countedIds } from '../platform/fake-time.fixture.ts';
import { readCounty } from './county-file.ts';
import { prepareDemo } from './prepare-demo.ts';

const demoDir = join(import.meta.dirname, '../../../fixtures/demo');
const dataDir = mkdtempSync(join(tmpdir(), 'pentad-demo-'));
let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  rmSync(dataDir, { recursive: true, force: true });
  await database.close();
});

test('the demo county has one ambulance gate of 60 x 40 m per hospital, also where it was filled before', async () => {
  const county = readCounty(demoDir);
  const start = () =>
    prepareDemo({ demoDir, dataDir, asOwner: (work) => asOwner(database.adminUrl, work), ids: countedIds() });
  const read = () => database.db.withActor(systemActor('ingest'), readGates);
  await start();
  const gates = await read();
  await asOwner(database.adminUrl, (tx) => tx.query('DELETE FROM hospital_gate'));
  await start();
  await start();
  expect(await read()).toEqual(gates);
  const polygons = ambulanceGates(gates);
  expect(county.hospitals.map(({ id }) => polygons.get(id)?.length)).toEqual(county.hospitals.map(() => 1));
  for (const gate of gates) {
    const [polygon] = polygons.get(gate.hospitalId) ?? [];
    expect(polygon?.areaM2).toBeGreaterThan(2_300);
    expect(polygon?.areaM2).toBeLessThan(2_500);
    expect(polygon?.contains(middleOf(gate)!)).toBe(true);
  }
});
