import type { CaseEvent } from '@pentad/protocol/case-event';
import { foldCase } from '@pentad/protocol/case-fold';
import { caseId, caseIdOf, vehicleIdOf } from '@pentad/protocol/testing/boring-ids';
import { event, recorded } from '@pentad/protocol/testing/builders';
import { beforeEach, describe, expect, test } from 'vitest';
import { MemoryCaseUnits } from '../cases/memory-case-units.fixture.ts';
import { alertOf, caseAfter, makePlans, typesOf } from '../cases/planning.fixture.ts';
import { FakeTime, deferred, recordingLog, settle } from '../platform/fake-time.fixture.ts';
import { Ends, numericsEntry } from '../uplink/offered.fixture.ts';
import type { NumericsEntry } from '../uplink/uplink-entry.ts';
import { PressureWatch } from './pressure-watch.fixture.ts';
import { WatchedCases } from './watched-cases.ts';

const SHARD = 3;
const LOW = 80;

let time: FakeTime;
let log: ReturnType<typeof recordingLog>;
let units: MemoryCaseUnits;
let ends: Ends;
let token: number | null;
let isLeaseHeld: boolean;
let stored: NumericsEntry['item'][];
let loads: number;
let beforeLoading: () => Promise<void>;
let written: string[];
let watches: PressureWatch[];
let cases: WatchedCases;

function begin(told: readonly CaseEvent[] = [event('case.opened')]): void {
  watches = [];
  units = new MemoryCaseUnits({
    clock: time,
    states: told.length > 0 ? [caseAfter(told)] : [],
    holdsLease: () => isLeaseHeld,
  });
  cases = new WatchedCases({
    units,
    plans: makePlans({ clock: time }),
    clock: time,
    timers: time,
    log,
    newWatch: () => {
      const watch = new PressureWatch();
      watches.push(watch);
      return watch;
    },
    loadCase: async (wanted) => {
      loads += 1;
      await beforeLoading();
      return { state: units.states.get(wanted) ?? null, samples: stored };
    },
    tokenOf: () => token,
    onWritten: (before, after, latencyMs) => void written.push(`${after.caseSeq - before.caseSeq} in ${latencyMs} ms`),
  });
}

beforeEach(() => {
  time = new FakeTime();
  log = recordingLog();
  ends = new Ends();
  token = 7;
  isLeaseHeld = true;
  stored = [];
  loads = 0;
  beforeLoading = () => Promise.resolve();
  written = [];
  begin();
});

const sample = (seq: number, systolicMmHg: number | null, vehicleNumber = 1) =>
  numericsEntry(seq, {
    ends,
    shard: SHARD,
    vitals: { systolicMmHg },
    item: { vehicle: vehicleIdOf(vehicleNumber) },
    receivedAtMs: time.nowMs(),
  });
const commit = async (...entries: NumericsEntry[]) => {
  cases.committed(caseId, entries);
  await settle();
};
const plans = () => units.written.map(({ plan }) => typesOf(plan));

/** A case event written by somebody else, and heard of through the feed. */
async function changed(fact: CaseEvent): Promise<void> {
  const state = units.states.get(caseId) ?? caseAfter([]);
  const after = foldCase(state, recorded(fact, state.caseSeq + 1));
  units.states.set(caseId, after);
  cases.caseChanged(caseId, SHARD, after.caseSeq);
  await settle();
}

describe('samples', () => {
  test('that fire nothing end as stored, without a second transaction', async () => {
    await commit(sample(1, 120), sample(2, null));
    await commit(sample(3, 118));
    expect([ends.seqs('stored'), plans(), loads]).toEqual([[1, 2, 3], [], 1]);
  });

  test('that fire write finding and pre-alert under the lease, and only then end', async () => {
    await commit(sample(1, 120));
    cases.committed(caseId, [sample(2, LOW)]);
    expect(ends.of(2)).toEqual([]);
    await settle();
    expect(plans()).toEqual([['finding.raised', 'pre-alert.raised']]);
    expect(ends.of(2)).toEqual(['stored']);
    expect(written).toEqual(['2 in 0 ms']);
  });

  test('L14: that go on firing write nothing more', async () => {
    for (let seq = 1; seq <= 5; seq += 1) await commit(sample(seq, LOW));
    expect(plans()).toHaveLength(1);
    expect(ends.seqs('stored')).toEqual([1, 2, 3, 4, 5]);
  });

  test('that end an episode and begin one are findings of two episodes', async () => {
    await commit(sample(1, LOW));
    await commit(sample(2, 125));
    await commit(sample(3, LOW));
    expect(plans()).toEqual([
      ['finding.raised', 'pre-alert.raised'],
      ['finding.ended'],
      ['finding.raised', 'pre-alert.cause-added'],
    ]);
  });

  test('of a case that nobody has opened yet are stored; they are evaluated when it is opened', async () => {
    begin([]);
    await commit(sample(1, LOW));
    expect([ends.of(1), plans()]).toEqual([['stored'], []]);
    stored = [sample(1, LOW).item];
    await changed(event('case.opened'));
    expect(plans()).toEqual([['finding.raised', 'pre-alert.raised']]);
  });
});

describe('H12, E15: samples another vehicle claims for the case', () => {
  test('are not evaluated', async () => {
    await commit(sample(1, 120));
    await commit(sample(2, LOW, 2));
    expect([ends.of(2), plans()]).toEqual([['stored'], []]);
  });

  test('are not evaluated when they are the first, before the case is in memory', async () => {
    await commit(sample(1, LOW, 2));
    expect([ends.of(1), plans()]).toEqual([['stored'], []]);
  });

  test('are not evaluated when they come before anybody has opened the case', async () => {
    begin([]);
    await commit(sample(1, LOW, 2));
    await changed(event('case.opened'));
    expect(plans()).toEqual([]);
  });

  test('are not evaluated when they come with the case’s own that fire', async () => {
    await commit(sample(1, 120));
    await commit(sample(2, LOW), sample(3, 125, 2));
    expect(plans()).toEqual([['finding.raised', 'pre-alert.raised']]);
  });
});

describe('a case taken over', () => {
  test('P1: is evaluated with its stored rule window: what the last holder left unsaid alerts once', async () => {
    stored = [sample(1, LOW).item];
    await commit(sample(2, null));
    expect(plans()).toEqual([['finding.raised', 'pre-alert.raised']]);
    await commit(sample(3, null));
    expect(plans()).toHaveLength(1);
  });

  test('N7: is not alerted again when the last holder did alert', async () => {
    begin([event('case.opened'), event('finding.raised'), event('pre-alert.raised')]);
    stored = [sample(1, LOW).item];
    await commit(sample(1, LOW), sample(2, LOW));
    expect([plans(), ends.seqs('stored')]).toEqual([[], [1, 2]]);
  });

  test('keeps samples that come while it is loaded, and they fire', async () => {
    const slow = deferred();
    beforeLoading = () => slow.promise;
    await commit(sample(1, 120));
    await commit(sample(2, LOW));
    expect(ends.all).toEqual([]);
    slow.resolve();
    await settle();
    expect([plans().length, ends.seqs('stored')]).toEqual([1, [1, 2]]);
  });
});

describe('the store fails', () => {
  test('while it writes: tried again until it is written, once, and only then do the samples end', async () => {
    await commit(sample(1, 120));
    units.failures.push(new Error('lost'), new Error('lost'), new Error('lost'));
    await commit(sample(2, LOW));
    expect(ends.of(2)).toEqual([]);
    await time.advance(1_000);
    expect([plans().length, ends.of(2)]).toEqual([1, ['stored']]);
    expect(log.codes()).toEqual(Array(3).fill('watched-case.failed'));
  });

  test('while it loads: tried again, nothing is lost', async () => {
    let failures = 2;
    beforeLoading = () => (failures-- > 0 ? Promise.reject(new Error('lost')) : Promise.resolve());
    await commit(sample(1, LOW));
    await time.advance(1_000);
    expect([plans().length, ends.of(1)]).toEqual([1, ['stored']]);
  });
});

test('what a lost shard still had to load is not loaded, and holds up nobody', async () => {
  const held = deferred();
  beforeLoading = () => held.promise;
  for (let n = 1; n <= 40; n += 1) cases.take(caseIdOf(n + 100), SHARD + 1);
  await settle();
  cases.dropShard(SHARD + 1);
  beforeLoading = () => Promise.resolve();
  held.resolve();
  await commit(sample(1, LOW));
  expect([loads, ends.of(1)]).toEqual([3, ['stored']]);
});

describe('when the shard is lost', () => {
  test('P1: the lease is checked in the transaction: nothing is written, and the samples are given up with the shard', async () => {
    isLeaseHeld = false;
    await commit(sample(1, LOW));
    expect([plans(), ends.of(1)]).toEqual([[], []]);
    cases.dropShard(SHARD);
    await time.advance(1_000);
    expect([plans(), ends.of(1)]).toEqual([[], ['given-up']]);
  });

  test('P1: a lease that was not ours for a moment only: what fired is written when it is', async () => {
    isLeaseHeld = false;
    await commit(sample(1, LOW));
    isLeaseHeld = true;
    await time.advance(1_000);
    expect([plans().length, ends.of(1)]).toEqual([1, ['stored']]);
  });

  test('this instance knows before it asks: given up without a transaction', async () => {
    token = null;
    await commit(sample(1, LOW));
    expect([plans(), ends.of(1)]).toEqual([[], ['given-up']]);
  });

  test('what waits is given up, and other shards go on', async () => {
    const slow = deferred();
    beforeLoading = () => slow.promise;
    await commit(sample(1, LOW));
    cases.dropShard(SHARD + 1);
    expect(ends.all).toEqual([]);
    cases.dropShard(SHARD);
    expect([cases.size, ends.of(1)]).toEqual([0, ['given-up']]);
    slow.resolve();
    await settle();
    expect([plans(), ends.of(1)]).toEqual([[], ['given-up']]);
  });

  test('while what fired could not be written: given up too, so that the broker hands it to the next holder', async () => {
    await commit(sample(1, 120));
    units.failures.push(new Error('lost'));
    cases.committed(caseId, [sample(2, LOW)]);
    cases.dropShard(SHARD);
    await time.advance(1_000);
    expect([plans(), ends.of(2)]).toEqual([[], ['given-up']]);
  });
});

describe('a case event written elsewhere', () => {
  test('reloads the case: a new assessment can fire on samples already stored', async () => {
    begin([event('slot.bound')]);
    await commit(sample(1, LOW));
    expect(plans()).toEqual([]);
    await changed(event('patient.described'));
    expect(plans()).toEqual([['finding.raised', 'pre-alert.raised']]);
    expect(alertOf(units.states.get(caseId) ?? caseAfter([])).tier).toBe('level-1');
  });

  test('E10: that ends the case ends its alerts: later samples raise nothing', async () => {
    await commit(sample(1, 120));
    await changed(event('case.cancelled'));
    await commit(sample(2, LOW));
    expect([plans(), ends.of(2)]).toEqual([[], ['stored']]);
  });

  test('that is already in memory loads nothing', async () => {
    await commit(sample(1, 120));
    cases.caseChanged(caseId, SHARD, 1);
    await settle();
    expect(loads).toBe(1);
  });

  test('begins the watch of a case without a monitor: what the clock alone brings about rings within a minute', async () => {
    await changed(event('patient.described'));
    expect([loads, plans()]).toEqual([1, []]);
    const [watch] = watches;
    if (watch) watch.lowestMmHg = LOW;
    cases.sweep();
    await settle();
    expect(plans()).toEqual([['finding.raised', 'pre-alert.raised']]);
    cases.sweep();
    await settle();
    expect(plans()).toHaveLength(1);
  });
});

test('whenever samples come, every one of them ends', async () => {
  for (let ticks = 0; ticks < 12; ticks += 1) {
    begin();
    const first = sample(1, 120);
    const late = async () => {
      for (let tick = 0; tick < ticks; tick += 1) await Promise.resolve();
      cases.committed(caseId, [sample(2, 118)]);
    };
    cases.committed(caseId, [{ ...first, end: () => void late() }]);
    await settle();
  }
  expect(ends.seqs('stored')).toHaveLength(12);
});

test('P16: a case idle for half an hour is forgotten, and loaded again when it goes on', async () => {
  await commit(sample(1, 120));
  time.jump(30 * 60_000);
  cases.sweep();
  expect(cases.size).toBe(1);
  time.jump(1);
  cases.sweep();
  expect(cases.size).toBe(0);
  await commit(sample(2, 119));
  expect([loads, ends.of(2)]).toEqual([2, ['stored']]);
});
