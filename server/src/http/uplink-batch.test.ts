import { epoch, epochOf, vehicle } from '@pentad/protocol/testing/boring-ids';
import { eventItem, numericsItem } from '@pentad/protocol/testing/builders';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import type { Offered } from '../uplink/receive-item.ts';
import type { ItemEnd } from '../uplink/uplink-entry.ts';
import { receiveBatch } from './uplink-batch.ts';

const Headed = v.looseObject({ seq: v.number(), epoch: v.string() });
const read = ({ bytes }: Offered) => v.parse(Headed, JSON.parse(new TextDecoder().decode(bytes)));
const keyOf = (seq: number, of = epoch) => ({ vehicle, epoch: of, lane: 'evt', seq }) as const;
const stored = (seq: number, of = epoch): ItemEnd => ({ kind: 'stored', key: keyOf(seq, of), shed: [] });

/** A receiver that ends each item as `endOf` says (null: never), and time that is up when it is told. */
function station(endOf: (seq: number) => ItemEnd | null = (seq) => stored(seq)) {
  const offered: Offered[] = [];
  const heard: string[] = [];
  const timers: { delayMs: number; run: () => void }[] = [];
  return {
    offered,
    heard,
    timers,
    send: (items: readonly unknown[]) =>
      receiveBatch(
        {
          receiver: {
            receive: (item) => {
              offered.push(item);
              const end = endOf(read(item).seq);
              if (end) item.end(end);
            },
          },
          timers: {
            after: (delayMs, run) => {
              timers.push({ delayMs, run });
              return () => undefined;
            },
          },
          horizon: () => 'horizon-1',
          hearEpoch: async (_vehicle, of) => void heard.push(of),
        },
        vehicle,
        items,
      ),
  };
}

describe('a batch of the second path', () => {
  test('is offered item by item as the broker would, and answered with the receipt of its journal', async () => {
    const refusal: ItemEnd = { kind: 'refused', key: keyOf(4), code: 'uplink.event-invalid' };
    const { offered, heard, send } = station((seq) => (seq === 4 ? refusal : stored(seq)));
    const first = eventItem(1);
    const { receipts } = await send([first, eventItem(2), eventItem(4)]);
    expect(offered[0]).toMatchObject({ vehicle, road: 'evt', shard: expect.any(Number) });
    expect(offered[0] && read(offered[0])).toEqual(JSON.parse(JSON.stringify(first)));
    const refused = [{ seq: 4, code: 'uplink.event-invalid' }];
    expect(receipts).toEqual([
      { vehicle, epoch, lane: 'evt', through: 0, ranges: [[1, 2]], refused, shed: [], horizon: 'horizon-1' },
    ]);
    expect(heard).toEqual([epoch]);
  });

  test('of two journals gets two receipts', async () => {
    const other = epochOf(2);
    const { send } = station((seq) => stored(seq, seq === 2 ? other : epoch));
    const { receipts } = await send([eventItem(1), eventItem(2, undefined, { epoch: other })]);
    expect(receipts.map((receipt) => [receipt.epoch, receipt.ranges])).toEqual([
      [epoch, [[1, 1]]],
      [other, [[2, 2]]],
    ]);
  });

  test('is answered after ten seconds with what has ended; the rest stays owed', async () => {
    const { timers, send } = station((seq) => (seq === 1 ? stored(1) : null));
    const answering = send([eventItem(1), eventItem(2)]);
    expect(timers.map((timer) => timer.delayMs)).toEqual([10_000]);
    timers[0]?.run();
    expect((await answering).receipts.map((receipt) => receipt.ranges)).toEqual([[[1, 1]]]);
  });

  test('says nothing of what was given up or could not be named', async () => {
    const { send } = station((seq) =>
      seq === 1 ? { kind: 'given-up' } : { kind: 'refused', key: null, code: 'uplink.not-an-item' },
    );
    expect((await send([eventItem(1), eventItem(2)])).receipts).toEqual([]);
  });

  test('neither takes nor receipts another lane’s item: it stays owed', async () => {
    const { offered, send } = station();
    const { receipts, otherLaneCount } = await send([numericsItem(7), eventItem(1)]);
    expect(offered).toHaveLength(1);
    expect(otherLaneCount).toBe(1);
    expect(receipts.map(({ lane, ranges }) => ({ lane, ranges }))).toEqual([{ lane: 'evt', ranges: [[1, 1]] }]);
  });

  test('keeps unknown fields, and never turns a number JSON cannot hold into a missing one', async () => {
    const { offered, send } = station();
    await send([
      { ...eventItem(1), later: { more: [1] } },
      { ...eventItem(2), big: Number.POSITIVE_INFINITY },
    ]);
    expect(offered.map(read)).toEqual([expect.objectContaining({ seq: 1, later: { more: [1] } })]);
  });

  test('H3: with an item nested beyond all measure ends as if that item were not there', async () => {
    let deep: unknown = [];
    for (let n = 0; n < 200_000; n += 1) deep = [deep];
    const { send } = station();
    expect((await send([deep, eventItem(1)])).receipts.map((receipt) => receipt.ranges)).toEqual([[[1, 1]]]);
  });
});
