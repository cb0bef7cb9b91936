import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Core } from './app-core.ts';
import { appendAnchors } from './audit/anchor-file.ts';
import { createDispatchSources } from './app-dispatch.ts';
import { AuditChainer } from './audit/chain-audit.ts';
import type { Config } from './config.ts';
import { trimFeed } from './events/feed-store.ts';
import { systemActor } from './platform/actor.ts';
import { Repeat } from './platform/repeat.ts';
import type { Service } from './platform/service.ts';
import { createDueSteps } from './pre-alerts/due-step-store.ts';
import { fireDueSteps } from './pre-alerts/fire-due-steps.ts';
import { makeOutsideCalls } from './pre-alerts/webhook-calls.ts';
import { dropOldUndatedWaveforms, dropOldWaveforms, ensurePartitions } from './telemetry/partition-store.ts';
import { dropLapsed } from './people/lapsed-store.ts';

const LADDER_EVERY_MS = 500;
const HOUSEKEEPING_MS = 10 * 60_000;
const FEED_KEPT_MS = 48 * 3_600_000;

/** What is due: ladders, and the quiet housekeeping that keeps tables bounded. */
function createWebhook(core: Core, config: Config): readonly Service[] {
  if (config.webhookUrl === null || config.webhookSecretFile === null) return [];
  const webhook = { url: config.webhookUrl, secret: readFileSync(config.webhookSecretFile, 'utf8').trim() };
  const { db, clock, ids, timers, log } = core;
  const work = async () => void (await makeOutsideCalls({ db, clock, ids, timers, log, fetch, webhook }));
  return [new Repeat({ name: 'outside-calls', everyMs: 1_000, timers, log, work })];
}

export function createClock(core: Core, config: Config): readonly Service[] {
  const { db, clock, timers, log } = core;
  const chainer = new AuditChainer({
    db,
    clock,
    log,
    holder: core.instanceId,
    anchor: (heads, atMs) => appendAnchors(path.join(config.dataDir, 'audit-heads.jsonl'), heads, atMs),
    onUnchained: (oldestMs) => core.metrics.auditUnchainedSeconds.set(oldestMs / 1_000),
  });
  const steps = createDueSteps(db);
  const asClock = systemActor('clock');
  return [
    new Repeat({ name: 'audit-chain', everyMs: 1_000, timers, log, work: async () => void (await chainer.link()) }),
    ...createWebhook(core, config),
    ...createDispatchSources(core, config),
    new Repeat({
      name: 'ladder',
      everyMs: LADDER_EVERY_MS,
      timers,
      log,
      work: async () => {
        const onFired = (row: { step: string }, latenessMs: number) =>
          log.info('ladder.fired', { step: row.step, latenessMs });
        await fireDueSteps({ steps, units: core.units, plans: core.plans, clock, log, onFired });
      },
    }),
    new Repeat({
      name: 'housekeeping',
      everyMs: HOUSEKEEPING_MS,
      timers,
      log,
      work: async () => {
        await db.withActor(asClock, ensurePartitions);
        const dropped = await db.withActor(asClock, (tx) => dropOldWaveforms(tx, config.waveformDays));
        await db.withActor(asClock, (tx) => dropOldUndatedWaveforms(tx, config.waveformDays));
        if (dropped.length > 0) log.info('waveforms.dropped', { days: dropped.length });
        await db.withActor(asClock, (tx) => trimFeed(tx, clock.nowMs() - FEED_KEPT_MS));
        await db.withActor(asClock, dropLapsed);
      },
    }),
  ];
}
