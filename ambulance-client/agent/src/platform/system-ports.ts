import { randomBytes } from 'node:crypto';
import type { Clock, Random, Timers } from '../ports.ts';

export const systemClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => Math.floor(performance.now()),
};

export const systemTimers: Timers = {
  after: (delayMs, act) => {
    const timer = setTimeout(act, delayMs);
    return () => clearTimeout(timer);
  },
};

export const systemRandom: Random = (byteCount) => new Uint8Array(randomBytes(byteCount));
