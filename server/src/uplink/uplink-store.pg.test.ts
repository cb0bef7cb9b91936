import { caseIdOf, epoch, epochOf, vehicle, vehicleIdOf } from '@pentad/protocol/testing/boring-ids';
import { event, gapItem } from '@pentad/protocol/testing/builders';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCaseDatabase, fact, type CaseDatabase } from '../cases/case-database.fixture.ts';
import { systemIds } from '../platform/system-ports.ts';
import { insertTelemetry } from '../telemetry/telemetry-store.ts';
import { insertWaveforms } from '../telemetry/waveform-store.ts';
import { utcDay } from '@pentad/protocol/quantities';
import { numericsEntry, positionEntry } from './offered.fixture.ts';
import type { QuarantineEntry, UplinkStore } from './ports.ts';
import { createUplinkStore } from './uplink-store.ts';

let house: CaseDatabase;
let store: UplinkStore;
const today = utcDay(Date.now());
const now = Date.now();
beforeAll(async () => {
  house = await createCaseDatabase();
  await house.rows('SELECT ensure_telemetry_partitions(current_date - 11, current_date + 4)');
  store = createUplinkStore({
    db: house.database.db,
    vault: house.vault,
    ids: systemIds,
    insertTelemetry,
    insertWaveforms,
    insertMedia: () => Promise.reject(new Error('unused')),
  });
});
afterAll(() => house.close());

const telemetry = (seqs: readonly number[], day = today) =>
  store.insertTelemetry(seqs.map((seq) => numericsEntry(seq, { item: { day }, receivedAtMs: now })));
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);
const unreadable = (some: Partial<QuarantineEntry> = {}): QuarantineEntry => ({
  vehicle,
  lane: 'vit',
  key: { vehicle, epoch, lane: 'vit', seq: 15 },
  code: 'uplink.not-an-item',
  raw: new TextEncoder().encode('{"vitals":"CANARY"}'),
  receivedAtMs: now,
  ...some,
});

describe('what do you hold: the rows of a lane', () => {
  test('nothing of what was never offered', async () => {
    expect(await store.held(vehicle, epoch, 'vit', 1)).toEqual({ stored: [], refused: [], shed: [] });
    expect(await store.held(vehicle, epoch, 'wav', 1)).toEqual({ stored: [], refused: [], shed: [] });
  });

  test('ranges with their gaps, dated and undated alike', async () => {
    await telemetry([...range(1, 4), ...range(7, 9), 12]);
    await telemetry([5, 13], '1970-01-01');
    expect((await store.held(vehicle, epoch, 'vit', 1)).stored).toEqual([
      [1, 5],
      [7, 9],
      [12, 13],
    ]);
  });

  test('from a number on', async () => {
    expect((await store.held(vehicle, epoch, 'vit', 8)).stored).toEqual([
      [8, 9],
      [12, 13],
    ]);
  });

  test('of this journal, vehicle and lane alone', async () => {
    await store.insertTelemetry([positionEntry(6, { item: { day: today }, receivedAtMs: now })]);
    expect((await store.held(vehicle, epoch, 'pos', 1)).stored).toEqual([[6, 6]]);
    expect((await store.held(vehicle, epochOf(2), 'vit', 1)).stored).toEqual([]);
    expect((await store.held(vehicleIdOf(2), epoch, 'vit', 1)).stored).toEqual([]);
  });

  test('refused ones with their code, shed ones as they were declared', async () => {
    await store.quarantine(unreadable());
    await store.insertGap(
      gapItem(3, {
        lane: 'vit',
        ranges: [
          [20, 24],
          [25, 30],
          [40, 41],
        ],
      }),
      now,
    );
    expect(await store.held(vehicle, epoch, 'vit', 14)).toEqual({
      stored: [],
      refused: [{ seq: 15, code: 'uplink.not-an-item' }],
      shed: [
        [20, 30],
        [40, 41],
      ],
    });
  });

  test('events and declared gaps both are places of the event lane', async () => {
    await house.tell(fact(event('case.opened'), caseIdOf(1)));
    await house.tell(fact(event('onset.recorded'), caseIdOf(1)));
    expect((await store.held(vehicle, epoch, 'evt', 1)).stored).toEqual([[1, 3]]);
  });

  test('I17: every number offered ends in exactly one of the three', async () => {
    const { stored, refused, shed } = await store.held(vehicle, epoch, 'vit', 1);
    const all = [...stored, ...shed].flatMap(([from, to]) => range(from, to));
    const seqs = [...all, ...refused.map(({ seq }) => seq)];
    expect(new Set(seqs).size).toBe(seqs.length);
  });
});

describe('the quarantine', () => {
  test('H25: keeps what could not be read whole, but sealed', async () => {
    const [row] = await house.rows('SELECT raw, code FROM quarantine WHERE seq = 15');
    const raw = row?.['raw'] as Buffer;
    expect(raw.includes('CANARY')).toBe(false);
    expect(house.vault.openRaw(`quarantine/${vehicle}/vit`, raw).toString()).toBe('{"vitals":"CANARY"}');
  });

  test('N6: has an item once, however often it comes again', async () => {
    for (let times = 0; times < 3; times += 1) await store.quarantine(unreadable({ code: 'uplink.row-refused' }));
    expect(await house.rows('SELECT code FROM quarantine WHERE seq = 15')).toEqual([{ code: 'uplink.not-an-item' }]);
  });

  test('takes what has no key, and any bytes at all', async () => {
    const raw = Uint8Array.from([0, 255, 0, 1]);
    await store.quarantine(
      unreadable({ key: null, raw, vehicle: 'nobody-knows', lane: 'evt', code: 'uplink.not-json' }),
    );
    const [row] = await house.rows("SELECT raw, epoch, seq FROM quarantine WHERE vehicle_id = 'nobody-knows'");
    expect(row).toMatchObject({ epoch: null, seq: null });
    expect(house.vault.openRaw('quarantine/nobody-knows/evt', row?.['raw'] as Buffer)).toEqual(Buffer.from(raw));
  });
});

test('a gap declared again changes nothing', async () => {
  const before = await house.rows('SELECT count(*)::int AS n FROM lane_gap');
  await store.insertGap(
    gapItem(3, {
      lane: 'vit',
      ranges: [
        [20, 24],
        [25, 30],
        [40, 41],
      ],
    }),
    now,
  );
  expect(await house.rows('SELECT count(*)::int AS n FROM lane_gap')).toEqual(before);
});

test('P22: the horizon is the restore generation: another one after a restore', async () => {
  const before = await store.horizon();
  expect(await store.horizon()).toBe(before);
  await house.rows('UPDATE installation SET horizon = gen_random_uuid()');
  expect(await store.horizon()).not.toBe(before);
  await house.rows('DELETE FROM installation');
  await expect(store.horizon()).rejects.toThrow(/installation row is missing/);
});

describe('E16: the same vehicle with two journals', () => {
  const [first, second] = [epochOf(11), epochOf(12)];
  const copied = vehicleIdOf(5);

  test('is noticed while both are heard, by each of them', async () => {
    expect(await store.hearEpoch(copied, first)).toBe(false);
    expect(await store.hearEpoch(copied, first)).toBe(false);
    expect(await store.hearEpoch(copied, second)).toBe(true);
    expect(await store.hearEpoch(copied, first)).toBe(true);
  });

  test('E6: is a reinstalled agent once the old journal has been quiet for ten minutes', async () => {
    await house.rows(
      "UPDATE vehicle_epoch SET last_heard_at = now() - interval '10 minutes 1 second' WHERE vehicle_id = $1 AND epoch = $2",
      [copied, first],
    );
    expect(await store.hearEpoch(copied, second)).toBe(false);
  });

  test('is each vehicle’s own affair', async () => {
    expect(await store.hearEpoch(vehicleIdOf(6), epochOf(13))).toBe(false);
  });
});

test('N11: what the database says of an error decides what becomes of the batch', async () => {
  const refused = store.insertTelemetry([
    numericsEntry(500, { item: { day: today, patientSlot: 99_999 }, receivedAtMs: now }),
  ]);
  const error = await refused.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(store.classify(error)).toBe('data');
});
