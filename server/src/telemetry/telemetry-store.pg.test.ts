import { epochOf, START_MS, vehicle, vehicleIdOf } from '@pentad/protocol/testing/boring-ids';
import { noVitals } from '@pentad/protocol/vitals';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { clockRole, createCaseDatabase, ingest, type CaseDatabase } from '../cases/case-database.fixture.ts';
import { numericsEntry, positionEntry } from '../uplink/offered.fixture.ts';
import type { TelemetryEntry } from '../uplink/uplink-entry.ts';
import { loadLastPositions } from './last-position-store.ts';
import { LastPositions } from './last-positions.ts';
import { dropOldWaveforms, ensurePartitions } from './partition-store.ts';
import { insertTelemetry } from './telemetry-store.ts';

const DAY_MS = 86_400_000;
let house: CaseDatabase;
beforeAll(async () => {
  house = await createCaseDatabase();
});
afterAll(() => house.close());
beforeEach(() => house.rows('TRUNCATE numerics, positions, telemetry_undated, vehicle_position'));

const insert = (entries: readonly TelemetryEntry[]) =>
  house.database.db.withActor(ingest, (tx) => insertTelemetry(tx, entries));
const count = async (table: string) => Number((await house.rows(`SELECT count(*)::int AS n FROM ${table}`))[0]?.['n']);
const counts = async () => [await count('numerics'), await count('positions'), await count('telemetry_undated')];

describe('a stored reading', () => {
  test('is what was sent: what was not measured is NULL, never 0', async () => {
    const zeroes = { ...noVitals, heartRateBpm: 0, temperatureC: 36.8 };
    await insert([
      numericsEntry(1, { item: { vitals: zeroes, times: { bloodPressureAtMs: null, temperatureAtMs: START_MS } } }),
    ]);
    const [row] = await house.rows('SELECT * FROM numerics');
    expect(row).toMatchObject({
      vehicle_id: vehicle,
      seq: '1',
      patient_slot: 1,
      is_backfill: false,
      heart_rate_bpm: 0,
      temperature_c: 36.8,
      spo2_percent: null,
      systolic_mmhg: null,
      etco2_mmhg: null,
      blood_pressure_at: null,
      temperature_at: new Date(START_MS),
      measured_at: new Date(START_MS + 1_000),
      clock_offset_ms: 0,
      clock_error_ms: 20,
    });
  });

  test('without a case, a slot or a clock is stored without', async () => {
    await insert([numericsEntry(1, { item: { caseId: null, patientSlot: null, clock: null } })]);
    expect((await house.rows('SELECT case_id, patient_slot, clock_offset_ms FROM numerics'))[0]).toEqual({
      case_id: null,
      patient_slot: null,
      clock_offset_ms: null,
    });
  });

  test('E9: of a backlog road says so', async () => {
    await insert([numericsEntry(1, { road: 'bkv' }), numericsEntry(2), positionEntry(1, { road: 'bkp' })]);
    expect(await house.rows('SELECT seq, is_backfill FROM numerics ORDER BY seq')).toEqual([
      { seq: '1', is_backfill: true },
      { seq: '2', is_backfill: false },
    ]);
  });

  test('P19: lies in the partition of its own day, whatever zone the session has', async () => {
    const lateMs = START_MS - 1;
    await house.database.db.withActor(ingest, async (tx) => {
      await tx.query("SET LOCAL TIME ZONE 'Asia/Shanghai'");
      insertTelemetry(tx, [
        numericsEntry(1, {
          item: { measuredAtMs: lateMs, capturedAtMs: lateMs, day: '2025-12-31' },
          receivedAtMs: START_MS,
        }),
      ]);
    });
    expect(await house.rows('SELECT tableoid::regclass::text AS part, measured_at FROM numerics')).toEqual([
      { part: 'numerics_20251231', measured_at: new Date(lateMs) },
    ]);
  });
});

describe('E10, N7: stored once', () => {
  test('offered again, alone or among others, by whatever road, with whatever content', async () => {
    await insert([numericsEntry(1, { vitals: { heartRateBpm: 80 } }), positionEntry(1)]);
    await insert([
      numericsEntry(2),
      numericsEntry(1, { vitals: { heartRateBpm: 99 }, road: 'bkv' }),
      positionEntry(1, { road: 'bkp' }),
    ]);
    expect(await counts()).toEqual([2, 1, 0]);
    expect(await house.rows('SELECT heart_rate_bpm, is_backfill FROM numerics WHERE seq = 1')).toEqual([
      { heart_rate_bpm: 80, is_backfill: false },
    ]);
  });

  test('twice in one batch', async () => {
    await insert([numericsEntry(1), numericsEntry(1), positionEntry(2), positionEntry(2)]);
    expect(await counts()).toEqual([1, 1, 0]);
  });

  test('E6: the same number of another journal, another vehicle or another lane is another item', async () => {
    await insert([
      numericsEntry(1),
      numericsEntry(1, { item: { epoch: epochOf(2) } }),
      numericsEntry(1, { item: { vehicle: vehicleIdOf(2) } }),
      positionEntry(1),
    ]);
    expect(await counts()).toEqual([3, 1, 0]);
  });
});

describe('E7: a day no partition has', () => {
  const onDay = (day: string, seq = 1) => numericsEntry(seq, { item: { day }, receivedAtMs: START_MS });

  test.each([
    ['1970-01-01', 'undated'],
    ['2025-12-21', 'undated'],
    ['2025-12-22', 'dated'],
    ['2026-01-04', 'dated'],
    ['2026-01-05', 'undated'],
    ['2099-12-31', 'undated'],
  ])('%s is %s on the first of January', async (day, where) => {
    await insert([onDay(day)]);
    expect(await counts()).toEqual(where === 'dated' ? [1, 0, 0] : [0, 0, 1]);
  });

  test('is kept whole under the same key, once, beside what is dated', async () => {
    const entry = onDay('1970-01-01');
    await insert([
      entry,
      onDay('2026-01-01', 2),
      positionEntry(1, { item: { day: '1970-01-01' }, receivedAtMs: START_MS }),
    ]);
    await insert([entry]);
    expect(await counts()).toEqual([1, 0, 2]);
    expect(await house.rows("SELECT item FROM telemetry_undated WHERE lane = 'vit'")).toEqual([{ item: entry.item }]);
  });
});

describe('two writers with the same items in opposite order', () => {
  const many = Array.from({ length: 150 }, (_, index) => [
    numericsEntry(index + 1),
    positionEntry(index + 1),
    numericsEntry(index + 1, { item: { vehicle: vehicleIdOf(2) } }),
  ]).flat();

  test('do not deadlock, and store each once', async () => {
    for (let round = 0; round < 2; round += 1)
      await Promise.all([insert(many), insert(many.toReversed()), insert(many)]);
    expect(await counts()).toEqual([300, 150, 0]);
  });

  test('do not deadlock over items without a day either, lane beside lane', async () => {
    const undated = many.map((entry) => ({ ...entry, item: { ...entry.item, day: '1970-01-01' } })) as TelemetryEntry[];
    for (let round = 0; round < 2; round += 1) {
      await house.rows('TRUNCATE telemetry_undated');
      await Promise.all([insert(undated), insert(undated.toReversed()), insert(undated)]);
    }
    expect(await counts()).toEqual([0, 0, 450]);
  });
});

describe('where a vehicle is', () => {
  const at = (seq: number, latitudeDeg: number, n = 1) =>
    positionEntry(seq, { position: { latitudeDeg }, item: { vehicle: vehicleIdOf(n) } });
  const places = async () =>
    (await house.rows('SELECT vehicle_id, latitude_deg FROM vehicle_position ORDER BY vehicle_id')).map(
      (row) => row['latitude_deg'],
    );

  test('is the newest of a batch, of each vehicle by itself', async () => {
    await insert([at(5, 30.5), at(9, 30.9), at(7, 30.7), at(1, 31.1, 2)]);
    expect(await places()).toEqual([30.9, 31.1]);
  });

  test('E9: never goes back for what comes late, nor for what comes again', async () => {
    await insert([at(9, 30.9)]);
    await insert([at(3, 30.3)]);
    await insert([at(9, 31.9)]);
    expect(await places()).toEqual([30.9]);
    await insert([at(10, 31)]);
    expect(await places()).toEqual([31]);
  });

  test('is not taken from a clock that is wild', async () => {
    await insert([
      positionEntry(1, { item: { day: '2099-01-01', measuredAtMs: START_MS + 400 * DAY_MS }, receivedAtMs: START_MS }),
    ]);
    expect(await places()).toEqual([]);
  });
});

test('N8: a batch is stored whole or not at all', async () => {
  const impossible = numericsEntry(2, { item: { patientSlot: 99_999 } });
  await expect(insert([numericsEntry(1), impossible])).rejects.toMatchObject({ code: '22003' });
  expect(await counts()).toEqual([0, 0, 0]);
});

test('partitions are there for every day an item may name, with one to spare on either side; asked for twice is harmless', async () => {
  for (let run = 0; run < 2; run += 1) await house.database.db.withActor(clockRole, ensurePartitions);
  const days = await house.rows(
    "SELECT to_char((now() AT TIME ZONE 'UTC')::date + d, 'YYYYMMDD') AS day FROM generate_series(-11, 4) AS d",
  );
  const parts = (await house.rows("SELECT relname FROM pg_class WHERE relispartition AND relkind = 'r'")).map(
    (row) => row['relname'],
  );
  for (const series of ['numerics', 'positions'])
    for (const { day } of days) expect(parts).toContain(`${series}_${String(day)}`);
});

test('whole days of waveforms go when they are old, no other series and no day that is kept', async () => {
  await house.rows('SELECT ensure_telemetry_partitions(current_date - 40, current_date - 20)');
  const partitions = async (series: string) =>
    (await house.rows('SELECT relname FROM pg_class WHERE relname ~ $1', [`^${series}_\\d{8}$`])).length;
  const [waveforms, numerics] = [await partitions('waveform'), await partitions('numerics')];
  const dropped = await house.database.db.withActor(clockRole, (tx) => dropOldWaveforms(tx, 30));
  expect(dropped.length).toBeGreaterThanOrEqual(10);
  expect(await partitions('waveform')).toBe(waveforms - dropped.length);
  expect(await partitions('numerics')).toBe(numerics);
  expect(await house.database.db.withActor(clockRole, (tx) => dropOldWaveforms(tx, 30))).toEqual([]);
  await expect(house.rows("SELECT drop_old_partitions('case_event', current_date)")).rejects.toThrow('not a series');
});

test('P1: an instance that starts knows where the vehicles were: an alert without a position would ring by id', async () => {
  await insert([positionEntry(1), positionEntry(2)]);
  const known = new LastPositions();
  await house.database.db.withActor(ingest, (tx) => loadLastPositions(tx, known));
  const newest = positionEntry(2).item;
  expect(known.timedOf(vehicle)).toEqual({
    point: { latitudeDeg: newest.position.latitudeDeg, longitudeDeg: newest.position.longitudeDeg },
    measuredAtMs: newest.measuredAtMs,
  });
});
