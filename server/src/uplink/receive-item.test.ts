import type { Road } from '@pentad/protocol/lane';
import { vehicle, vehicleIdOf } from '@pentad/protocol/testing/boring-ids';
import {
  event,
  eventItem,
  gapItem,
  mediaItem,
  numericsItem,
  positionItem,
  waveformItem,
} from '@pentad/protocol/testing/builders';
import type { LaneItem } from '@pentad/protocol/lane-item';
import { encodeItem } from '@pentad/protocol/uplink';
import { beforeEach, describe, expect, test } from 'vitest';
import { FakeTime, recordingLog, settle } from '../platform/fake-time.fixture.ts';
import { TelemetryWriter } from '../telemetry/telemetry-writer.ts';
import { KnownVehicles } from '../vehicles/known-vehicles.ts';
import { EventLane } from './event-lane.ts';
import { Ends, MemoryUplinkStore } from './offered.fixture.ts';
import { Receiver } from './receive-item.ts';
import type { LogEntry, TelemetryEntry } from './uplink-entry.ts';

let store: MemoryUplinkStore;
let ends: Ends;
let refused: string[];
let events: { readonly shard: number; readonly entry: LogEntry }[];
let receiver: Receiver;
let taken: LaneItem[];

class RecordingLane extends EventLane {
  readonly #shard: number;
  constructor(shard: number, options: ConstructorParameters<typeof EventLane>[0]) {
    super(options);
    this.#shard = shard;
  }
  override add(entry: LogEntry): void {
    events.push({ shard: this.#shard, entry });
  }
}

beforeEach(async () => {
  const time = new FakeTime();
  const log = recordingLog();
  store = new MemoryUplinkStore();
  ends = new Ends();
  refused = [];
  taken = [];
  events = [];
  const rows = [
    { vehicleId: vehicle, nkeyPublic: 'A', isRevoked: false },
    { vehicleId: vehicleIdOf(2), nkeyPublic: 'B', isRevoked: true },
  ];
  const vehicles = new KnownVehicles({ read: () => Promise.resolve(rows), timers: time, log });
  await vehicles.start();
  const laneOptions = {
    store,
    timers: time,
    log,
    onStored: () => undefined,
    ports: {
      units: { change: () => Promise.reject(new Error('unused')) },
      plans: {
        begin: () => {
          throw new Error('unused');
        },
      },
      outcomeFor: () => ({ firing: [], quietRuleIds: [] }),
    },
  };
  receiver = new Receiver({
    store,
    vehicles,
    clock: time,
    telemetry: new TelemetryWriter<TelemetryEntry>({
      store,
      timers: time,
      log,
      insert: (entries) => store.insertTelemetry(entries),
      onCommitted: () => Promise.resolve(),
    }),
    waveforms: { add: (entry) => void taken.push(entry.item) },
    media: { add: (entry) => void taken.push(entry.item) },
    eventLane: (shard) => new RecordingLane(shard, laneOptions),
    onRefused: (code) => void refused.push(code),
  });
});

async function receive(
  bytes: Uint8Array,
  some: { road?: Road; from?: string; seq?: number; shard?: number } = {},
): Promise<void> {
  const { road = 'vit', from = vehicle, seq = 1, shard = 3 } = some;
  receiver.receive({ vehicle: from, road, shard, bytes, end: ends.note(seq) });
  await settle();
}

const text = (value: string) => new TextEncoder().encode(value);
const item = (over: Record<string, unknown>) => text(JSON.stringify({ ...numericsItem(1), ...over }));

describe('what is read goes to its lane', () => {
  test.each([
    ['vit', numericsItem(1)],
    ['bkv', numericsItem(1)],
    ['pos', positionItem(1)],
    ['bkp', positionItem(1)],
  ] as const)('%s to the batch writer, whatever road it came by', async (road, sent) => {
    await receive(encodeItem(sent), { road });
    expect(store.batches.flat()).toEqual([expect.objectContaining({ item: sent, road, shard: 3 })]);
  });

  test('events and gaps to the lane of their shard', async () => {
    await receive(encodeItem(eventItem(1, event('case.opened'))), { road: 'evt', shard: 5 });
    await receive(encodeItem(gapItem(2)), { road: 'evt', shard: 6 });
    expect(events.map(({ shard, entry }) => [shard, entry.item.seq])).toEqual([
      [5, 1],
      [6, 2],
    ]);
  });
});

describe('N11: what cannot be read is quarantined whole, then refused', () => {
  test.each<[string, Uint8Array, Road]>([
    ['uplink.not-json', text('{'), 'vit'],
    ['uplink.not-json', Uint8Array.from([0xff, 0xfe]), 'vit'],
    ['uplink.not-an-item', text('{}'), 'vit'],
    ['uplink.not-an-item', item({ vitals: { heartRateBpm: 'NaN' } }), 'vit'],
    ['uplink.too-deep', text(`${'['.repeat(40)}${']'.repeat(40)}`), 'vit'],
    ['uplink.oversize', new Uint8Array(262_145), 'vit'],
    ['uplink.wrong-lane', encodeItem(numericsItem(1)), 'pos'],
    ['uplink.wrong-vehicle', item({ vehicle: vehicleIdOf(3) }), 'vit'],
    ['uplink.not-cbor', text('{}'), 'wav'],
    [
      'uplink.not-an-item',
      encodeItem({ ...waveformItem(1), waveform: { ...waveformItem(1).waveform, sampleCount: 7 } }),
      'wav',
    ],
    ['uplink.not-an-item', encodeItem({ ...mediaItem(1), media: { ...mediaItem(1).media, totalBytes: 3 } }), 'med'],
    ['uplink.event-invalid', encodeItem(eventItem(1, { ...event('case.opened'), clinical: {} })), 'evt'],
  ])('H1, H3: %s', async (code, bytes, road) => {
    await receive(bytes, { road });
    expect(store.quarantined).toEqual([expect.objectContaining({ code, raw: bytes, vehicle })]);
    expect([ends.of(1), refused]).toEqual([[code], [code]]);
    expect(store.batches).toEqual([]);
  });

  test('with its key where it has one, so that the receipt can name it', async () => {
    await receive(encodeItem(numericsItem(7)), { road: 'pos' });
    expect(ends.all[0]?.end).toMatchObject({ kind: 'refused', key: { vehicle, lane: 'vit', seq: 7 } });
  });

  test('H12: never under a key of another vehicle', async () => {
    await receive(item({ vehicle: vehicleIdOf(3) }));
    expect(store.quarantined[0]?.key).toBeNull();
  });

  test('under the lane of its road, not the road', async () => {
    await receive(text('{'), { road: 'bkv' });
    expect(store.quarantined[0]?.lane).toBe('vit');
  });

  test('and is given up when even that fails: never refused without a row', async () => {
    store.failures.push(new Error('database away'));
    await receive(text('{'));
    expect(ends.of(1)).toEqual(['given-up']);
  });
});

describe('H13: what the broker let through is checked against the inventory', () => {
  test.each([
    ['uplink.vehicle-unknown', vehicleIdOf(9)],
    ['uplink.vehicle-revoked', vehicleIdOf(2)],
  ])('%s: quarantined without being read', async (code, from) => {
    await receive(encodeItem(numericsItem(1, {}, { vehicle: from })), { from });
    expect(store.quarantined).toEqual([expect.objectContaining({ code, vehicle: from, key: null })]);
    expect(ends.of(1)).toEqual([code]);
    expect(store.batches).toEqual([]);
  });
});

describe('waveforms and pictures', () => {
  test('go each to their own writer, read back from CBOR as what they were', async () => {
    const [waveform, picture] = [waveformItem(1), mediaItem(2)];
    await receive(encodeItem(waveform), { road: 'wav', seq: 1 });
    await receive(encodeItem(waveform), { road: 'bkw', seq: 1 });
    await receive(encodeItem(picture), { road: 'med', seq: 2 });
    expect(taken).toEqual([waveform, waveform, picture]);
    expect([ends.all, refused]).toEqual([[], []]);
  });
});
