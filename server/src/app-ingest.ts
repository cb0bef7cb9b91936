import type { CaseState } from '@pentad/protocol/case-state';
import { CaseId } from '@pentad/protocol/ids';
import { receiptSubject, streamPlansOf } from '@pentad/protocol/subjects';
import { shardOfTopic, topicOf } from '@pentad/protocol/console-feed';
import * as v from 'valibot';
import { createArrivals } from './app-arrivals.ts';
import type { Broker } from './app-broker.ts';
import { createBulkWriters } from './app-bulk.ts';
import { createDownlinkSender } from './app-downlinks.ts';
import { readCase } from './cases/case-store.ts';
import { openCasesByVehicle } from './cases/open-case-store.ts';
import { createDispatchDoor } from './app-dispatch.ts';
import type { Core } from './app-core.ts';
import { FeedReader } from './events/feed-reader.ts';
import { changesSince, cursorSince } from './events/feed-store.ts';
import { answerAsks } from './nats/answer-asks.ts';
import { ShardConsumer } from './nats/consume-shard.ts';
import { ensureStreams } from './nats/streams.ts';
import { systemActor } from './platform/actor.ts';
import { errorFields } from './platform/logger.ts';
import { Repeat } from './platform/repeat.ts';
import type { Service } from './platform/service.ts';
import { createLeaseStore } from './shards/lease-store.ts';
import { shardOf } from './shards/shard-of.ts';
import { ShardHolder } from './shards/hold-shards.ts';
import { WatchedCases } from './shards/watched-cases.ts';
import { loadLastPositions } from './telemetry/last-position-store.ts';
import { liveNumerics, type LiveListener } from './telemetry/live-numerics.ts';
import { numericsBetween } from './telemetry/recent-numerics-store.ts';
import { TelemetryWriter } from './telemetry/telemetry-writer.ts';
import { EventLane } from './uplink/event-lane.ts';
import { Receiver } from './uplink/receive-item.ts';
import { Receipts } from './uplink/receipts.ts';
import {
  isNumerics,
  isPosition,
  keyOf,
  type ItemEnd,
  type NumericsEntry,
  type TelemetryEntry,
} from './uplink/uplink-entry.ts';

const ingest = systemActor('ingest');
const STREAM_CHECK_MS = 2_000;
const MAX_REPLAYED = 2_000;
const RETRY_MS = 500;
/** What the last holder may not have told its vehicles any more is told again. */
const REPEATED_FEED_MS = 60_000;

export interface Ingest {
  readonly services: readonly Service[];
  readonly receiver: Receiver;
  readonly shards: ShardHolder;
  areStreamsMade(): boolean;
}

/** Everything between the broker and the tables: streams, shards, consumers, writers, receipts, downlinks, asks. */
export function createIngest(
  core: Core,
  broker: Broker,
  live: LiveListener & { isWatched(caseId: CaseId): boolean },
): Ingest {
  const { db, clock, timers, log, metrics } = core;
  const receipts = new Receipts({
    link: {
      send: (vehicle, bytes) => {
        try {
          broker.link.connection.publish(receiptSubject(vehicle), bytes);
        } catch (error) {
          // The agent offers again what has no receipt.
          log.warn('receipt.not-sent', errorFields(error));
        }
      },
    },
    timers,
    failpoint: core.failpoint,
    horizon: () => core.installation.horizon,
  });
  const lanes = new Map<number, EventLane>();
  const consumers = new Map<number, ShardConsumer[]>();

  const countAlerts = (before: CaseState | null, after: CaseState, latencyMs: number | null): void => {
    const raised = Object.values(after.preAlerts).filter(
      (alert) => alert.cancelled === null && !before?.preAlerts[alert.preAlertId],
    );
    for (const { tier } of raised) metrics.preAlerts.inc({ tier });
    if (raised.length > 0 && latencyMs !== null) metrics.alertLatencySeconds.observe(latencyMs / 1_000);
  };
  const cases = new WatchedCases({
    units: core.units,
    plans: core.plans,
    clock,
    timers,
    log,
    newWatch: core.newWatch,
    loadCase: (caseId) =>
      db.withActor(ingest, async (tx) => {
        const state = await readCase(tx, caseId);
        const toMs = clock.nowMs();
        if (state === null || state.vehicle === null) return { state, samples: [] };
        const fromMs = toMs - core.longestWindowMs;
        return {
          state,
          samples: await numericsBetween(tx, { caseId, vehicle: state.vehicle, fromMs, toMs, limit: MAX_REPLAYED }),
        };
      }),
    tokenOf: (shard) => shards.tokenOf(shard),
    onWritten: (before, after, latencyMs) => countAlerts(before, after, latencyMs),
  });

  const arrivals = createArrivals(core, (shard) => shards.tokenOf(shard));

  const committed = (entries: readonly TelemetryEntry[]): Promise<void> => {
    metrics.samplesStored.inc(entries.length);
    const byCase = new Map<CaseId, NumericsEntry[]>();
    for (const entry of entries) {
      if (isPosition(entry)) core.lastPositions.note(entry.item);
      if (isNumerics(entry) && entry.item.caseId !== null) {
        const known = byCase.get(entry.item.caseId);
        if (known) known.push(entry);
        else byCase.set(entry.item.caseId, [entry]);
      } else entry.end({ kind: 'stored', key: keyOf(entry.item), shed: [] });
    }
    for (const [caseId, own] of byCase) cases.committed(caseId, own);
    live.onNumerics(liveNumerics(entries, (caseId) => live.isWatched(caseId)));
    live.onUnits(arrivals.committed(entries));
    return Promise.resolve();
  };

  const telemetry = new TelemetryWriter<TelemetryEntry>({
    store: core.uplink,
    insert: (entries) => core.uplink.insertTelemetry(entries),
    timers,
    log,
    failpoint: core.failpoint,
    onCommitted: committed,
  });
  const bulk = createBulkWriters(core);
  const { waveforms, media } = bulk;
  const ports = {
    units: core.units,
    plans: core.plans,
    outcomeFor: (state: Parameters<WatchedCases['outcomeFor']>[0]) => cases.outcomeFor(state),
  };
  const eventLane = (shard: number): EventLane => {
    const known = lanes.get(shard);
    if (known) return known;
    const made = new EventLane({
      store: core.uplink,
      ports,
      timers,
      log,
      onStored: ({ state, before }, entry) => {
        metrics.eventsStored.inc();
        countAlerts(before, state, clock.nowMs() - entry.receivedAtMs);
      },
    });
    lanes.set(shard, made);
    return made;
  };
  const receiver = new Receiver({
    store: core.uplink,
    telemetry,
    waveforms,
    media,
    vehicles: core.vehicles,
    clock,
    eventLane,
    onRefused: (code) => metrics.quarantined.inc({ code }),
  });

  const ended = (end: ItemEnd, tookMs: number): void => {
    receipts.note(end);
    if (end.kind === 'stored') metrics.receiptLagSeconds.observe(tookMs / 1_000);
  };
  const sendDownlink = createDownlinkSender(core, broker);
  const shardFeed = new FeedReader({
    source: { changes: (cursors, limit) => db.withActor(ingest, (tx) => changesSince(tx, cursors, limit)) },
    listener: {
      onEntries: (topic, entries) => {
        for (const { pointer } of entries) {
          const caseId = v.parse(CaseId, pointer.caseId);
          cases.caseChanged(caseId, shardOfTopic(topic), pointer.toSeq);
          arrivals.caseChanged(caseId);
          sendDownlink(pointer);
        }
      },
      onTrimmed: () => undefined,
    },
    timers,
    log,
    nowMs: () => clock.nowMs(),
  });

  /**
   * What a new holder owes: to evaluate what the last one committed and did not come to, and to tell vehicles what they
   * were not told. Tried until it is done or the shard is lost: a database away for a moment must not silence it.
   */
  const takeOver = (shard: number): void => {
    const topic = topicOf.shard(shard);
    const read = db.withActor(ingest, async (tx) => ({
      cursor: await cursorSince(tx, topic, clock.nowMs() - REPEATED_FEED_MS),
      positions: await loadLastPositions(tx, core.lastPositions),
      open: (await openCasesByVehicle(tx)).filter((row) => shardOf(row.vehicle_id) === shard),
    }));
    read.then(
      ({ cursor, open }) => {
        if (!consumers.has(shard)) return;
        shardFeed.follow(topic, cursor);
        for (const caseId of open.map((row) => v.parse(CaseId, row.case_id))) {
          cases.take(caseId, shard);
          arrivals.caseChanged(caseId);
        }
      },
      (error: unknown) => {
        log.warn('shards.not-taken-over', errorFields(error));
        timers.after(RETRY_MS, () => {
          if (consumers.has(shard)) takeOver(shard);
        });
      },
    );
  };

  const shards = new ShardHolder({
    instanceId: core.instanceId,
    leases: createLeaseStore(db),
    timers,
    log,
    events: {
      onTaken: ({ shard }) => {
        const made = streamPlansOf(shard).map(
          (plan) => new ShardConsumer({ link: broker.link, plan, receiver, clock, timers, log, onEnd: ended }),
        );
        consumers.set(shard, made);
        for (const consumer of made) consumer.start();
        takeOver(shard);
      },
      onLost: (shard) => {
        const lost = consumers.get(shard) ?? [];
        consumers.delete(shard);
        shardFeed.leave(topicOf.shard(shard));
        cases.dropShard(shard);
        arrivals.dropShard(shard);
        for (const consumer of lost)
          consumer.stop().catch((error: unknown) => log.warn('consumer.stop-failed', errorFields(error)));
      },
    },
  });

  let isMade = false;
  const streams = new Repeat({
    name: 'streams',
    everyMs: STREAM_CHECK_MS,
    timers,
    log,
    work: async () => {
      const made = await broker.link
        .manager()
        .then(ensureStreams)
        .catch((error: unknown) => {
          isMade = false;
          throw error;
        });
      isMade = true;
      if (made.length > 0) log.warn('streams.made', { count: made.length });
    },
  });
  const asks: Service = (() => {
    let running: { stop(): Promise<void> } | null = null;
    return {
      name: 'asks',
      start: () => {
        running = answerAsks({
          connection: broker.link.connection,
          store: core.uplink,
          downlink: core.downlink,
          dispatch: createDispatchDoor(core),
          vehicles: core.vehicles,
          clock,
          log,
          onHeartbeat: () => undefined,
        });
        return Promise.resolve();
      },
      stop: async () => running?.stop(),
    };
  })();
  const sweeper = new Repeat({
    name: 'watched-cases',
    everyMs: 60_000,
    timers,
    log,
    work: () => Promise.resolve(cases.sweep()),
  });
  const drain: Service = {
    name: 'writers',
    start: () => Promise.resolve(),
    stop: async () => {
      await Promise.all([telemetry.stop(), waveforms.stop(), media.stop()]);
      await Promise.all([...lanes.values()].map((lane) => lane.stop()));
      receipts.flush();
    },
  };
  core.onFeedHint((numbers) => shardFeed.hint(numbers));
  return {
    services: [drain, ...bulk.services, streams, shardFeed, asks, sweeper, ...arrivals.services, shards],
    receiver,
    shards,
    areStreamsMade: () => isMade,
  };
}
