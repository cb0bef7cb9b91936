import { caseId, caseIdOf, vehicle, vehicleIdOf } from '@pentad/protocol/testing/boring-ids';
import { event } from '@pentad/protocol/testing/builders';
import { numericsView, unitView } from '@pentad/protocol/testing/view-builders';
import { beforeEach, describe, expect, test } from 'vitest';
import { nurse, supervisor } from '../platform/staff.fixture.ts';
import { HubStand, type TestPage } from './feed-hub.fixture.ts';

let stand: HubStand;
let page: TestPage;
let region: TestPage;
beforeEach(async () => {
  stand = await new HubStand().start();
  page = stand.page(nurse);
  region = stand.page(supervisor);
});

const sentOf = (to: TestPage, type: string) => to.fake.sent.filter((message) => message.type === type);

describe('numerics', () => {
  test('go only to pages that watch the case, and only while one does', () => {
    expect(stand.hub.isWatched(caseId)).toBe(false);
    page.watchedCases = new Set([caseId]);
    expect([stand.hub.isWatched(caseId), stand.hub.isWatched(caseIdOf(2))]).toEqual([true, false]);
    stand.hub.onNumerics([numericsView(), numericsView({ caseId: caseIdOf(2) }), numericsView({ measuredAtMs: 1 })]);
    expect(sentOf(page, 'numerics')).toEqual([
      { type: 'numerics', items: [numericsView(), numericsView({ measuredAtMs: 1 })] },
    ]);
    expect(sentOf(region, 'numerics')).toEqual([]);
    stand.hub.remove(page);
    expect(stand.hub.isWatched(caseId)).toBe(false);
  });

  test('L8: of two cases are held apart for a slow page', () => {
    page.watchedCases = new Set([caseId, caseIdOf(2)]);
    page.fake.bufferedAmount = 600 * 1_024;
    for (const measuredAtMs of [1, 2])
      stand.hub.onNumerics([numericsView({ measuredAtMs }), numericsView({ caseId: caseIdOf(2), measuredAtMs })]);
    page.fake.bufferedAmount = 0;
    page.socket.tick();
    expect(sentOf(page, 'numerics')).toEqual([
      { type: 'numerics', items: [numericsView({ measuredAtMs: 2 })] },
      { type: 'numerics', items: [numericsView({ caseId: caseIdOf(2), measuredAtMs: 2 })] },
    ]);
  });
});

describe('units', () => {
  test('S32: tell the region which case a vehicle carries; others see the vehicle alone', () => {
    page.isWatchingUnits = true;
    region.isWatchingUnits = true;
    stand.hub.onUnits([unitView()]);
    expect(sentOf(region, 'units')).toEqual([{ type: 'units', units: [unitView()] }]);
    expect(sentOf(page, 'units')).toEqual([{ type: 'units', units: [unitView({ caseId: null })] }]);
  });

  test('go only to who watches them, and never as an empty message', () => {
    stand.hub.onUnits([unitView()]);
    page.isWatchingUnits = true;
    stand.hub.onUnits([]);
    expect([sentOf(page, 'units'), sentOf(region, 'units')]).toEqual([[], []]);
  });

  test('L8: of a slow page lose no vehicle: the newest place of each is sent when it drains', () => {
    page.isWatchingUnits = true;
    page.fake.bufferedAmount = 600 * 1_024;
    stand.hub.onUnits([unitView({ measuredAtMs: 1 }), unitView({ vehicle: vehicleIdOf(2), measuredAtMs: 1 })]);
    stand.hub.onUnits([unitView({ measuredAtMs: 2 })]);
    page.fake.bufferedAmount = 0;
    page.socket.tick();
    const newest = new Map<unknown, unknown>();
    for (const message of sentOf(page, 'units')) {
      for (const unit of message['units'] as { vehicle: string; measuredAtMs: number }[])
        newest.set(unit.vehicle, unit.measuredAtMs);
    }
    expect(newest).toEqual(
      new Map([
        [vehicleIdOf(2), 1],
        [vehicle, 2],
      ]),
    );
  });
});

test('each second every page is told the time, may send again, and what nobody looks at is forgotten', async () => {
  stand.commit(event('case.opened'), ['case:x']);
  await stand.hub.subscribe(page, 'case:x', null);
  page.messagesThisSecond = 40;
  const before = stand.loads;
  stand.hub.remove(page);
  stand.hub.tick();
  const again = stand.page(nurse);
  again.messagesThisSecond = 40;
  stand.hub.tick();
  expect([again.messagesThisSecond, again.heard()]).toEqual([0, ['tick']]);
  await stand.hub.subscribe(again, 'case:x', null);
  expect(stand.loads).toBe(before + 1);
});

test('a topic nobody reads any more is not followed', async () => {
  const other = stand.page(nurse);
  await stand.hub.subscribe(page, 'desk:desk-1', null);
  await stand.hub.subscribe(other, 'desk:desk-1', null);
  stand.hub.remove(page);
  stand.commit(event('case.opened'), ['desk:desk-1']);
  await stand.told();
  expect(other.heard().at(-1)).toBe('case 1: 1');
  stand.hub.unsubscribe(other, 'desk:desk-1');
  stand.commit(event('onset.recorded'), ['desk:desk-1']);
  await stand.told();
  expect([other.heard().length, page.heard().length]).toEqual([2, 1]);
});
