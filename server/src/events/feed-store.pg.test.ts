import { caseId, START_MS } from '@pentad/protocol/testing/boring-ids';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { Listener } from '../db/listen.ts';
import { createTestDatabase, type TestDatabase } from '../db/test-database.fixture.ts';
import type { Tx } from '../db/transaction.ts';
import { systemActor } from '../platform/actor.ts';
import { recordingLog } from '../platform/fake-time.fixture.ts';
import { systemTimers } from '../platform/system-ports.ts';
import type { FeedPointer } from './feed-pointer.ts';
import { cursorSince, entriesAfter, hintedNumbers, publish, topicNumbers, trimFeed } from './feed-store.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

const [ingest, clock] = [systemActor('ingest'), systemActor('clock')];
const pointer = (seq: number): FeedPointer => ({ caseId, fromSeq: seq, toSeq: seq, vehicle: null, ring: null });
const run = <T>(work: (tx: Tx) => T | Promise<T>) => database.db.withActor(ingest, work);
const write = (topics: readonly string[], seq = 1, atMs = START_MS, vehicleTopic: string | null = null) =>
  run((tx) => publish(tx, { topics, vehicleTopic, pointer: pointer(seq), atMs }));
const numbers = async (topic: string) => (await run((tx) => entriesAfter(tx, topic, 0))).map(({ n }) => n);
const upTo = (n: number) => Array.from({ length: n }, (_, index) => index + 1);

describe('numbers of a topic', () => {
  test('are gapless and in the order of commits, with twenty transactions at once of which a third roll back', async () => {
    const topics = ['desk:b', 'region', 'desk:a'];
    const seen: number[] = [];
    let isWriting = true;
    const reading = (async () => {
      while (isWriting || seen.length < (await run((tx) => topicNumbers(tx, ['region']))).get('region')!) {
        const entries = await run((tx) => entriesAfter(tx, 'region', seen.at(-1) ?? 0));
        seen.push(...entries.map(({ n }) => n));
      }
    })();
    const committed = await Promise.allSettled(
      upTo(20).map((seq) =>
        run(async (tx) => {
          await publish(tx, {
            topics: seq % 2 === 0 ? topics : topics.toReversed(),
            vehicleTopic: null,
            pointer: pointer(seq),
            atMs: START_MS,
          });
          if (seq % 3 === 0) throw new Error('rolled back');
        }),
      ),
    );
    isWriting = false;
    await reading;
    const count = committed.filter(({ status }) => status === 'fulfilled').length;
    expect(count).toBe(14);
    for (const topic of topics) expect(await numbers(topic)).toEqual(upTo(count));
    expect(seen).toEqual(upTo(count));
  });

  test('are each topic’s own, and one a transaction however often it is named', async () => {
    await write(['desk:c', 'desk:d', 'desk:c']);
    await write(['desk:d']);
    expect([await numbers('desk:c'), await numbers('desk:d')]).toEqual([[1], [1, 2]]);
    expect(await run((tx) => topicNumbers(tx, ['desk:c', 'desk:d', 'desk:none']))).toEqual(
      new Map([
        ['desk:c', 1],
        ['desk:d', 2],
      ]),
    );
  });

  test('tell the vehicle its own number in every topic, so that it sees a gap by itself', async () => {
    await write(['vehicle:v-1']);
    await write(['region', 'vehicle:v-1', 'desk:e'], 7, START_MS, 'vehicle:v-1');
    const [entry] = await run((tx) => entriesAfter(tx, 'desk:e', 0));
    expect(entry?.pointer).toEqual({ ...pointer(7), vehicle: { vehicle: 'v-1', n: 2 } });
  });
});

test('the writer is told the numbers, and so is who listens, in one NOTIFY', async () => {
  const heard: (string | null)[] = [];
  const listener = new Listener({
    url: database.url,
    channel: 'pentad_feed',
    timers: systemTimers,
    log: recordingLog(),
    onHint: (payload) => heard.push(payload),
  });
  await listener.start();
  const numbers = await write(['desk:h', 'desk:i']);
  await write(Array.from({ length: 400 }, (_, index) => `desk:with-a-long-name-${index}`));
  await vi.waitFor(() => expect(heard).toHaveLength(3));
  await listener.stop();
  expect(numbers).toEqual(
    new Map([
      ['desk:h', 1],
      ['desk:i', 1],
    ]),
  );
  expect(heard.map((payload) => hintedNumbers(payload ?? ''))).toEqual([null, numbers, null]);
});

describe('entries after a cursor', () => {
  beforeAll(async () => {
    for (const seq of upTo(5)) await write(['desk:f'], seq, START_MS + seq * 1_000);
  });

  test('come oldest first, as many as asked for, with what they point at', async () => {
    const entries = await run((tx) => entriesAfter(tx, 'desk:f', 2, 2));
    expect(entries).toEqual([3, 4].map((n) => ({ topic: 'desk:f', n, pointer: pointer(n) })));
    expect(await run((tx) => entriesAfter(tx, 'desk:f', 5))).toEqual([]);
  });

  test.each([
    [START_MS + 3_000, 2],
    [START_MS + 2_001, 2],
    [START_MS, 0],
    [START_MS + 6_000, 5],
  ])('a cursor since an instant repeats what came since then: %i → %i', async (sinceMs, cursor) => {
    expect(await run((tx) => cursorSince(tx, 'desk:f', sinceMs))).toBe(cursor);
  });

  test('a cursor of a topic nobody has written to is 0', async () => {
    expect(await run((tx) => cursorSince(tx, 'desk:none', START_MS))).toBe(0);
  });

  test('are gone once trimmed; the numbers go on', async () => {
    await database.db.withActor(clock, (tx) => trimFeed(tx, START_MS + 4_000));
    expect(await numbers('desk:f')).toEqual([4, 5]);
    await write(['desk:f'], 6, START_MS + 6_000);
    expect(await numbers('desk:f')).toEqual([4, 5, 6]);
    await database.db.withActor(clock, (tx) => trimFeed(tx, START_MS + 60_000));
    expect(await run((tx) => cursorSince(tx, 'desk:f', START_MS))).toBe(6);
  });
});

test('I16: an entry holds ids and numbers alone', async () => {
  await write(['desk:g'], 1, START_MS);
  const text = JSON.stringify((await run((tx) => entriesAfter(tx, 'desk:g', 0)))[0]?.pointer);
  expect(Object.keys(JSON.parse(text) as object).toSorted()).toEqual(['caseId', 'fromSeq', 'ring', 'toSeq', 'vehicle']);
});
