import { beforeEach, describe, expect, test } from 'vitest';
import { deferred, FakeTime, recordingLog, settle } from '../platform/fake-time.fixture.ts';
import { Ends, MemoryUplinkStore, numericsEntry } from '../uplink/offered.fixture.ts';
import { keyOf, type TelemetryEntry } from '../uplink/uplink-entry.ts';
import { TelemetryWriter } from './telemetry-writer.ts';

let time: FakeTime;
let log: ReturnType<typeof recordingLog>;
let store: MemoryUplinkStore;
let ends: Ends;
let onCommitted: (entries: readonly TelemetryEntry[]) => Promise<void>;
let writer: TelemetryWriter<TelemetryEntry>;

beforeEach(() => {
  time = new FakeTime();
  log = recordingLog();
  store = new MemoryUplinkStore();
  ends = new Ends();
  onCommitted = (entries) => {
    for (const entry of entries) entry.end({ kind: 'stored', key: keyOf(entry.item), shed: [] });
    return Promise.resolve();
  };
  writer = new TelemetryWriter({
    store,
    timers: time,
    log,
    insert: (entries) => store.insertTelemetry(entries),
    onCommitted: (entries) => onCommitted(entries),
  });
});

const seqs = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);
const offer = (from: number, to = from) => {
  for (const seq of seqs(from, to)) writer.add(numericsEntry(seq, { ends }));
};
const hasSeq = (seq: number) => (entries: readonly TelemetryEntry[]) => entries.some((entry) => entry.item.seq === seq);

describe('batches', () => {
  test('are what arrived together: one commit for all of it', async () => {
    offer(1, 50);
    await settle();
    expect(store.batches.map((batch) => batch.length)).toEqual([50]);
    expect(ends.seqs('stored')).toEqual(seqs(1, 50));
  });

  test('in flight are two at most; what arrives meanwhile is the next one', async () => {
    const commit = deferred();
    store.hold = () => commit.promise;
    for (const seq of seqs(1, 6)) {
      offer(seq);
      await settle();
    }
    expect(store.attempts).toEqual([1, 1]);
    expect(writer.waitingRows).toBe(4);
    commit.resolve();
    await settle();
    expect(store.batches.map((batch) => batch.map((entry) => entry.item.seq))).toEqual([[1], [2], [3, 4, 5, 6]]);
  });

  test('P16: hold 1,000 rows at most, in the order they came', async () => {
    offer(1, 2_500);
    await settle();
    expect(store.batches.map((batch) => batch.length)).toEqual([1_000, 1_000, 500]);
    expect(store.storedSeqs).toEqual(seqs(1, 2_500));
  });

  test('N7: an item ends only after its commit, never before', async () => {
    const commit = deferred();
    store.hold = () => commit.promise;
    offer(1);
    await settle();
    expect(ends.all).toEqual([]);
    commit.resolve();
    await settle();
    expect(ends.of(1)).toEqual(['stored']);
  });
});

describe('N11: the database is away', () => {
  test('and the whole batch is retried, ever less often, uncounted, until it is back', async () => {
    store.refuse = () => 'transient';
    offer(1, 3);
    await time.advance(60_000);
    expect(store.attempts.every((rows) => rows === 3)).toBe(true);
    expect(store.attempts.length).toBeGreaterThan(20);
    expect(store.quarantined).toEqual([]);
    store.refuse = () => null;
    await time.advance(2_000);
    expect(ends.seqs('stored')).toEqual([1, 2, 3]);
  });

  test('and waits 100 ms, doubled each time, two seconds at most', async () => {
    const tries: number[] = [];
    store.refuse = () => {
      tries.push(time.nowMs());
      return 'transient';
    };
    offer(1);
    await time.advance(8_000);
    expect(tries.slice(1, 8).map((atMs, index) => atMs - (tries[index] ?? 0))).toEqual([
      100, 200, 400, 800, 1_600, 2_000, 2_000,
    ]);
  });

  test('in the middle of a bisection: nothing counts against a row', async () => {
    let calls = 0;
    store.refuse = (entries) => {
      calls += 1;
      if (calls === 1) return 'data';
      return calls < 6 ? 'transient' : entries.some(({ item }) => item.seq === 2) ? 'data' : null;
    };
    offer(1, 2);
    await time.advance(10_000);
    expect([ends.of(1), ends.of(2)]).toEqual([['stored'], ['uplink.row-refused']]);
  });
});

describe('N11: a row the database refuses', () => {
  test('is found by halving; all others are stored, each once', async () => {
    store.refuse = (entries) => (hasSeq(37)(entries) ? 'data' : null);
    offer(1, 100);
    await settle();
    expect(store.storedSeqs.toSorted((a, b) => a - b)).toEqual(seqs(1, 100).filter((seq) => seq !== 37));
    expect(store.quarantined).toEqual([
      expect.objectContaining({ code: 'uplink.row-refused', lane: 'vit', key: expect.objectContaining({ seq: 37 }) }),
    ]);
    expect(ends.of(37)).toEqual(['uplink.row-refused']);
    expect(new Set(ends.all.map(({ seq }) => seq)).size).toBe(ends.all.length);
  });

  test('is tried three times alone before it is quarantined whole, with its bytes as they came', async () => {
    store.refuse = () => 'data';
    const entry = numericsEntry(1, { ends });
    writer.add(entry);
    await settle();
    expect(store.attempts).toEqual([1, 1, 1]);
    expect(store.quarantined[0]?.raw).toEqual(entry.raw);
  });

  test('in whatever way, known or not, never blocks the lane', async () => {
    store.refuse = (entries) => (hasSeq(1)(entries) ? 'bug' : null);
    offer(1, 2);
    await settle();
    expect([ends.of(1), ends.of(2)]).toEqual([['uplink.row-refused'], ['stored']]);
  });

  test('and that cannot be quarantined either is given up, not receipted: it comes again', async () => {
    store.refuse = () => 'data';
    store.failures.push(new Error('disk full'));
    offer(1);
    await settle();
    expect(ends.of(1)).toEqual(['given-up']);
  });

  test('leaves its sequence number in the log, and nothing of what it says', async () => {
    store.refuse = () => 'data';
    writer.add(numericsEntry(1, { ends, vitals: { heartRateBpm: 123 } }));
    await settle();
    expect(log.lines).toEqual([expect.objectContaining({ code: 'telemetry.row-refused' })]);
    expect(JSON.stringify(log.lines)).not.toContain('123');
  });
});

test('P1: when what follows the commit fails, the batch is given up and comes again', async () => {
  onCommitted = () => Promise.reject(new Error('no'));
  offer(1, 2);
  await settle();
  expect(ends.seqs('given-up')).toEqual([1, 2]);
  onCommitted = () => Promise.resolve();
  offer(3);
  await settle();
  expect(store.storedSeqs).toEqual([1, 2, 3]);
});

describe('a stop', () => {
  test('gives up what waits and waits for what is in flight', async () => {
    const commit = deferred();
    store.hold = () => commit.promise;
    offer(1);
    await settle();
    offer(2);
    await settle();
    offer(3, 5);
    let isStopped = false;
    const stopping = writer.stop().then(() => (isStopped = true));
    await settle();
    expect([isStopped, ends.seqs('given-up')]).toEqual([false, [3, 4, 5]]);
    commit.resolve();
    await stopping;
    expect(ends.seqs('stored')).toEqual([1, 2]);
  });

  test('during an outage gives up what is in flight at its next try', async () => {
    store.refuse = () => 'transient';
    offer(1);
    await settle();
    const stopping = writer.stop();
    await time.advance(2_000);
    await stopping;
    expect(ends.of(1)).toEqual(['given-up']);
  });

  test('with nothing to do ends at once, and what is offered later is given up', async () => {
    await writer.stop();
    offer(1);
    expect(ends.of(1)).toEqual(['given-up']);
  });
});

test('P1: of two flushes that commit in the other order, the earlier rows are told first: a rule reads them in theirs', async () => {
  const told: number[] = [];
  onCommitted = (entries) => {
    told.push(...entries.map(({ item }) => item.seq));
    return Promise.resolve();
  };
  const slow = deferred();
  let isFirst = true;
  store.hold = () => {
    if (!isFirst) return Promise.resolve();
    isFirst = false;
    return slow.promise;
  };
  offer(1);
  await settle();
  offer(2);
  await settle();
  expect([store.storedSeqs, told]).toEqual([[2], []]);
  slow.resolve();
  await settle();
  expect([store.storedSeqs, told]).toEqual([
    [2, 1],
    [1, 2],
  ]);
});

test('what is told of a commit fails at once: its rows are given up and the next batch is told all the same', async () => {
  let isFirst = true;
  const rest = onCommitted;
  onCommitted = (entries) => {
    if (!isFirst) return rest(entries);
    isFirst = false;
    throw new TypeError('a fault of ours');
  };
  offer(1);
  await settle();
  offer(2);
  await settle();
  expect([ends.of(1), ends.of(2)]).toEqual([['given-up'], ['stored']]);
  expect(log.codes()).toContain('telemetry.after-commit-failed');
});
