import type { FeedPointer } from '@pentad/server/events/feed-pointer';
import type { SimStore, SimTx } from './sim-store.ts';

/** Numbers are taken under the topics' row locks, in sorted order, and stand only with the commit: as events/feed-store.ts. */
export async function stageFeed(
  store: SimStore,
  tx: SimTx,
  wanted: { readonly topics: readonly string[]; readonly vehicleTopic: string | null; readonly pointer: FeedPointer },
): Promise<void> {
  const { tables, world } = store;
  const topics = [...new Set(wanted.topics)].sort();
  const numbers = new Map<string, number>();
  for (const topic of topics) {
    await tx.lock(`topic/${topic}`);
    numbers.set(topic, (tables.topics.get(topic) ?? 0) + 1);
  }
  await tx.statement();
  const vehicleN = wanted.vehicleTopic === null ? undefined : numbers.get(wanted.vehicleTopic);
  const vehicle =
    wanted.vehicleTopic !== null && vehicleN !== undefined
      ? { vehicle: wanted.vehicleTopic.slice('vehicle:'.length), n: vehicleN }
      : null;
  const pointer = { ...wanted.pointer, vehicle };
  tx.stage(() => {
    for (const [topic, n] of numbers) {
      const entries = tables.feed.get(topic) ?? [];
      if (entries.length + 1 !== n) world.broken('feed', `${topic} numbered ${n} after ${entries.length}`);
      const entry = { topic, n, pointer };
      entries.push(entry);
      tables.feedAtMs.set(entry, world.nowMs);
      tables.feed.set(topic, entries);
      tables.topics.set(topic, n);
    }
    for (const listener of store.notified) listener();
  });
}
