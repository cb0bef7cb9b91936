import type { CaseEvent } from '@pentad/protocol/case-event';
import { caseId, caseIdOf, preAlertIdOf, targetIdOf } from '@pentad/protocol/testing/boring-ids';
import { event } from '@pentad/protocol/testing/builders';
import { beforeEach, describe, expect, test } from 'vitest';
import { deferred, settle } from '../platform/fake-time.fixture.ts';
import { nurse, otherNurse, supervisor } from '../platform/staff.fixture.ts';
import { HubStand, type TestPage } from './feed-hub.fixture.ts';

const DESK = 'desk:desk-1';
let stand: HubStand;
let page: TestPage;
beforeEach(async () => {
  stand = await new HubStand().start();
  page = stand.page(nurse);
});

const facts = (): CaseEvent => event('onset.recorded');
const commit = (topics: readonly string[] = [DESK], fact = facts()) => stand.commit(fact, topics);
const commitAndTell = async (topics: readonly string[] = [DESK], fact = facts()) => {
  commit(topics, fact);
  await stand.told();
};
const subscribe = async (to: TestPage = page, topic = DESK, after: number | null = null) => {
  await stand.hub.subscribe(to, topic, after);
  await settle();
};

describe('a subscription', () => {
  test('without a cursor begins with all that is open, then goes on frame by frame in order', async () => {
    commit();
    commit([DESK], { ...facts(), envelope: { ...facts().envelope, caseId: caseIdOf(2) } });
    await subscribe();
    for (let n = 3; n <= 5; n += 1) await commitAndTell();
    expect(page.heard()).toEqual(['snapshot 2: 1,1', 'case 3: 2', 'case 4: 3', 'case 5: 4']);
  });

  test('L7: with a cursor goes on from there, without a snapshot and without a gap', async () => {
    for (let n = 1; n <= 4; n += 1) commit();
    await subscribe(page, DESK, 2);
    await commitAndTell();
    expect(page.heard().map((line) => line.split(':')[0])).toEqual(['case 3', 'case 4', 'case 5']);
  });

  test('with a cursor that is up to date says nothing until something happens', async () => {
    commit();
    await subscribe(page, DESK, 1);
    expect(page.heard()).toEqual([]);
    await commitAndTell();
    expect(page.heard()).toEqual(['case 2: 2']);
  });

  test('with a cursor older than the trimmed feed begins with a snapshot', async () => {
    for (let n = 1; n <= 4; n += 1) commit();
    stand.trim(DESK, 3);
    await subscribe(page, DESK, 1);
    expect(page.heard()).toEqual(['snapshot 4: 4']);
  });

  test('with a cursor begins with a snapshot when nothing of the feed is left, or when a restore took it back', async () => {
    for (let n = 1; n <= 4; n += 1) commit();
    await subscribe(stand.page(nurse));
    stand.entries.set(DESK, []);
    await subscribe(page, DESK, 1);
    const restored = stand.page(nurse);
    stand.entries.clear();
    commit();
    await subscribe(restored, DESK, 9);
    expect([page.heard(), restored.heard()]).toEqual([['snapshot 0: '], ['snapshot 1: 5']]);
  });

  test('with a cursor far behind brings all of it, page by page', async () => {
    await subscribe(stand.page(nurse));
    for (let n = 1; n <= 1_200; n += 1) commit();
    await stand.told();
    await subscribe(page, DESK, 1);
    expect(page.topics.get(DESK)).toBe(1_200);
    expect(page.heard()).toHaveLength(1_199);
  });

  test('H15: to what this reader may not see is refused as what is not there, and follows nothing', async () => {
    stand.hasTopic = () => false;
    await subscribe();
    await commitAndTell();
    expect([page.heard(), page.topics.size]).toEqual([['refused topic.not-found'], 0]);
  });

  test('ended ends: no frame follows, not even one that was being built', async () => {
    await subscribe();
    const slow = deferred();
    stand.beforeLoading = () => slow.promise;
    await commitAndTell();
    stand.hub.unsubscribe(page, DESK);
    slow.resolve();
    await settle();
    await commitAndTell();
    expect([page.heard(), page.topics.size]).toEqual([['snapshot 0: '], 0]);
  });
});

describe('frames', () => {
  test('show the case as it is now: a slow page takes many changes in one step, and the numbers stay whole', async () => {
    await subscribe();
    for (let n = 1; n <= 3; n += 1) commit();
    await stand.told();
    expect(page.heard().slice(1)).toEqual(['case 1: 3', 'case 2: 3', 'case 3: 3']);
  });

  test('of a ladder step ring after the case they belong to', async () => {
    await subscribe();
    stand.commit(facts(), [DESK], {
      preAlertId: preAlertIdOf(1),
      targetId: targetIdOf(1),
      step: 'all-on-duty',
      round: 0,
    });
    await stand.told();
    expect(page.heard().slice(1)).toEqual(['case 1: 1', 'ring 1: all-on-duty']);
  });

  test('are built once a version, whoever reads', async () => {
    const pages = [page, stand.page(nurse), stand.page(supervisor)];
    for (const each of pages) await subscribe(each);
    const before = stand.loads;
    await commitAndTell();
    expect(stand.loads - before).toBe(1);
    for (const each of pages) expect(each.heard().at(-1)).toBe('case 1: 1');
  });

  test('S29: carry the whole name to the desk, a masked one to the region, the timeline to neither', async () => {
    const region = stand.page(supervisor);
    await subscribe();
    await subscribe(region);
    await commitAndTell();
    const shown = [page, region].map(({ fake }) => fake.sent.at(-1)?.['frame']);
    expect(shown).toEqual([
      expect.objectContaining({
        case: expect.objectContaining({ visibility: 'full', patientName: '张建国', timeline: [] }),
      }),
      expect.objectContaining({
        case: expect.objectContaining({ visibility: 'masked', patientName: '张*', timeline: [] }),
      }),
    ]);
  });

  test('I13, S4: what the reader may see is asked for every frame: after that ends none is sent, and the cursor goes on', async () => {
    await subscribe();
    await commitAndTell();
    stand.maySee = () => false;
    await commitAndTell();
    stand.maySee = () => true;
    await commitAndTell();
    expect(
      page
        .heard()
        .slice(1)
        .map((line) => line.split(':')[0]),
    ).toEqual(['case 1', 'case 3']);
  });

  test('I13: a snapshot holds only cases the reader may see', async () => {
    commit();
    stand.maySee = (reader) => reader.staff !== otherNurse;
    const other = stand.page(otherNurse);
    await subscribe(other);
    await subscribe();
    expect([other.heard(), other.shownCases.size, page.heard()]).toEqual([['snapshot 1: '], 0, ['snapshot 1: 1']]);
  });
});

test('a page that goes while something is built for it, or while its snapshot is read, leaves nothing behind', async () => {
  await subscribe();
  const slow = deferred();
  stand.beforeLoading = () => slow.promise;
  stand.afterSnapshot = () => slow.promise;
  const late = stand.page(nurse);
  const subscribing = stand.hub.subscribe(late, 'desk:desk-2', null);
  await commitAndTell([DESK, 'desk:desk-2']);
  stand.hub.remove(page);
  stand.hub.remove(late);
  slow.resolve();
  await subscribing;
  await settle();
  expect([page.topics.size, late.topics.size, late.heard()]).toEqual([0, 0, []]);
  const loaded = stand.loads;
  await commitAndTell([DESK, 'desk:desk-2']);
  expect(stand.loads).toBe(loaded);
});

describe('no reader is left behind', () => {
  test('one that subscribed while a change was on its way to others gets it', async () => {
    const other = stand.page(nurse);
    await subscribe(other);
    const slow = deferred();
    stand.afterSnapshot = () => slow.promise;
    const subscribing = stand.hub.subscribe(page, DESK, null);
    await settle();
    await commitAndTell();
    slow.resolve();
    await subscribing;
    await settle();
    expect(other.heard()).toEqual(['snapshot 0: ', 'case 1: 1']);
    expect(page.heard().at(-1)).toBe('case 1: 1');
  });

  test('a snapshot is the case as it is, not as somebody saw it last', async () => {
    commit(['desk:desk-2', DESK]);
    const earlier = stand.page(nurse);
    const elsewhere = stand.page(otherNurse);
    await subscribe(elsewhere, 'desk:desk-3');
    await subscribe(earlier);
    stand.hub.remove(earlier);
    commit();
    stand.hub.tick();
    await subscribe();
    expect(page.heard().at(-1)).toBe('snapshot 2: 2');
  });

  test('P2: a change that could not be loaded comes when the database is back, without waiting for the next one', async () => {
    await subscribe();
    stand.beforeLoading = () => Promise.reject(new Error('connection terminated'));
    await commitAndTell();
    expect(page.heard()).toEqual(['snapshot 0: ']);
    stand.beforeLoading = () => Promise.resolve();
    stand.hub.tick();
    await settle();
    expect(page.heard().filter((line) => line !== 'tick')).toEqual(['snapshot 0: ', 'case 1: 1']);
  });

  test('P2: one case that cannot be loaded does not keep the next from the others', async () => {
    await subscribe();
    const other = stand.page(nurse);
    await subscribe(other, 'desk:desk-2');
    stand.beforeLoading = (id) => (id === caseId ? Promise.reject(new Error('no')) : Promise.resolve());
    await commitAndTell();
    await commitAndTell(['desk:desk-2'], { ...facts(), envelope: { ...facts().envelope, caseId: caseIdOf(2) } });
    expect(other.heard().at(-1)).toBe('case 1: 1');
  });

  test('a feed trimmed past everybody’s cursor sends everybody a snapshot', async () => {
    await subscribe();
    const other = stand.page(supervisor);
    await subscribe(other);
    for (let n = 1; n <= 3; n += 1) commit();
    stand.trim(DESK, 3);
    stand.entries.set(DESK, [
      { topic: DESK, n: 4, pointer: { caseId, fromSeq: 3, toSeq: 3, vehicle: null, ring: null } },
    ]);
    await stand.told();
    for (const each of [page, other]) expect(each.heard().at(-1)).toBe('snapshot 4: 3');
  });
});
