import { laneOf, type Road } from '@pentad/protocol/lane';
import { decodeItem } from '@pentad/protocol/uplink';
import { defaultLimits } from '../agent.ts';
import { MemoryShelf, type MemoryJournal } from '../journal/memory-journal.ts';
import { sampleDraft, sampleVehicle } from '../journal/sample-items.fixture.ts';
import { quietLog, seededRandom, VirtualTime } from '../platform/virtual-time.fixture.ts';
import type { BrokerLink, JournalLane } from '../ports.ts';
import { ReceiptDesk } from './receipt-desk.ts';
import { UplinkEngine } from './uplink-engine.ts';

export interface Offered {
  readonly road: Road;
  readonly seq: number;
}

/** An uplink engine on memory; `decide` is the fate of each publish. */
export function engineKit(decide: (offered: Offered) => Promise<void> = () => Promise.resolve(), window = 8) {
  const time = new VirtualTime();
  const random = seededRandom(7);
  const journal: MemoryJournal = new MemoryShelf(random).open();
  const offers: Offered[] = [];
  const broker: Pick<BrokerLink, 'publish'> = {
    publish: (road, bytes) => {
      const decoded = decodeItem(bytes, sampleVehicle, laneOf(road));
      if (!decoded.ok) throw new Error(decoded.code);
      const offered = { road, seq: decoded.item.seq };
      offers.push(offered);
      return decide(offered);
    },
  };
  const gaps: string[] = [];
  const engine = new UplinkEngine({
    vehicle: sampleVehicle,
    clock: time,
    timers: time,
    random,
    log: quietLog,
    journal,
    broker: {
      ...broker,
      start: () => undefined,
      isConnected: () => true,
      ask: () => Promise.reject(new Error('unused')),
      stop: () => Promise.resolve(),
    },
    limits: { ...defaultLimits, window },
    declareUnreadable: (lane, seqs) => gaps.push(...seqs.map((seq) => `${lane} ${seq}`)),
    published: () => undefined,
  });
  const receipts = new ReceiptDesk({
    vehicle: sampleVehicle,
    journal,
    log: quietLog,
    serverNowMs: () => time.nowMs(),
    settled: (lane, ranges) => engine.settled(lane, ranges),
    horizonChanged: () => engine.reload(),
    journalIsBehind: () => undefined,
  });
  const append = (...lanes: JournalLane[]) =>
    engine.appended(journal.append(lanes.map((lane) => sampleDraft(lane, 1))));
  const receipt = (lane: JournalLane, through: number, ranges: [number, number][] = []) =>
    receipts.apply({
      vehicle: sampleVehicle,
      epoch: journal.epoch,
      lane,
      through,
      ranges,
      refused: [],
      shed: [],
      horizon: 'gen-1',
    });
  return { time, journal, engine, offers, append, receipt, receipts, gaps };
}
