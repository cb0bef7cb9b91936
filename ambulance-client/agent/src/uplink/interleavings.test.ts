import { laneOf } from '@pentad/protocol/lane';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { journalLanes, perLane } from '../ports.ts';
import { engineKit } from './engine-kit.fixture.ts';

const fate = fc.constantFrom('stored', 'stored-late', 'stored-no-ack', 'lost', 'twice');
const step = fc.record({
  lane: fc.constantFrom(...journalLanes),
  waitMs: fc.integer({ min: 0, max: 4_000 }),
  isDown: fc.boolean(),
  receiptLost: fc.boolean(),
});

test('E10: under any loss, repeat and delay of publishes and receipts every item ends receipted, and events are first offered in order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), fc.infiniteStream(fate), async (steps, fates) => {
      const stored = perLane(() => new Set<number>());
      let isHealed = false;
      const kit = engineKit(({ road, seq }) => {
        const lane = laneOf(road);
        const what = isHealed ? 'stored' : fates.next().value;
        if (what === 'lost') return Promise.reject(new Error('lost'));
        if (what === 'stored-late') kit.time.after(7_000, () => stored[lane].add(seq));
        else stored[lane].add(seq);
        return what === 'stored-no-ack' ? Promise.reject(new Error('no ack')) : Promise.resolve();
      });
      const { time, engine, journal, offers } = kit;
      const sendReceipts = () => {
        for (const lane of ['evt', 'vit', 'pos'] as const)
          kit.receipt(
            lane,
            0,
            [...stored[lane]].map((seq) => [seq, seq]),
          );
      };
      for (const { lane, waitMs, isDown, receiptLost } of steps) {
        kit.append(lane);
        if (isDown) engine.linkDown();
        else engine.linkUp();
        await time.advance(waitMs);
        if (!receiptLost) sendReceipts();
      }
      isHealed = true;
      engine.linkUp();
      for (let round = 0; round < 60; round += 1) {
        await time.advance(20_000);
        for (const lane of engine.overdueLanes()) engine.offerOverdueAgain(lane);
        sendReceipts();
      }
      for (const lane of ['evt', 'vit', 'pos'] as const) {
        const { highest } = journal.holdings(lane);
        expect(engine.queue(lane).waiting).toBe(0);
        expect(journal.holdings(lane).stored).toEqual(highest > 0 ? [[1, highest]] : []);
      }
      const firstOffers = [...new Set(offers.filter(({ road }) => road === 'evt').map(({ seq }) => seq))];
      expect(firstOffers).toEqual([...firstOffers].sort((a, b) => a - b));
    }),
    { numRuns: 60 },
  );
}, 30_000);
