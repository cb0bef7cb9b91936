import type { Receipt } from '@pentad/protocol/receipt';
import { Epoch, VehicleId } from '@pentad/protocol/ids';
import { Lane } from '@pentad/protocol/lane';
import { mergeRanges, rangesOf, type SeqRange } from '@pentad/protocol/seq-range';
import * as v from 'valibot';
import type { Timers } from '../platform/ports.ts';
import { shardOf } from '../shards/shard-of.ts';
import type { ItemEnd } from '../uplink/uplink-entry.ts';
import type { HttpPorts } from './ports.ts';

const WAIT_MS = 10_000;

interface Ended {
  readonly stored: number[];
  readonly refused: { seq: number; code: string }[];
  readonly shed: SeqRange[];
}

/** What became of the items, per journal; receipts name what these commits hold and nothing else. */
class EndedItems {
  readonly #lane: Lane;
  readonly #byEpoch = new Map<string, Ended>();

  constructor(lane: Lane) {
    this.#lane = lane;
  }

  note(end: ItemEnd): void {
    if (end.kind === 'given-up' || end.key === null || end.key.lane !== this.#lane) return;
    const own = this.#byEpoch.get(end.key.epoch) ?? { stored: [], refused: [], shed: [] };
    this.#byEpoch.set(end.key.epoch, own);
    if (end.kind === 'refused') own.refused.push({ seq: end.key.seq, code: end.code });
    else {
      own.stored.push(end.key.seq);
      for (const [lane, from, to] of end.shed) if (lane === this.#lane) own.shed.push([from, to]);
    }
  }

  get epochs(): string[] {
    return [...this.#byEpoch.keys()];
  }

  receipts(vehicle: VehicleId, horizon: string): Receipt[] {
    return [...this.#byEpoch].map(([epoch, { stored, refused, shed }]) => ({
      vehicle,
      epoch: v.parse(Epoch, epoch),
      lane: this.#lane,
      through: 0,
      ranges: rangesOf(stored),
      refused,
      shed: mergeRanges(shed),
      horizon,
    }));
  }
}

const Headed = v.looseObject({ lane: Lane });

/** Another lane's item is neither taken nor receipted, so it stays owed: only events travel by this road. */
const isOtherLane = (item: unknown): boolean => {
  const headed = v.safeParse(Headed, item);
  return headed.success && headed.output.lane !== 'evt';
};

const encoder = new TextEncoder();

/** As the vehicle would have sent it over the broker; null for what JSON cannot say again (an overflowing number). */
function encodeAgain(item: unknown): Uint8Array | null {
  try {
    const text = JSON.stringify(item, (_key, value: unknown) => {
      if (typeof value === 'number' && !Number.isFinite(value)) throw new RangeError('not a number JSON can hold');
      return value;
    });
    return encoder.encode(text);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function timeIsUp(timers: Timers): { over: Promise<void>; withdraw: () => void } {
  let withdraw = (): void => undefined;
  const over = new Promise<void>((resolve) => {
    withdraw = timers.after(WAIT_MS, resolve);
  });
  return { over, withdraw };
}

export interface BatchAnswer {
  readonly receipts: Receipt[];
  readonly otherLaneCount: number;
}

/** Offers each item as the broker would and waits ten seconds at most for all ends; what has none is offered again. */
export async function receiveBatch(
  ports: Pick<HttpPorts, 'receiver' | 'timers' | 'horizon' | 'hearEpoch'>,
  vehicle: VehicleId,
  items: readonly unknown[],
): Promise<BatchAnswer> {
  const ended = new EndedItems('evt');
  const shard = shardOf(vehicle);
  const events = items.filter((item) => !isOtherLane(item)).map(encodeAgain);
  const ends = events.map((bytes) => {
    if (bytes === null) return Promise.resolve();
    return new Promise<void>((resolve) => {
      const end = (how: ItemEnd): void => {
        ended.note(how);
        resolve();
      };
      ports.receiver.receive({ vehicle, road: 'evt', shard, bytes, end });
    });
  });
  await endsOrTimeout(ports.timers, ends);
  for (const epoch of ended.epochs) await ports.hearEpoch(vehicle, epoch);
  return { receipts: ended.receipts(vehicle, ports.horizon()), otherLaneCount: items.length - events.length };
}

/** One piece of a picture, CBOR as over the broker and under the same key; its receipt, or none when it took too long. */
export async function receiveMedia(
  ports: Pick<HttpPorts, 'receiver' | 'timers' | 'horizon' | 'hearEpoch'>,
  vehicle: VehicleId,
  bytes: Uint8Array,
): Promise<Receipt[]> {
  const ended = new EndedItems('med');
  const isEnded = new Promise<void>((resolve) => {
    const end = (how: ItemEnd): void => {
      ended.note(how);
      resolve();
    };
    ports.receiver.receive({ vehicle, road: 'med', shard: shardOf(vehicle), bytes, end });
  });
  await endsOrTimeout(ports.timers, [isEnded]);
  for (const epoch of ended.epochs) await ports.hearEpoch(vehicle, epoch);
  return ended.receipts(vehicle, ports.horizon());
}

async function endsOrTimeout(timers: Timers, ends: readonly Promise<void>[]): Promise<void> {
  const { over, withdraw } = timeIsUp(timers);
  await Promise.race([Promise.all(ends), over]);
  withdraw();
}
