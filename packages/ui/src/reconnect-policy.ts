const BASE_MS = 500;
const CAP_MS = 10_000;

/**
 * Full jitter: anything from nothing to an exponentially growing ceiling, so that the consoles of a region
 * do not come back in one wave after a restart of the server.
 * @param attempt failed attempts since the link last lived, from 0
 * @param random in [0, 1)
 */
export function retryDelayMs(attempt: number, random: number): number {
  const ceiling = Math.min(CAP_MS, BASE_MS * 2 ** Math.min(attempt, 16));
  return Math.floor(random * ceiling);
}

/** No message at all for so long means a half-open link (faults.md L7). */
export const DEAD_AFTER_MS = 10_000;
