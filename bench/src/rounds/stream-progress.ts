import { setTimeout as pause } from 'node:timers/promises';
import { nowMs } from '../fleet/one-clock.ts';
import type { Stand } from '../stand/stand.ts';

const POLL_MS = 200;
const STALLED_MS = 30_000;

/** In the stream of this name, or in all of its shards' (`VIT-0` ..). */
export async function messagesLeft({ manager }: Stand, stream: string): Promise<number> {
  let left = 0;
  for await (const { config, state } of manager.streams.list()) {
    if (config.name === stream || config.name.startsWith(`${stream}-`)) left += state.messages;
  }
  return left;
}

/** Waits until nothing is left: acknowledged messages leave a work queue. @throws Error when it stalls */
export async function waitUntilEmpty(stand: Stand, stream: string): Promise<void> {
  let known = -1;
  let changedAtMs = nowMs();
  for (;;) {
    const left = await messagesLeft(stand, stream);
    if (left === 0) return;
    if (left !== known) changedAtMs = nowMs();
    known = left;
    if (nowMs() - changedAtMs > STALLED_MS) throw new Error(`${stream}: ${left} messages are not taken`);
    await pause(POLL_MS);
  }
}
