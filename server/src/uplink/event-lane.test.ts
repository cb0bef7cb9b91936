import type { CaseEvent } from '@pentad/protocol/case-event';
import { caseId, vehicleIdOf } from '@pentad/protocol/testing/boring-ids';
import { event } from '@pentad/protocol/testing/builders';
import { beforeEach, describe, expect, test } from 'vitest';
import { MemoryCaseUnits } from '../cases/memory-case-units.fixture.ts';
import { makePlans } from '../cases/planning.fixture.ts';
import { FakeTime, recordingLog, settle } from '../platform/fake-time.fixture.ts';
import { EventLane } from './event-lane.ts';
import { Ends, eventEntry, gapEntry, MemoryUplinkStore, StoreError } from './offered.fixture.ts';

let time: FakeTime;
let log: ReturnType<typeof recordingLog>;
let store: MemoryUplinkStore;
let units: MemoryCaseUnits;
let ends: Ends;
let stored: number[];
let lane: EventLane;

beforeEach(() => {
  time = new FakeTime();
  log = recordingLog();
  store = new MemoryUplinkStore();
  units = new MemoryCaseUnits({ clock: time });
  ends = new Ends();
  stored = [];
  lane = new EventLane({
    store,
    ports: { units, plans: makePlans({ clock: time }), outcomeFor: () => ({ firing: [], quietRuleIds: [] }) },
    timers: time,
    log,
    onStored: (_, entry) => void stored.push(entry.item.seq),
  });
});

const opened = event('case.opened');
const offer = (seq: number, fact: CaseEvent = event('onset.recorded')) => lane.add(eventEntry(seq, fact, { ends }));
const timeline = () => units.states.get(caseId)?.timeline.map((entry) => entry.type) ?? [];
const fail = (times: number, failure: 'transient' | 'data' | 'bug') =>
  units.failures.push(...Array.from({ length: times }, () => new StoreError(failure)));

test('a vehicle’s facts are written one after the other, in the order they came', async () => {
  offer(1, opened);
  offer(2, event('onset.recorded'));
  offer(3, event('destination.chosen'));
  await settle();
  expect(timeline()).toEqual(['case.opened', 'onset.recorded', 'destination.chosen']);
  expect(ends.seqs('stored')).toEqual([1, 2, 3]);
});

test('what a fact calls for is committed with it: the request and its pre-alert are one plan', async () => {
  offer(1, opened);
  offer(2, event('pre-alert.requested'));
  await settle();
  expect(units.written.map(({ plan }) => plan.events.map(({ recorded }) => recorded.envelope.type))).toEqual([
    ['case.opened'],
    ['pre-alert.requested', 'pre-alert.raised'],
  ]);
});

test('E10: the same event again is stored already: receipted, written once, counted once', async () => {
  offer(1, opened);
  offer(1, opened);
  await settle();
  expect(timeline()).toEqual(['case.opened']);
  expect(ends.of(1)).toEqual(['stored', 'stored']);
  expect(stored).toEqual([1]);
});

describe('N11: what cannot be stored', () => {
  test('because the database is away is tried until it is back, and keeps its place', async () => {
    fail(20, 'transient');
    offer(1, opened);
    offer(2);
    await time.advance(4_000);
    expect(ends.all).toEqual([]);
    await time.advance(2_000);
    expect(timeline()).toEqual(['case.opened', 'onset.recorded']);
    expect(store.quarantined).toEqual([]);
  });

  test.each(['data', 'bug'] as const)(
    'because of itself (%s) is quarantined at its third failure; the next one is written',
    async (failure) => {
      fail(3, failure);
      offer(1, opened);
      offer(2);
      await time.advance(1_000);
      expect(ends.of(1)).toEqual(['uplink.row-refused']);
      expect(store.quarantined).toEqual([expect.objectContaining({ code: 'uplink.row-refused', lane: 'evt' })]);
      expect(timeline()).toEqual(['onset.recorded']);
    },
  );

  test('twice for its own sake, with an outage between, is not quarantined', async () => {
    fail(2, 'data');
    fail(5, 'transient');
    offer(1, opened);
    await time.advance(3_000);
    expect(ends.of(1)).toEqual(['stored']);
  });

  test('nor quarantined is given up: it comes again', async () => {
    fail(3, 'data');
    store.failures.push(new Error('disk full'));
    offer(1, opened);
    await time.advance(1_000);
    expect(ends.of(1)).toEqual(['given-up']);
  });

  test('is logged by class and number, never by what it says', async () => {
    fail(1, 'data');
    offer(1, { ...opened, sealed: { name: '张建国' } });
    await time.advance(1_000);
    expect(log.lines).toEqual([
      expect.objectContaining({ code: 'event.not-stored', fields: expect.objectContaining({ seq: 1 }) }),
    ]);
    expect(JSON.stringify(log.lines)).not.toContain('张建国');
  });
});

describe('H12: an event of a case that belongs to another vehicle', () => {
  const foreign = { item: { vehicle: vehicleIdOf(2) } };

  test('is refused and kept in the quarantine, and the case does not change', async () => {
    offer(1, opened);
    lane.add(eventEntry(2, event('case.cancelled'), { ends, ...foreign }));
    await settle();
    expect(timeline()).toEqual(['case.opened']);
    expect(ends.of(2)).toEqual(['uplink.not-assigned']);
    expect(store.quarantined).toEqual([
      expect.objectContaining({ vehicle: 'vehicle-0002', code: 'uplink.not-assigned' }),
    ]);
  });

  test('is not receipted as refused before the quarantine has it', async () => {
    offer(1, opened);
    await settle();
    store.failures.push(new StoreError('transient'));
    lane.add(eventEntry(2, event('case.cancelled'), { ends, ...foreign }));
    await settle();
    expect(ends.of(2)).toEqual([]);
    await time.advance(1_000);
    expect(ends.of(2)).toEqual(['uplink.not-assigned']);
  });

  test('opens no case in that vehicle’s name either', async () => {
    lane.add(eventEntry(1, opened, { ends, ...foreign }));
    await settle();
    expect(units.states.size).toBe(0);
    expect(ends.of(1)).toEqual(['uplink.not-assigned']);
  });
});

test('a declared gap is a row; what it sheds is said with its receipt, merged', async () => {
  lane.add(
    gapEntry(4, {
      ends,
      gap: {
        lane: 'vit',
        ranges: [
          [8, 9],
          [3, 5],
          [6, 7],
        ],
      },
    }),
  );
  await settle();
  expect(store.gaps).toEqual([4]);
  expect(ends.all).toEqual([
    { seq: 4, end: { kind: 'stored', key: expect.objectContaining({ lane: 'evt', seq: 4 }), shed: [['vit', 3, 9]] } },
  ]);
});

describe('a stop', () => {
  test('gives up what waits; what is being written is written and waited for', async () => {
    offer(1, opened);
    offer(2);
    offer(3);
    await lane.stop();
    expect(ends.of(1)).toEqual(['stored']);
    expect(ends.seqs('given-up')).toEqual([2, 3]);
  });

  test('during an outage gives up what was being written', async () => {
    fail(50, 'transient');
    offer(1, opened);
    await settle();
    const stopping = lane.stop();
    await time.advance(250);
    await stopping;
    expect(ends.of(1)).toEqual(['given-up']);
    offer(2);
    expect(ends.of(2)).toEqual(['given-up']);
  });
});
