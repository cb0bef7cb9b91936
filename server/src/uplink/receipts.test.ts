import type { Lane } from '@pentad/protocol/lane';
import { Receipt } from '@pentad/protocol/receipt';
import { epoch, epochOf, vehicle, vehicleIdOf } from '@pentad/protocol/testing/boring-ids';
import * as v from 'valibot';
import { beforeEach, describe, expect, test } from 'vitest';
import { FakeTime, settle } from '../platform/fake-time.fixture.ts';
import { heldReceipt, Receipts } from './receipts.ts';
import type { ItemEnd } from './uplink-entry.ts';

let time: FakeTime;
let sent: Receipt[];
let horizon: string;
let receipts: Receipts;
beforeEach(() => {
  time = new FakeTime();
  sent = [];
  horizon = 'horizon-1';
  receipts = new Receipts({
    link: {
      send: (to, bytes) => {
        const receipt = v.parse(Receipt, JSON.parse(new TextDecoder().decode(bytes)));
        expect(receipt.vehicle).toBe(to);
        sent.push(receipt);
      },
    },
    timers: time,
    horizon: () => horizon,
  });
});

const keyOf = (lane: Lane, seq: number) => ({ vehicle, epoch, lane, seq });
const stored = (lane: Lane, seq: number, shed: Extract<ItemEnd, { kind: 'stored' }>['shed'] = []): ItemEnd => ({
  kind: 'stored',
  key: keyOf(lane, seq),
  shed,
});
const refusedEnd = (lane: Lane, seq: number): ItemEnd => ({
  kind: 'refused',
  key: keyOf(lane, seq),
  code: 'uplink.not-an-item',
});

describe('a receipt', () => {
  test('names vehicle, epoch, lane and ranges of what was committed, and the restore generation', async () => {
    for (const seq of [7, 3, 2, 1, 8]) receipts.note(stored('vit', seq));
    await time.advance(500);
    expect(sent).toEqual([
      {
        vehicle,
        epoch,
        lane: 'vit',
        through: 0,
        ranges: [
          [1, 3],
          [7, 8],
        ],
        refused: [],
        shed: [],
        horizon: 'horizon-1',
      },
    ]);
  });

  test('claims nothing beyond its commits: `through` is left to what reads the rows', async () => {
    receipts.note(stored('vit', 900));
    await time.advance(500);
    expect(sent[0]).toMatchObject({ through: 0, ranges: [[900, 900]] });
  });

  test('says what was refused, and why', async () => {
    receipts.note(refusedEnd('vit', 4));
    receipts.note(stored('vit', 5));
    await time.advance(500);
    expect(sent[0]).toMatchObject({ ranges: [[5, 5]], refused: [{ seq: 4, code: 'uplink.not-an-item' }] });
  });

  test('of a gap is two: the gap’s own seq as an event, what it sheds in the lane it names', async () => {
    receipts.note(
      stored('evt', 9, [
        ['vit', 3, 5],
        ['pos', 1, 2],
      ]),
    );
    await settle();
    expect(sent.map(({ lane, ranges, shed }) => ({ lane, ranges, shed }))).toEqual([
      { lane: 'evt', ranges: [[9, 9]], shed: [] },
      { lane: 'vit', ranges: [], shed: [[3, 5]] },
      { lane: 'pos', ranges: [], shed: [[1, 2]] },
    ]);
  });

  test('carries the horizon of the moment it is sent', async () => {
    receipts.note(stored('vit', 1));
    horizon = 'horizon-2';
    await time.advance(500);
    expect(sent[0]?.horizon).toBe('horizon-2');
  });

  test('is never sent for what was given up, nor for what has no key', async () => {
    receipts.note({ kind: 'given-up' });
    receipts.note({ kind: 'refused', key: null, code: 'uplink.not-json' });
    await time.advance(1_000);
    expect(sent).toEqual([]);
  });

  test('is one per vehicle, epoch and lane', async () => {
    for (const key of [
      keyOf('vit', 1),
      keyOf('pos', 1),
      { ...keyOf('vit', 1), epoch: epochOf(2) },
      { ...keyOf('vit', 1), vehicle: vehicleIdOf(2) },
    ]) {
      receipts.note({ kind: 'stored', key, shed: [] });
    }
    await time.advance(500);
    expect(sent).toHaveLength(4);
  });
});

describe('receipts are sent', () => {
  test('of events at once, with whatever waits', async () => {
    receipts.note(stored('vit', 1));
    receipts.note(stored('evt', 1));
    await settle();
    expect(sent.map(({ lane }) => lane)).toEqual(['vit', 'evt']);
  });

  test('of telemetry half a second gathered, once', async () => {
    receipts.note(stored('vit', 1));
    await time.advance(400);
    receipts.note(stored('vit', 2));
    expect(sent).toEqual([]);
    await time.advance(100);
    expect(sent.map(({ ranges }) => ranges)).toEqual([[[1, 2]]]);
    await time.advance(5_000);
    expect(sent).toHaveLength(1);
    receipts.note(stored('vit', 3));
    await time.advance(500);
    expect(sent).toHaveLength(2);
  });

  test('of events alone: other vehicles’ telemetry goes on gathering', async () => {
    receipts.note({ kind: 'stored', key: { ...keyOf('vit', 1), vehicle: vehicleIdOf(2) }, shed: [] });
    receipts.note(stored('evt', 1));
    await settle();
    expect(sent.map(({ lane }) => lane)).toEqual(['evt']);
    await time.advance(500);
    expect(sent.map(({ lane }) => lane)).toEqual(['evt', 'vit']);
  });

  test('each vehicle in its own time, never all in one burst', async () => {
    for (let n = 1; n <= 3; n += 1) {
      receipts.note({ kind: 'stored', key: { ...keyOf('vit', 1), vehicle: vehicleIdOf(n) }, shed: [] });
      await time.advance(100);
    }
    await time.advance(200);
    expect(sent).toHaveLength(1);
    await time.advance(100);
    expect(sent).toHaveLength(2);
  });

  test('early when there is more than one may hold: however scattered, it fits the schema', () => {
    for (let seq = 1; seq <= 4_000; seq += 1)
      receipts.note(seq % 3 === 0 ? refusedEnd('vit', seq * 2) : stored('vit', seq * 2));
    receipts.flush();
    const seqs = sent.flatMap(({ ranges, refused }) => [
      ...ranges.map(([from]) => from),
      ...refused.map(({ seq }) => seq),
    ]);
    expect(seqs.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 4_000 }, (_, index) => (index + 1) * 2));
  });

  test('at a flush, once, and then there is nothing left', () => {
    receipts.note(stored('vit', 1));
    receipts.flush();
    receipts.flush();
    expect(sent).toHaveLength(1);
  });
});

describe('ask:held is answered from the rows', () => {
  const held = { stored: [], refused: [], shed: [] };

  test('with `through` as the unbroken prefix', () => {
    expect(
      heldReceipt(
        vehicle,
        epoch,
        'vit',
        {
          ...held,
          stored: [
            [1, 4],
            [5, 9],
            [20, 21],
          ],
        },
        'horizon-1',
      ),
    ).toEqual({
      vehicle,
      epoch,
      lane: 'vit',
      through: 9,
      ranges: [
        [1, 9],
        [20, 21],
      ],
      refused: [],
      shed: [],
      horizon: 'horizon-1',
    });
  });

  test('with no prefix where the first is missing', () => {
    expect(heldReceipt(vehicle, epoch, 'vit', { ...held, stored: [[2, 4]] }, 'horizon-1').through).toBe(0);
    expect(heldReceipt(vehicle, epoch, 'vit', held, 'horizon-1')).toMatchObject({ through: 0, ranges: [] });
  });

  test('within the schema’s bounds, the oldest first, when there is more than one may hold', () => {
    const scattered = Array.from({ length: 5_000 }, (_, index): [number, number] => [index * 3 + 1, index * 3 + 1]);
    const receipt = heldReceipt(vehicle, epoch, 'vit', { ...held, stored: scattered, shed: scattered }, 'horizon-1');
    expect(receipt.ranges.at(-1)).toEqual([5_998, 5_998]);
  });
});
