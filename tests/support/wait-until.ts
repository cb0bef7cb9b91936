import { setTimeout as pause } from 'node:timers/promises';

const POLL_MS = 20;

export type Check = () => boolean | Promise<boolean>;

/** Waits for a condition, never for a time. @returns ms it took @throws Error naming `what` when it did not come */
export async function waitUntil(what: string, holds: Check, withinMs = 20_000): Promise<number> {
  const startedAtMs = performance.now();
  for (;;) {
    if (await holds()) return performance.now() - startedAtMs;
    if (performance.now() - startedAtMs > withinMs) throw new Error(`not within ${withinMs} ms: ${what}`);
    await pause(POLL_MS);
  }
}

/** How long a fault lasts is part of the fault, not a wait for its outcome. */
export const faultLasts = (durationMs: number): Promise<void> => pause(durationMs);

/** At most `limit` of the works at a time: each brings processes of its own. */
export function takeTurns(limit: number): <T>(work: () => Promise<T>) => Promise<T> {
  let free = limit;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}
