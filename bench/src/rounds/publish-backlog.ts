import { encodeItem } from '@pentad/protocol/uplink';
import { calm, epochOf, numericsItem, openingItems, vehicleOf } from '../fleet/fleet.ts';
import { upSubject } from '@pentad/protocol/subjects';
import type { Pipeline } from '../stand/pipelines.ts';
import type { Stand } from '../stand/stand.ts';

const IN_FLIGHT = 512;

async function publishAll({ broker }: Stand, items: Iterable<readonly [string, Uint8Array]>): Promise<void> {
  let batch: Promise<unknown>[] = [];
  for (const [subject, bytes] of items) {
    batch.push(broker.link.jetstream.publish(subject, bytes, { timeout: 20_000 }));
    if (batch.length >= IN_FLIGHT) {
      await Promise.all(batch);
      batch = [];
    }
  }
  await Promise.all(batch);
}

/** An outage of `messages / vehicles` seconds that ends now: 1 Hz, vehicle after vehicle. */
export async function publishBacklog(
  stand: Stand,
  pipeline: Pipeline,
  size: { messages: number; vehicles: number; run: number },
): Promise<void> {
  const { messages, vehicles, run } = size;
  const epoch = epochOf(run);
  const fromMs = Date.now() - Math.ceil(messages / vehicles) * 1_000;
  function* items(): Generator<readonly [string, Uint8Array]> {
    for (let n = 0; n < messages; n += 1) {
      const index = n % vehicles;
      const seq = Math.floor(n / vehicles) + 1;
      const atMs = fromMs + seq * 1_000 + (index * 997) / vehicles;
      yield [
        pipeline.subject(vehicleOf(index)),
        encodeItem(numericsItem({ index, epoch, seq, atMs }, calm(index, seq, atMs))),
      ];
    }
  }
  await publishAll(stand, items());
}

export interface OpeningsWanted {
  /** The vehicles before have theirs. */
  readonly from?: number;
  readonly vehicles: number;
  readonly run: number;
  readonly atMs: number;
}

/** One open case a vehicle, by the crew's own events of `atMs`. */
export async function publishOpenings(stand: Stand, { from = 0, vehicles, run, atMs }: OpeningsWanted): Promise<void> {
  const epoch = epochOf(run);
  function* items(): Generator<readonly [string, Uint8Array]> {
    for (let index = from; index < vehicles; index += 1) {
      for (const item of openingItems(index, epoch, atMs)) yield [upSubject(vehicleOf(index), 'evt'), encodeItem(item)];
    }
  }
  await publishAll(stand, items());
}
