import { randomBytes } from 'node:crypto';
import { uuidV7 } from '@pentad/protocol/ids';
import type { Clock, Ids, Timers } from './ports.ts';

export const systemClock: Clock = { nowMs: () => Date.now() };

export const systemTimers: Timers = {
  after(delayMs, run) {
    const handle = setTimeout(run, delayMs);
    return () => clearTimeout(handle);
  },
};

export const systemIds: Ids = { next: () => uuidV7(systemClock.nowMs(), randomBytes(10)) };
