import type { Core } from './app-core.ts';
import { trimFeed } from './events/feed-store.ts';
import { systemActor } from './platform/actor.ts';
import { Repeat } from './platform/repeat.ts';
import type { Service } from './platform/service.ts';
import { createDueSteps } from './pre-alerts/due-step-store.ts';
import { fireDueSteps } from './pre-alerts/fire-due-steps.ts';
import { ensurePartitions } from './telemetry/partition-store.ts';
import { dropLapsed } from './people/lapsed-store.ts';

const LADDER_EVERY_MS = 500;
const HOUSEKEEPING_MS = 10 * 60_000;
const FEED_KEPT_MS = 48 * 3_600_000;

/** What is due: ladders, and the quiet housekeeping that keeps tables bounded. */
export function createClock(core: Core): readonly Service[] {
  const { db, clock, timers, log } = core;
  const steps = createDueSteps(db);
  const asClock = systemActor('clock');
  return [
    new Repeat({
      name: 'ladder',
      everyMs: LADDER_EVERY_MS,
      timers,
      log,
      work: async () => {
        const onFired = (row: { step: string }, latenessMs: number) => log.info('ladder.fired', { step: row.step, latenessMs });
        await fireDueSteps({ steps, units: core.units, plans: core.plans, ladder: core.ladder, clock, log, onFired });
      },
    }),
    new Repeat({
      name: 'housekeeping',
      everyMs: HOUSEKEEPING_MS,
      timers,
      log,
      work: async () => {
        await db.withActor(asClock, ensurePartitions);
        await db.withActor(asClock, (tx) => trimFeed(tx, clock.nowMs() - FEED_KEPT_MS));
        await db.withActor(asClock, dropLapsed);
      },
    }),
  ];
}
