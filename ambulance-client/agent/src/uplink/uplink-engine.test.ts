import { describe, expect, test } from 'vitest';
import { sampleVehicle } from '../journal/sample-items.fixture.ts';
import { engineKit, type Offered } from './engine-kit.fixture.ts';

const shown = (offers: readonly Offered[]) => offers.map(({ road, seq }) => `${road} ${seq}`);

describe('what is offered first', () => {
  test('events in order, then live numerics and positions, then the backlog newest first by its own road', async () => {
    const { time, engine, offers, append } = engineKit();
    for (let tick = 0; tick < 3; tick += 1) append('vit', 'pos');
    append('evt', 'evt');
    await time.advance(10_000);
    append('vit', 'pos');
    engine.linkUp();
    await time.advance(100);
    expect(shown(offers)).toEqual([
      'evt 1',
      'evt 2',
      'vit 4',
      'pos 4',
      'bkv 3',
      'bkv 2',
      'bkv 1',
      'bkp 3',
      'bkp 2',
      'bkp 1',
    ]);
  });

  test('E9: with an hour of backlog a live sample still goes at once', async () => {
    const waiting: (() => void)[] = [];
    const { time, engine, offers, append } = engineKit(() => new Promise((resolve) => waiting.push(resolve)));
    for (let tick = 0; tick < 200; tick += 1) append('vit');
    await time.advance(10_000);
    engine.linkUp();
    await time.advance(100);
    const before = offers.length;
    expect(before).toBeLessThan(8);
    append('vit');
    expect(shown(offers.slice(before))).toEqual(['vit 201']);
  });

  test('E12: slow PubAcks shrink the share of the backlog to one in flight', async () => {
    let inFlight = 0;
    let most = 0;
    const { time, engine, append } = engineKit(() => {
      inFlight += 1;
      most = Math.max(most, inFlight);
      return new Promise((resolve) =>
        time.after(2_000, () => {
          inFlight -= 1;
          resolve();
        }),
      );
    });
    for (let tick = 0; tick < 60; tick += 1) append('vit');
    await time.advance(10_000);
    engine.linkUp();
    await time.advance(20_000);
    most = inFlight;
    await time.advance(20_000);
    expect(most).toBe(1);
  });
});

describe('what counts as stored', () => {
  test('a PubAck alone settles nothing; only a receipt does', async () => {
    const { time, engine, append, receipt, journal } = engineKit();
    append('evt');
    engine.linkUp();
    await time.advance(1_000);
    expect(engine.queue('evt').waiting).toBe(1);
    expect(journal.holdings('evt').stored).toEqual([]);
    receipt('evt', 1);
    expect(engine.queue('evt').waiting).toBe(0);
    expect(journal.holdings('evt').stored).toEqual([[1, 1]]);
  });

  test('what has no receipt in time is offered again, each time later', async () => {
    const { time, engine, offers, append } = engineKit();
    append('evt');
    engine.linkUp();
    const offeredAt: number[] = [];
    for (let second = 0; second < 400; second += 1) {
      await time.advance(1_000);
      for (const lane of engine.overdueLanes()) engine.offerOverdueAgain(lane);
      while (offeredAt.length < offers.length) offeredAt.push(time.monotonicMs());
    }
    const waits = offeredAt.slice(1).map((at, index) => at - (offeredAt[index] ?? 0));
    expect(waits[0]).toBeGreaterThanOrEqual(20_000);
    expect(waits[0]).toBeLessThanOrEqual(32_000);
    expect([...waits].sort((a, b) => a - b)).toEqual(waits);
  });

  test('E5: after a restart everything unreceipted is offered again, and nothing that was receipted', async () => {
    const first = engineKit();
    first.append('evt', 'evt', 'evt');
    first.engine.linkUp();
    await first.time.advance(100);
    first.receipt('evt', 1);
    first.engine.stop();
    first.engine.reload();
    first.offers.length = 0;
    first.engine.linkUp();
    await first.time.advance(100);
    expect(shown(first.offers)).toEqual(['evt 2', 'evt 3']);
  });

  test('P22: a receipt of another restore generation makes everything held go again', async () => {
    const { time, engine, offers, append, receipt, receipts } = engineKit();
    append('evt', 'evt');
    engine.linkUp();
    await time.advance(100);
    receipt('evt', 2);
    offers.length = 0;
    receipts.noteHorizon('gen-2');
    await time.advance(100);
    expect(shown(offers)).toEqual(['evt 1', 'evt 2']);
  });

  test('E2: a record that cannot be read is never published, and is reported once', async () => {
    const { time, engine, offers, append, journal, gaps } = engineKit();
    append('vit', 'vit', 'vit');
    journal.corrupt('vit', 2);
    engine.linkUp();
    await time.advance(100);
    expect(shown(offers)).toEqual(['vit 1', 'vit 3']);
    expect(gaps).toEqual(['vit 2']);
  });

  test('a refused item is kept, marked and not offered again', async () => {
    const { time, engine, offers, append, journal, receipts } = engineKit();
    append('evt', 'evt');
    engine.linkUp();
    await time.advance(100);
    receipts.apply({
      vehicle: sampleVehicle,
      epoch: journal.epoch,
      lane: 'evt',
      through: 2,
      ranges: [],
      refused: [{ seq: 1, code: 'uplink.event-invalid' }],
      shed: [],
      horizon: 'gen-1',
    });
    expect(engine.queue('evt').waiting).toBe(0);
    expect(journal.holdings('evt')).toMatchObject({
      stored: [[2, 2]],
      refused: [{ seq: 1, code: 'uplink.event-invalid' }],
    });
    expect(journal.read('evt', 1).kind).toBe('item');
    offers.length = 0;
    engine.reload();
    expect(offers).toEqual([]);
  });
});

describe('receipts that are not ours', () => {
  test.each([
    ['another vehicle', { vehicle: 'veh-0002-other' }, 'wrong-vehicle'],
    ['another epoch', { epoch: '0'.repeat(32) }, 'wrong-epoch'],
    ['items never written here', { through: 9 }, 'beyond-the-journal'],
  ])('E16: one of %s is refused and counted, and settles nothing', (_, change, outcome) => {
    const { append, engine, receipts, journal } = engineKit();
    append('evt');
    const base = {
      vehicle: sampleVehicle,
      epoch: journal.epoch,
      lane: 'evt' as const,
      through: 1,
      ranges: [],
      refused: [],
      shed: [],
      horizon: 'gen-1',
    };
    // @ts-expect-error the change may break a brand on purpose
    expect(receipts.apply({ ...base, ...change })).toBe(outcome);
    expect(receipts.refusedCount).toBe(1);
    expect(engine.queue('evt').waiting).toBe(1);
  });
});
