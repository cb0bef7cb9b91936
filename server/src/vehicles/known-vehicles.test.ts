import { beforeEach, expect, test } from 'vitest';
import { FakeTime, recordingLog, settle } from '../platform/fake-time.fixture.ts';
import { KnownVehicles, type VehicleRow } from './known-vehicles.ts';

let time: FakeTime;
let rows: VehicleRow[];
let read: () => Promise<readonly VehicleRow[]>;
const row = (n: number, isRevoked = false): VehicleRow => ({
  vehicleId: `vehicle-000${n}`,
  nkeyPublic: `U${n}`,
  isRevoked,
});

beforeEach(() => {
  time = new FakeTime();
  rows = [row(1), row(2, true)];
  read = () => Promise.resolve(rows);
});

async function start(): Promise<KnownVehicles> {
  const vehicles = new KnownVehicles({ read: () => read(), timers: time, log: recordingLog() });
  await vehicles.start();
  await settle();
  return vehicles;
}

test('a vehicle is known, revoked or unknown; it starts only once it has read the inventory', async () => {
  const vehicles = await start();
  expect(['vehicle-0001', 'vehicle-0002', 'vehicle-0003', ''].map((id) => vehicles.standing(id))).toEqual([
    'known',
    'revoked',
    'unknown',
    'unknown',
  ]);
  expect([vehicles.row('vehicle-0001')?.nkeyPublic, vehicles.row('vehicle-0003')]).toEqual(['U1', null]);
  read = () => Promise.reject(new Error('no database'));
  await expect(start()).rejects.toThrow('no database');
});

test('H13: a revocation counts within five seconds, and so does a new vehicle', async () => {
  const vehicles = await start();
  rows = [row(1, true), row(3)];
  await time.advance(5_000);
  expect(['vehicle-0001', 'vehicle-0002', 'vehicle-0003'].map((id) => vehicles.standing(id))).toEqual([
    'revoked',
    'unknown',
    'known',
  ]);
});

test('P2: while the database is away the last inventory holds', async () => {
  const vehicles = await start();
  read = () => Promise.reject(new Error('no database'));
  await time.advance(60_000);
  expect(vehicles.standing('vehicle-0001')).toBe('known');
  await vehicles.stop();
  expect(time.pendingDelaysMs).toEqual([]);
});
