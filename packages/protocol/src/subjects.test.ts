import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { backlogRoad, isRoad, lanes, laneOf, roads } from './lane.ts';
import {
  asks,
  askSubject,
  caseSubject,
  heartbeatSubject,
  inSubject,
  readAskSubject,
  readIngestSubject,
  receiptSubject,
  SHARD_COUNT,
  streamPlans,
  streamPlansOf,
  streamSubject,
  upSubject,
} from './subjects.ts';

const aVehicle = fc.stringMatching(/^[a-z0-9-]{8,40}$/);
const aShard = fc.nat(SHARD_COUNT - 1);

test('subjects are spelled as broker.md grants them', () => {
  expect(upSubject('vehicle-0001', 'evt')).toBe('pentad.v1.up.vehicle-0001.evt');
  expect(heartbeatSubject('vehicle-0001')).toBe('pentad.v1.up.vehicle-0001.hb');
  expect(askSubject('vehicle-0001', 'time')).toBe('pentad.v1.up.vehicle-0001.ask.time');
  expect(receiptSubject('vehicle-0001')).toBe('pentad.v1.dn.vehicle-0001.rcpt');
  expect(caseSubject('vehicle-0001')).toBe('pentad.v1.dn.vehicle-0001.case');
  expect(inSubject(7, 'vehicle-0001', 'bkv')).toBe('pentad.v1.in.7.vehicle-0001.bkv');
  expect(streamPlansOf(7).map((plan) => [plan.name, streamSubject(plan)])).toEqual([
    ['EVT-7', 'pentad.v1.in.7.*.evt'],
    ['VIT-7', 'pentad.v1.in.7.*.vit'],
    ['POS-7', 'pentad.v1.in.7.*.pos'],
    ['WAV-7', 'pentad.v1.in.7.*.wav'],
    ['MED-7', 'pentad.v1.in.7.*.med'],
    ['BKV-7', 'pentad.v1.in.7.*.bkv'],
    ['BKW-7', 'pentad.v1.in.7.*.bkw'],
    ['BKP-7', 'pentad.v1.in.7.*.bkp'],
  ]);
  expect(new Set(streamPlans.map(streamSubject)).size).toBe(SHARD_COUNT * roads.length);
});

test('an ingest subject is read back as what it was made of, with the lane and not the road', () => {
  fc.assert(
    fc.property(aShard, aVehicle, fc.constantFrom(...roads), (shard, vehicle, road) => {
      expect(readIngestSubject(inSubject(shard, vehicle, road))).toEqual({ shard, vehicle, road, lane: laneOf(road) });
    }),
  );
});

test('any text that is read as an ingest subject is spelled in the one way it would be written (H1)', () => {
  const token = fc.oneof(
    fc.constantFrom('pentad', 'v1', 'in', '0', '15', '01', '0x1', '1e0', '', ' 1', 'vehicle-0001', ...roads),
    fc.string(),
  );
  const anyText = fc.oneof(
    fc.array(token, { maxLength: 8 }),
    fc.tuple(fc.constant('pentad'), fc.constant('v1'), fc.constant('in'), token, token, token),
  );
  fc.assert(
    fc.property(anyText, (tokens) => {
      const subject = tokens.join('.');
      const read = readIngestSubject(subject);
      if (read) expect(inSubject(read.shard, read.vehicle, read.road)).toBe(subject);
    }),
    { numRuns: 1_000 },
  );
});

test.each([
  '',
  'pentad',
  'pentad.v1.in.0.vehicle-0001',
  'pentad.v1.in.0.vehicle-0001.evt.more',
  'pentad.v2.in.0.vehicle-0001.evt',
  'pentad.v1.up.0.vehicle-0001.evt',
  'other.v1.in.0.vehicle-0001.evt',
  'pentad.v1.in.16.vehicle-0001.evt',
  'pentad.v1.in.-1.vehicle-0001.evt',
  'pentad.v1.in.1.5.vehicle-0001.evt',
  'pentad.v1.in..vehicle-0001.evt',
  'pentad.v1.in.0x1.vehicle-0001.evt',
  'pentad.v1.in.01.vehicle-0001.evt',
  'pentad.v1.in.0..evt',
  'pentad.v1.in.0.vehicle-0001.hb',
  'pentad.v1.in.0.vehicle-0001.ask',
  'pentad.v1.in.0.vehicle-0001.constructor',
  'pentad.v1.in.0.vehicle-0001.__proto__',
  'pentad.v1.in.x.vehicle-0001.evt',
])('%j is no subject a stream stores (H1, H5)', (subject) => expect(readIngestSubject(subject)).toBeNull());

describe('questions', () => {
  test('an ask or heartbeat subject is read back as what it was made of', () => {
    fc.assert(
      fc.property(aVehicle, fc.constantFrom(...asks), (vehicle, ask) => {
        expect(readAskSubject(askSubject(vehicle, ask))).toEqual({ vehicle, ask });
        expect(readAskSubject(heartbeatSubject(vehicle))).toEqual({ vehicle, ask: 'hb' });
      }),
    );
  });

  test.each([
    '',
    'pentad.v1.up.vehicle-0001',
    'pentad.v1.up.vehicle-0001.evt',
    'pentad.v1.up.vehicle-0001.ask',
    'pentad.v1.up..hb',
    'pentad.v1.up.vehicle-0001.ask.secrets',
    'pentad.v1.up.vehicle-0001.ask.time.more',
    'pentad.v1.up.vehicle-0001.hb.more',
    'pentad.v1.dn.vehicle-0001.hb',
    'pentad.v2.up.vehicle-0001.hb',
    'pentad.v1.up.vehicle-0001.ask.constructor',
  ])('%j is no question (H1, H5)', (subject) => expect(readAskSubject(subject)).toBeNull());
});

test('every lane is its own road, and a backlog road leads to its lane', () => {
  for (const lane of lanes) expect(laneOf(lane)).toBe(lane);
  for (const [lane, road] of Object.entries(backlogRoad)) expect(laneOf(road)).toBe(lane);
  for (const word of ['hb', 'ask', 'toString', '__proto__', 'constructor', '']) expect(isRoad(word)).toBe(false);
});
