import { caseId } from '@pentad/protocol/testing/boring-ids';
import { beforeEach, describe, expect, test } from 'vitest';
import { deferred, FakeTime, recordingLog, settle } from '../platform/fake-time.fixture.ts';
import { FeedReader } from './feed-reader.ts';
import type { FeedEntry } from './feed-store.ts';

let time: FakeTime;
let log: ReturnType<typeof recordingLog>;
let committed: Map<string, FeedEntry[]>;
let numbers: Map<string, number>;
let seen: string[];
let reads: number;
let onEntries: (topic: string) => void;
let beforeReading: () => Promise<void>;

beforeEach(() => {
  time = new FakeTime();
  log = recordingLog();
  committed = new Map();
  numbers = new Map();
  seen = [];
  reads = 0;
  onEntries = () => undefined;
  beforeReading = () => Promise.resolve();
});

const entry = (topic: string, n: number): FeedEntry => ({
  topic,
  n,
  pointer: { caseId, fromSeq: n, toSeq: n, vehicle: null, ring: null },
});

function commit(topic: string, count: number): void {
  for (let left = count; left > 0; left -= 1) {
    const n = (numbers.get(topic) ?? 0) + 1;
    numbers.set(topic, n);
    committed.set(topic, [...(committed.get(topic) ?? []), entry(topic, n)]);
  }
}
const trim = (topic: string, through: number) =>
  committed.set(
    topic,
    (committed.get(topic) ?? []).filter(({ n }) => n > through),
  );

async function start(...followed: [topic: string, after: number][]): Promise<FeedReader> {
  const reader = new FeedReader({
    source: {
      changes: async (cursors, limit) => {
        reads += 1;
        const asked = [...cursors];
        await beforeReading();
        return asked.flatMap(([topic, after]) => {
          const n = numbers.get(topic) ?? after;
          const entries = (committed.get(topic) ?? []).filter((other) => other.n > after).slice(0, limit);
          return n === after ? [] : [{ topic, after, n, entries }];
        });
      },
    },
    listener: {
      onEntries: (topic, entries) => {
        seen.push(...entries.map(({ n }) => `${topic} ${n}`));
        onEntries(topic);
      },
      onTrimmed: (topic, n) => void seen.push(`${topic} trimmed, begin at ${n}`),
    },
    timers: time,
    log,
    nowMs: () => time.nowMs(),
  });
  await reader.start();
  for (const [topic, after] of followed) reader.follow(topic, after);
  await time.advance(0);
  return reader;
}

test('what is committed is handed on in order and once, from the cursor on', async () => {
  commit('desk:1', 3);
  await start(['desk:1', 1]);
  expect(seen).toEqual(['desk:1 2', 'desk:1 3']);
  commit('desk:1', 2);
  await time.advance(5_000);
  expect(seen.slice(2)).toEqual(['desk:1 4', 'desk:1 5']);
});

test('L7: without any hint the poll finds it within a second', async () => {
  await start(['desk:1', 0]);
  commit('desk:1', 1);
  await time.advance(1_000);
  expect(seen).toEqual(['desk:1 1']);
});

test('a hint is followed at once', async () => {
  const reader = await start(['desk:1', 0]);
  commit('desk:1', 1);
  reader.nudge();
  await settle();
  expect(seen).toEqual(['desk:1 1']);
});

test('a hint that names topics has those read alone, and only where they have come further', async () => {
  const reader = await start(['desk:1', 0], ['desk:2', 0]);
  commit('desk:1', 1);
  commit('desk:2', 1);
  const before = reads;
  reader.hint(new Map([['desk:1', 1]]));
  await settle();
  expect(seen).toEqual(['desk:1 1']);
  reader.hint(
    new Map([
      ['desk:1', 1],
      ['desk:3', 1],
    ]),
  );
  await settle();
  expect(reads).toBe(before + 1);
  reader.hint(null);
  await settle();
  expect(seen).toEqual(['desk:1 1', 'desk:2 1']);
});

describe('what this process committed', () => {
  test('is told at once where it is the next of its topic, without a read, and once', async () => {
    const reader = await start(['desk:1', 0]);
    commit('desk:1', 2);
    const before = reads;
    reader.offer([entry('desk:1', 1), entry('desk:2', 1)]);
    reader.offer([entry('desk:1', 2)]);
    reader.offer([entry('desk:1', 2)]);
    expect(seen).toEqual(['desk:1 1', 'desk:1 2']);
    await settle();
    expect(reads).toBe(before);
    await time.advance(1_000);
    expect(seen).toEqual(['desk:1 1', 'desk:1 2']);
  });

  test('waits for what another process committed before it: read together, in order', async () => {
    const reader = await start(['desk:1', 0]);
    commit('desk:1', 3);
    reader.offer([entry('desk:1', 3)]);
    expect(seen).toEqual([]);
    await settle();
    expect(seen).toEqual(['desk:1 1', 'desk:1 2', 'desk:1 3']);
  });

  test('while its topic is being read is told once', async () => {
    const reader = await start(['desk:1', 0]);
    const slow = deferred();
    beforeReading = () => slow.promise;
    commit('desk:1', 1);
    reader.nudge();
    await settle();
    reader.offer([entry('desk:1', 1)]);
    slow.resolve();
    await time.advance(1_000);
    expect(seen).toEqual(['desk:1 1']);
  });
});

test('hint after hint does not put off the poll of the others', async () => {
  const reader = await start(['desk:1', 0], ['desk:2', 0]);
  commit('desk:2', 1);
  for (let n = 1; n <= 10; n += 1) {
    commit('desk:1', 1);
    reader.hint(new Map([['desk:1', n]]));
    await time.advance(100);
  }
  expect(seen).toContain('desk:2 1');
});

test('a hint that comes while it reads is not lost: it reads again', async () => {
  const reader = await start(['desk:1', 0]);
  const slow = deferred();
  beforeReading = () => slow.promise;
  reader.nudge();
  await settle();
  const before = reads;
  reader.nudge();
  beforeReading = () => Promise.resolve();
  slow.resolve();
  await time.advance(0);
  expect(reads).toBe(before + 1);
});

test('more than a page at once comes whole and in order', async () => {
  commit('region', 1_203);
  await start(['region', 0]);
  expect(seen).toEqual(Array.from({ length: 1_203 }, (_, index) => `region ${index + 1}`));
});

test('each topic has its own cursor, and one nobody has written to yet is quiet', async () => {
  commit('desk:1', 2);
  commit('desk:2', 1);
  await start(['desk:1', 0], ['desk:2', 0], ['desk:3', 0]);
  expect(seen.toSorted()).toEqual(['desk:1 1', 'desk:1 2', 'desk:2 1']);
});

describe('a feed trimmed past the cursor', () => {
  test('is said so once, with where to begin, and then goes on from there', async () => {
    commit('desk:1', 10);
    trim('desk:1', 6);
    await start(['desk:1', 3]);
    expect(seen).toEqual(['desk:1 trimmed, begin at 10']);
    commit('desk:1', 1);
    await time.advance(1_000);
    expect(seen.at(-1)).toBe('desk:1 11');
  });

  test('is said so too when nothing of it is left', async () => {
    commit('desk:1', 10);
    trim('desk:1', 10);
    await start(['desk:1', 3]);
    expect(seen).toEqual(['desk:1 trimmed, begin at 10']);
  });

  test('up to the cursor is no gap', async () => {
    commit('desk:1', 10);
    trim('desk:1', 6);
    await start(['desk:1', 6]);
    expect(seen).toEqual([7, 8, 9, 10].map((n) => `desk:1 ${n}`));
  });
});

test('followed again it keeps its cursor; left and followed again it takes the new one', async () => {
  commit('desk:1', 4);
  const reader = await start(['desk:1', 2]);
  reader.follow('desk:1', 0);
  await time.advance(1_000);
  expect(seen).toEqual(['desk:1 3', 'desk:1 4']);
  reader.leave('desk:1');
  commit('desk:1', 1);
  await time.advance(1_000);
  reader.follow('desk:1', 3);
  await time.advance(1_000);
  expect(seen.slice(2)).toEqual(['desk:1 4', 'desk:1 5']);
});

test('left while it is read, a topic stays left', async () => {
  commit('desk:1', 501);
  const reader = await start();
  onEntries = (topic) => reader.leave(topic);
  reader.follow('desk:1', 0);
  await time.advance(3_000);
  expect(seen).toHaveLength(500);
});

test('P17: a listener that throws stops neither its topic nor the others', async () => {
  commit('desk:1', 1);
  commit('desk:2', 1);
  onEntries = () => {
    throw new Error('no');
  };
  await start(['desk:1', 0], ['desk:2', 0]);
  expect(seen.toSorted()).toEqual(['desk:1 1', 'desk:2 1']);
  expect(log.codes()).toEqual(['feed.listener-failed', 'feed.listener-failed']);
});

test('P2: while the database is away nothing is read, the age grows, and it all comes afterwards', async () => {
  await start(['desk:1', 0]);
  const readAtMs = time.nowMs();
  beforeReading = () => Promise.reject(new Error('connection terminated'));
  commit('desk:1', 2);
  await time.advance(5_000);
  expect(seen).toEqual([]);
  beforeReading = () => Promise.resolve();
  const reader = await start(['desk:1', 0]);
  expect(seen).toEqual(['desk:1 1', 'desk:1 2']);
  expect(reader.lastReadAtMs).toBe(readAtMs + 5_000);
});

test('after a stop nothing is read', async () => {
  const reader = await start(['desk:1', 0]);
  await reader.stop();
  commit('desk:1', 1);
  reader.nudge();
  await time.advance(10_000);
  expect(seen).toEqual([]);
});
