import { jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import { streamPlans } from '@pentad/protocol/subjects';
import type { Region } from './region.ts';

/** What an operator's slip in CORE may do to streams and consumers (faults.md N4, N6). */
export async function withManager<T>(region: Region, work: (manager: JetStreamManager) => Promise<T>): Promise<T> {
  const connection = await region.broker.connectCore();
  try {
    return await work(await jetstreamManager(connection));
  } finally {
    await connection.close();
  }
}

export const deleteAllConsumers = (region: Region): Promise<number> =>
  withManager(region, async (manager) => {
    let deleted = 0;
    for (const { name } of streamPlans) {
      for await (const { name: consumer } of manager.consumers.list(name)) {
        await manager.consumers.delete(name, consumer);
        deleted += 1;
      }
    }
    return deleted;
  });

export const purgeAndDeleteStreams = (region: Region): Promise<void> =>
  withManager(region, async (manager) => {
    for (const { name, road } of streamPlans) {
      if (road === 'vit') await manager.streams.purge(name);
      await manager.streams.delete(name);
    }
  });

/** Messages the broker holds and nobody has ended yet, by road. */
export const waitingMessages = (region: Region): Promise<Record<string, number>> =>
  withManager(region, async (manager) => {
    const counts: Record<string, number> = {};
    for (const { name, road } of streamPlans)
      counts[road] = (counts[road] ?? 0) + (await manager.streams.info(name)).state.messages;
    return counts;
  });

/** Every subject the streams have stored and still hold, and the names of streams and consumers. */
export const subjectsSeen = (region: Region): Promise<string[]> =>
  withManager(region, async (manager) => {
    const names: string[] = [];
    for (const { name } of streamPlans) {
      const { state } = await manager.streams.info(name, { subjects_filter: '>' });
      names.push(name, ...Object.keys(state.subjects ?? {}));
      for await (const consumer of manager.consumers.list(name)) names.push(consumer.name);
    }
    return names;
  });
