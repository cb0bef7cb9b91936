import { setTimeout as pause } from 'node:timers/promises';
import type { MemoryReport } from './stand/server-memory.ts';

/** Loaded into the server's process before it (`--import`, with --expose-gc): says what is left after a full collection. */
process.on('message', (order: { do?: string }) => {
  if (order.do !== 'memory') return;
  const answer = async (): Promise<void> => {
    globalThis.gc?.();
    // Pages are given back to the system a little later.
    await pause(300);
    globalThis.gc?.();
    await pause(100);
    const { rss, heapUsed, heapTotal, external } = process.memoryUsage();
    process.send?.({ ok: true, answer: { rss, heapUsed, heapTotal, external } satisfies MemoryReport });
  };
  void answer();
});
