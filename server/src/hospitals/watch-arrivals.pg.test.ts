import type { CaseEvent } from '@pentad/protocol/case-event';
import type { CaseId } from '@pentad/protocol/ids';
import { caseIdOf, hospitalIdOf, START_MS, vehicle, vehicleIdOf } from '@pentad/protocol/testing/boring-ids';
import { event } from '@pentad/protocol/testing/builders';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createCaseDatabase, fact, ingest, type CaseDatabase } from '../cases/case-database.fixture.ts';
import { readCase } from '../cases/case-store.ts';
import { recordingLog } from '../platform/fake-time.fixture.ts';
import { staffMember } from '../platform/staff.fixture.ts';
import { shardOf } from '../shards/shard-of.ts';
import { positionsBetween } from '../telemetry/recent-positions-store.ts';
import { insertTelemetry } from '../telemetry/telemetry-store.ts';
import type { PositionEntry } from '../uplink/uplink-entry.ts';
import { ambulanceGates, type GatesByHospital } from './gate.ts';
import { gateInput, onTheWay } from './gate.fixture.ts';
import { readGates } from './gate-store.ts';
import { setGate } from './set-gate.ts';
import { WatchedArrivals } from './watch-arrivals.ts';

const administrator = staffMember(30, 'administrator', null);
const shard = shardOf(vehicle);
const TOKEN = 41;
let house: CaseDatabase;
let gates: GatesByHospital;
let token: number | null = TOKEN;
let cases = 0;
let seq = 0;

beforeAll(async () => {
  house = await createCaseDatabase();
  await house.rows("INSERT INTO staff VALUES ($1, 'admin-30', '-', 'A', 'A', 'administrator')", [
    administrator.staffId,
  ]);
  await house.rows("UPDATE shard_lease SET holder = gen_random_uuid(), token = $1, expires_at = 'infinity'", [TOKEN]);
  house.time.jump(4 * 3_600_000);
});
afterEach(async () => {
  token = TOKEN;
  await house.rows('UPDATE cases SET is_over = true');
});
afterAll(() => house.close());

async function placeGate(some: Parameters<typeof gateInput>[0] = {}): Promise<void> {
  const ids = { next: () => crypto.randomUUID() };
  await setGate({ db: house.database.db, clock: house.time, ids }, administrator, gateInput(some));
  gates = ambulanceGates(await house.database.db.withActor(ingest, readGates));
}

/** An instance that has just started: nothing in memory. */
const instance = (some: Partial<ConstructorParameters<typeof WatchedArrivals>[0]> = {}) => {
  const { db } = house.database;
  return new WatchedArrivals({
    units: house.units,
    plans: house.plans,
    clock: house.time,
    log: recordingLog(),
    gates: () => gates,
    readCases: (ids) =>
      db.withActor(ingest, async (tx) =>
        (await Promise.all(ids.map((id) => readCase(tx, id)))).filter((state) => state !== null),
      ),
    positionsSince: (of, fromMs) =>
      db.withActor(ingest, (tx) =>
        positionsBetween(tx, { vehicle: of, fromMs, toMs: house.time.nowMs(), limit: 5_000 }),
      ),
    tokenOf: () => token,
    ...some,
  });
};

const tell = (caseId: CaseId, given: CaseEvent, afterMs: number) => {
  const made = fact(given, caseId);
  return house.tell({ ...made, envelope: { ...made.envelope, occurredAtMs: START_MS + afterMs } });
};
/** A case of vehicle 1 that left for hospital 1 at this second. */
async function leave(atSecond: number, hospital = 1): Promise<CaseId> {
  const caseId = caseIdOf(7_000 + (cases += 1));
  await tell(caseId, event('case.opened'), atSecond * 1_000);
  const left = { stampId: 'left', code: 'T_LEAVE', atMs: START_MS + atSecond * 1_000 } as const;
  await tell(caseId, event('milestone.stamped', { ...left, source: 'crew', errorMs: null }), atSecond * 1_000);
  const to = { hospitalId: hospitalIdOf(hospital), reason: 'crew' } as const;
  await tell(caseId, event('destination.chosen', to), atSecond * 1_000);
  return caseId;
}
const commit = async (entries: readonly PositionEntry[], seenBy: WatchedArrivals | null) => {
  await house.database.db.withActor(ingest, (tx) => insertTelemetry(tx, entries));
  seenBy?.committed(entries);
};
/** From 410 m south to 10 m north of the yard's middle at 10 m/s, one position each 2 s, the first at this second. */
const drive = (fromSecond: number, some: Parameters<typeof onTheWay>[2] = {}): PositionEntry[] =>
  Array.from({ length: 22 }, (_, k) =>
    onTheWay((seq += 1), 410 - 20 * k, {
      ...some,
      item: { measuredAtMs: START_MS + (fromSecond + 2 * k) * 1_000, ...some.item },
    }),
  );
/** The position 10 m south of the middle is the first of two inside, the one before it is 10 m outside the rim. */
const ARRIVES_AFTER_S = 40;

const stamps = async (caseId: CaseId) =>
  (
    await house.rows(
      "SELECT clinical, vehicle_id FROM case_event WHERE case_id = $1 AND event_type = 'milestone.stamped' AND clinical->>'code' = 'T_GATE' ORDER BY case_seq",
      [caseId],
    )
  ).map(({ clinical }) => clinical as { atMs: number; errorMs: number; source: string; stampId: string });

const takenUp = async (caseId: CaseId, arrivals = instance()) => {
  arrivals.caseChanged(caseId);
  await arrivals.turn();
  return arrivals;
};

describe('T_GATE at the gate of the destination', () => {
  test.each(['wgs-84', 'gcj-02', 'bd-09'] as const)('drawn on a map of %s, for positions in WGS-84', async (datum) => {
    await placeGate({ datum });
    const at = 1_000 + seq * 10;
    const caseId = await leave(at);
    const arrivals = await takenUp(caseId);
    await commit(drive(at + 10), arrivals);
    await arrivals.turn();
    const [stamp, ...more] = await stamps(caseId);
    expect(more).toEqual([]);
    const atMs = START_MS + (at + 10 + ARRIVES_AFTER_S) * 1_000;
    expect(stamp).toMatchObject({ source: 'gps', stampId: 'gate-hospital-1', atMs, errorMs: 2_000 });
    const [row] = await house.rows('SELECT status FROM cases WHERE case_id = $1', [caseId]);
    expect(row).toEqual({ status: 'arrived' });
    expect(arrivals.underWay()).toEqual([]);
  });

  test('once: not again by the same drive, another instance, or one that starts anew', async () => {
    const at = 1_000 + seq * 10;
    const caseId = await leave(at);
    const [one, other] = [await takenUp(caseId), await takenUp(caseId)];
    const positions = drive(at + 10);
    for (const entry of positions) await commit([entry], one);
    other.committed(positions);
    await Promise.all([one.turn(), other.turn()]);
    await commit(positions, one);
    for (const arrivals of [one, other, await takenUp(caseId)]) await arrivals.turn();
    expect(await stamps(caseId)).toHaveLength(1);
  });

  test('also after a crash between the positions’ commit and the stamp', async () => {
    const at = 1_000 + seq * 10;
    const caseId = await leave(at);
    house.time.jump(START_MS + (at + 60) * 1_000 - house.time.nowMs());
    await commit(drive(at + 10), await takenUp(caseId));
    expect(await stamps(caseId)).toEqual([]);
    await takenUp(caseId);
    expect(await stamps(caseId)).toHaveLength(1);
  });

  test('late and with its own time for what came by the backlog road, newest first', async () => {
    const at = 1_000 + seq * 10;
    const caseId = await leave(at);
    house.time.jump(START_MS + (at + 3_600) * 1_000 - house.time.nowMs());
    const arrivals = await takenUp(caseId);
    const backlog = drive(at + 10, { road: 'bkp' }).reverse();
    await commit(backlog.slice(0, 11), arrivals);
    await arrivals.turn();
    await commit(backlog.slice(11), arrivals);
    await arrivals.turn();
    const [stamp] = await stamps(caseId);
    expect(stamp).toMatchObject({ atMs: START_MS + (at + 10 + ARRIVES_AFTER_S) * 1_000, errorMs: 2_000 });
  });

  test('for every case the vehicle carries there', async () => {
    const at = 1_000 + seq * 10;
    const [mother, child] = [await leave(at), await leave(at)];
    const arrivals = await takenUp(mother, await takenUp(child));
    await commit(drive(at + 10), arrivals);
    await arrivals.turn();
    expect([(await stamps(mother)).length, (await stamps(child)).length]).toEqual([1, 1]);
  });
});

describe('no T_GATE', () => {
  test.each<readonly [string, (at: number) => Promise<readonly [CaseId, PositionEntry[]]>]>([
    ['at a hospital that is not the destination', async (at) => [await leave(at, 2), drive(at + 10)]],
    ['for a gate passed before the crew left with the patient', async (at) => [await leave(at + 100), drive(at)]],
    ['by another vehicle', async (at) => [await leave(at), drive(at + 10, { item: { vehicle: vehicleIdOf(2) } })]],
    [
      'from one position inside among others outside',
      async (at) => [await leave(at), drive(at + 10).filter((_, k) => k < 15 || k === 20)],
    ],
    [
      'where accuracy is worse than the yard',
      async (at) => [await leave(at), drive(at + 10, { place: { accuracyM: 300 } })],
    ],
    [
      'on leaving',
      async (at) => [
        await leave(at + 50),
        drive(at)
          .reverse()
          .map((entry, k) => ({
            ...entry,
            item: { ...entry.item, measuredAtMs: START_MS + (at + 60 + 2 * k) * 1_000 },
          })),
      ],
    ],
  ])('%s', async (_, make) => {
    const [caseId, positions] = await make(1_000 + seq * 10);
    const arrivals = await takenUp(caseId);
    await commit(positions, arrivals);
    await arrivals.turn();
    await takenUp(caseId);
    expect(await stamps(caseId)).toEqual([]);
  });

  test('under a lease that is not ours any more; its new holder stamps', async () => {
    const at = 1_000 + seq * 10;
    const caseId = await leave(at);
    const arrivals = await takenUp(caseId);
    await commit(drive(at + 10), arrivals);
    await house.rows('UPDATE shard_lease SET token = $2 WHERE shard = $1', [shard, TOKEN + 1]);
    await arrivals.turn();
    expect(await stamps(caseId)).toEqual([]);
    token = TOKEN + 1;
    house.time.jump(START_MS + (at + 60) * 1_000 - house.time.nowMs());
    await takenUp(caseId);
    expect(await stamps(caseId)).toHaveLength(1);
    await house.rows('UPDATE shard_lease SET token = $2 WHERE shard = $1', [shard, TOKEN]);
  });

  test('lost when the database is away for a turn', async () => {
    const at = 1_000 + seq * 10;
    const caseId = await leave(at);
    let isAway = false;
    const units: typeof house.units = {
      change: (...asked) => (isAway ? Promise.reject(new Error('away')) : house.units.change(...asked)),
    };
    const arrivals = await takenUp(caseId, instance({ units }));
    isAway = true;
    await commit(drive(at + 10), arrivals);
    await arrivals.turn();
    isAway = false;
    await arrivals.turn();
    expect(await stamps(caseId)).toHaveLength(1);
  });

  test('after its shard was lost', async () => {
    const caseId = await leave(1_000 + seq * 10);
    const arrivals = await takenUp(caseId);
    expect(arrivals.underWay().map((way) => way.caseId)).toEqual([caseId]);
    arrivals.dropShard((shard + 1) % 16);
    expect(arrivals.underWay()).toHaveLength(1);
    arrivals.dropShard(shard);
    expect(arrivals.underWay()).toEqual([]);
  });
});
