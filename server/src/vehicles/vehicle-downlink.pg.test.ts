import { caseIdOf, epoch, epochOf, vehicle } from '@pentad/protocol/testing/boring-ids';
import { event } from '@pentad/protocol/testing/builders';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createCaseDatabase, fact, ingest, type CaseDatabase } from '../cases/case-database.fixture.ts';
import { readEvents } from '../cases/case-store.ts';
import { openCasesOfVehicle } from '../cases/open-case-store.ts';
import { entriesAfter } from '../events/feed-store.ts';
import { FakeTime, settle } from '../platform/fake-time.fixture.ts';
import { createVehicleDownlink, type VehicleDownlink } from './vehicle-downlink.ts';
import { latestEpoch } from './vehicle-store.ts';

let house: CaseDatabase;
let time: FakeTime;
let downlink: VehicleDownlink;
const caseId = caseIdOf(1);
beforeAll(async () => {
  house = await createCaseDatabase();
  await hear(epoch);
  await house.tell(fact(event('case.opened'), caseId));
  await house.tell({ ...fact(event('complaint.recorded'), caseId), sealed: { note: '独居' } });
  await house.tell(fact(event('pre-alert.requested'), caseId));
});
afterAll(() => house.close());
beforeEach(() => {
  time = new FakeTime();
  downlink = createVehicleDownlink({
    db: house.database.db,
    clock: time,
    timers: time,
    readEvents,
    openCasesOfVehicle,
  });
});
const hear = (heard: string) =>
  house.rows(
    'INSERT INTO vehicle_epoch VALUES ($1, $2, now(), clock_timestamp()) ON CONFLICT (vehicle_id, epoch) DO UPDATE SET last_heard_at = clock_timestamp()',
    [vehicle, heard],
  );
const typesOf = (page: Awaited<ReturnType<VehicleDownlink['page']>>) =>
  page.frames.map((frame) => frame.events.map(({ envelope }) => envelope.type));

describe('a page of the downlink', () => {
  test('brings what was committed after the cursor, frame by frame, in order', async () => {
    expect(await downlink.lastNumber(vehicle)).toBe(3);
    const page = await downlink.page(vehicle, 0);
    expect(page).toMatchObject({ vehicle, n: 3, isSnapshot: false, serverNowMs: time.nowMs() });
    expect(typesOf(page)).toEqual([
      ['case.opened'],
      ['complaint.recorded'],
      ['pre-alert.requested', 'pre-alert.raised'],
    ]);
    expect(typesOf(await downlink.page(vehicle, 2))).toEqual([['pre-alert.requested', 'pre-alert.raised']]);
  });

  test('says of sealed content only that it exists', async () => {
    const page = await downlink.page(vehicle, 1);
    expect(page.frames[0]?.events[0]?.hasSealed).toBe(true);
    expect(JSON.stringify(page)).not.toContain('独居');
  });

  test('is empty when the vehicle is up to date, or was never heard of', async () => {
    expect(await downlink.page(vehicle, 3)).toMatchObject({ n: 3, frames: [], isSnapshot: false });
    expect(await downlink.page('vehicle-9999', 0)).toMatchObject({ n: 0, frames: [], isSnapshot: false });
  });

  test('N15: names the journal it was last heard with: another one refuses it', async () => {
    await hear(epochOf(2));
    const page = await downlink.page(vehicle, 2);
    expect(page.frames.map((frame) => frame.epoch)).toEqual([epochOf(2)]);
    await hear(epoch);
    expect(await house.database.db.withActor(ingest, (tx) => latestEpoch(tx, vehicle))).toBe(epoch);
  });

  test('is a snapshot of its open cases when the feed was trimmed past its cursor, partly or whole', async () => {
    await house.rows('DELETE FROM feed_entry WHERE topic = $1 AND n <= 2', [`vehicle:${vehicle}`]);
    const partly = await downlink.page(vehicle, 1);
    expect(partly).toMatchObject({ n: 3, frames: [], isSnapshot: true });
    expect(partly.cases.map(({ caseId: id, events }) => [id, events.length])).toEqual([[caseId, 4]]);
    await house.rows('DELETE FROM feed_entry WHERE topic = $1', [`vehicle:${vehicle}`]);
    expect(await downlink.page(vehicle, 1)).toMatchObject({ n: 3, isSnapshot: true });
  });

  test('P22: is a snapshot when a restore took the feed back behind its cursor', async () => {
    expect(await downlink.page(vehicle, 500)).toMatchObject({ n: 3, isSnapshot: true });
  });
});

test('the crew still sees how a case ended for an hour', async () => {
  const open = () => house.database.db.withActor(ingest, (tx) => openCasesOfVehicle(tx, vehicle));
  const over = caseIdOf(2);
  await house.tell(fact(event('case.opened'), over));
  await house.tell(fact(event('case.cancelled'), over));
  await house.rows("UPDATE cases SET changed_at = now() - interval '59 minutes' WHERE case_id = $1", [over]);
  expect(await open()).toEqual([caseId, over]);
  await house.rows("UPDATE cases SET changed_at = now() - interval '61 minutes' WHERE case_id = $1", [over]);
  expect(await open()).toEqual([caseId]);
});

test('the frame of a pointer is what the broker pushes; one that concerns no vehicle has none', async () => {
  await house.tell(fact(event('onset.recorded'), caseId));
  const [entry] = (await house.database.db.withActor(ingest, (tx) => entriesAfter(tx, 'region', 0))).slice(-1);
  if (!entry) throw new Error('no entry');
  expect(await downlink.frame(entry.pointer)).toMatchObject({
    vehicle,
    epoch,
    caseId,
    events: [{ envelope: { type: 'onset.recorded' } }],
  });
  expect(await downlink.frame({ ...entry.pointer, vehicle: null })).toBeNull();
});

describe('a long poll', () => {
  /** Time goes on by one poll at a time while the database answers. */
  async function polls(waiting: Promise<void>, atMost: number): Promise<number> {
    let isOver = false;
    void waiting.then(() => (isOver = true));
    for (let count = 0; ; count += 1) {
      await expect.poll(() => isOver || time.pendingDelaysMs.length > 0, { interval: 5 }).toBe(true);
      await settle();
      if (isOver || count === atMost) return count;
      await time.advance(500);
    }
  }

  test('ends at once when there is something', async () => {
    const last = await downlink.lastNumber(vehicle);
    expect(await polls(downlink.wait(vehicle, last - 1, 20_000), 1)).toBe(0);
  });

  test('ends with what comes, or when its time is over', async () => {
    const last = await downlink.lastNumber(vehicle);
    const waiting = downlink.wait(vehicle, last, 20_000);
    expect(await polls(waiting, 2)).toBe(2);
    await house.tell(fact(event('onset.recorded'), caseId));
    expect(await polls(waiting, 3)).toBeLessThan(3);
    expect(await polls(downlink.wait(vehicle, last + 1, 2_000), 10)).toBe(4);
  });
});
