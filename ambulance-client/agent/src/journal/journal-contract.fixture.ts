import type { LaneGap } from '@pentad/protocol/lane-item';
import { decodeItem } from '@pentad/protocol/uplink';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { journalLanes, type Journal, type JournalLane, type JournalShelf } from '../ports.ts';
import { sampleDraft, sampleGap, sampleVehicle } from './sample-items.fixture.ts';
import { SeqSet, seqsOf } from './seq-set.ts';

const HOUR_MS = 3_600_000;
const NOW = 1_700_000_000_000;

/** What every journal promises, whatever it is made of. */
export function journalContract(name: string, makeShelf: () => { shelf: JournalShelf; remove: () => void }): void {
  describe(name, () => {
    let place: ReturnType<typeof makeShelf>;
    let journal: Journal;
    beforeEach(() => {
      place = makeShelf();
      journal = place.shelf.open();
    });
    afterEach(() => {
      journal.close();
      place.remove();
    });
    const reopen = () => {
      journal.close();
      journal = place.shelf.open();
    };
    const itemAt = (lane: JournalLane, seq: number) => {
      const reading = journal.read(lane, seq);
      const decoded = reading.kind === 'item' ? decodeItem(reading.bytes, sampleVehicle, lane) : null;
      return decoded?.ok ? decoded.item : reading.kind;
    };

    test('seqs begin at 1, run without gaps in each lane, and go on after a restart in the same epoch', () => {
      const { epoch } = journal;
      const items = journal.append([sampleDraft('evt', 1), sampleDraft('vit', 2), sampleDraft('evt', 3)]);
      expect(items.map(({ lane, seq }) => `${lane} ${seq}`)).toEqual(['evt 1', 'vit 1', 'evt 2']);
      reopen();
      expect(journal.epoch).toBe(epoch);
      expect(journal.append([sampleDraft('evt', 4), sampleDraft('pos', 5)]).map(({ seq }) => seq)).toEqual([3, 1]);
      expect(itemAt('evt', 1)).toEqual(items[0]);
      expect(journal.read('vit', 2)).toEqual({ kind: 'absent' });
    });

    test('a draft that throws leaves nothing behind, not even a sequence number', () => {
      const broken = {
        lane: 'evt' as const,
        make: () => {
          throw new Error('no');
        },
      };
      expect(() => journal.append([sampleDraft('evt', 1), broken])).toThrow('no');
      expect(journal.holdings('evt').highest).toBe(0);
      expect(journal.append([sampleDraft('evt', 2)])[0]?.seq).toBe(1);
    });

    test('E10: receipts in any order, repeated and beyond the end, mark exactly what was given', () => {
      const ranges = fc.array(fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 0, max: 8 })), {
        maxLength: 12,
      });
      fc.assert(
        fc.property(ranges, (parts) => {
          const inner = makeShelf();
          const own = inner.shelf.open();
          own.append(Array.from({ length: 30 }, (_, mark) => sampleDraft('vit', mark)));
          const model = new Set<number>();
          for (const [from, more] of parts) {
            own.settle('vit', { stored: [[from, from + more]], refused: [] }, NOW);
            for (let seq = from; seq <= Math.min(30, from + more); seq += 1) model.add(seq);
          }
          expect(seqsOf(new SeqSet(own.holdings('vit').stored))).toEqual([...model].sort((a, b) => a - b));
          own.close();
          inner.remove();
        }),
        { numRuns: 15 },
      );
    }, 30_000);

    test('receipt marks and refusals survive a restart once flushed', () => {
      journal.append([1, 2, 3, 4].map((mark) => sampleDraft('evt', mark)));
      journal.settle('evt', { stored: [[1, 2]], refused: [{ seq: 4, code: 'uplink.event-invalid' }] }, NOW);
      journal.flush();
      reopen();
      expect(journal.holdings('evt')).toMatchObject({
        highest: 4,
        stored: [[1, 2]],
        refused: [{ seq: 4, code: 'uplink.event-invalid' }],
        missing: [],
      });
      expect(itemAt('evt', 4)).toMatchObject({ seq: 4 });
    });

    test('a refusal alone survives a restart too', () => {
      journal.append([sampleDraft('evt', 1)]);
      journal.settle('evt', { stored: [], refused: [{ seq: 1, code: 'uplink.event-invalid' }] }, NOW);
      journal.flush();
      reopen();
      expect(journal.holdings('evt').refused).toEqual([{ seq: 1, code: 'uplink.event-invalid' }]);
    });

    test('nothing without a receipt is ever purged; the receipted goes 72 h after its receipt, the newest seq stays known', () => {
      journal.append([1, 2, 3, 4, 5].map((mark) => sampleDraft('vit', mark)));
      journal.settle('vit', { stored: [[1, 2]], refused: [] }, NOW);
      journal.settle('vit', { stored: [[4, 5]], refused: [] }, NOW + 10 * HOUR_MS);
      expect(journal.purgeReceipted(NOW + HOUR_MS - 72 * HOUR_MS, 100)).toBe(0);
      expect(journal.purgeReceipted(NOW + 2 * HOUR_MS, 100)).toBe(2);
      expect(journalLanes.map((lane) => journal.holdings(lane).gone)).toEqual([[], [[1, 2]], [], [], []]);
      expect(journal.purgeReceipted(NOW + 1000 * HOUR_MS, 100)).toBe(2);
      reopen();
      expect(journal.holdings('vit')).toMatchObject({
        highest: 5,
        gone: [
          [1, 2],
          [4, 5],
        ],
        missing: [],
      });
      expect(itemAt('vit', 3)).toMatchObject({ seq: 3 });
      expect(journal.append([sampleDraft('vit', 6)])[0]?.seq).toBe(6);
    });

    test('a purge takes no more than it is told to', () => {
      journal.append(Array.from({ length: 20 }, (_, mark) => sampleDraft('pos', mark)));
      journal.settle('pos', { stored: [[1, 20]], refused: [] }, NOW);
      expect([7, 7, 7, 7].map((most) => journal.purgeReceipted(NOW + 5 * HOUR_MS, most))).toEqual([7, 7, 6, 0]);
    });

    test('a declared gap and the dropping of its records are one act', () => {
      journal.append([1, 2, 3, 4].map((mark) => sampleDraft('vit', mark)));
      const gap: LaneGap = { lane: 'vit', ranges: [[2, 3]], cause: 'storage-full' };
      const [item] = journal.append([sampleGap(gap, 9)], [gap]);
      expect(item).toMatchObject({ lane: 'evt', seq: 1, gap });
      reopen();
      expect(journal.holdings('vit')).toMatchObject({ gone: [[2, 3]], missing: [] });
      expect([1, 2, 3, 4].map((seq) => journal.read('vit', seq).kind)).toEqual(['item', 'absent', 'absent', 'item']);
    });

    test('P22: a new restore generation makes everything held unreceipted again, and is kept', () => {
      journal.append([1, 2, 3].map((mark) => sampleDraft('evt', mark)));
      journal.forgetReceipts('gen-1');
      journal.settle('evt', { stored: [[1, 2]], refused: [{ seq: 3, code: 'uplink.event-invalid' }] }, NOW);
      journal.forgetReceipts('gen-2');
      reopen();
      expect(journal.horizon()).toBe('gen-2');
      expect(journal.holdings('evt')).toMatchObject({ highest: 3, stored: [], refused: [], gone: [] });
    });

    test('documents are kept, replaced, removed and listed', () => {
      journal.keep([
        ['case:a', Buffer.from('one')],
        ['case:b', Buffer.from('two')],
      ]);
      journal.keep([
        ['case:a', Buffer.from('three')],
        ['case:b', null],
      ]);
      reopen();
      expect(journal.keptKeys()).toEqual(['case:a']);
      const kept = journal.kept('case:a');
      expect(kept.kind === 'item' && Buffer.from(kept.bytes).toString()).toBe('three');
      expect(journal.kept('case:b')).toEqual({ kind: 'absent' });
    });

    test('a closed journal refuses every act', () => {
      journal.close();
      expect(() => journal.append([sampleDraft('evt', 1)])).toThrow('journal.closed');
      expect(() => journal.read('evt', 1)).toThrow('journal.closed');
    });

    test('E6: a journal set aside is followed by an open one, and a wiped one has another epoch', () => {
      const { epoch } = journal;
      journal.append([sampleDraft('evt', 1)]);
      journal.close();
      place.shelf.setAside('journal.rolled-back');
      journal = place.shelf.open();
      expect(journal.epoch).not.toBe(epoch);
      expect(journal.append([sampleDraft('evt', 1)])[0]).toMatchObject({ seq: 1, epoch: journal.epoch });
    });
  });
}
