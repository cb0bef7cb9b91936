import { CaseWatch, longestWindowMs } from '@pentad/clinical/case-watch';
import { ruleSet } from '@pentad/clinical/rule-sets/pentad-2';
import { shardOfTopic, topicOf } from '@pentad/protocol/console-feed';
import { CaseId, uuidV7 } from '@pentad/protocol/ids';
import { caseSubject, receiptSubject, streamPlansOf } from '@pentad/protocol/subjects';
import type { CaseUnits } from '@pentad/server/cases/case-units';
import { createPlanFactory, type PlanFactory } from '@pentad/server/cases/plan-factory';
import type { FeedEntry } from '@pentad/server/events/feed-store';
import type { FeedPointer } from '@pentad/server/events/feed-pointer';
import { FeedReader } from '@pentad/server/events/feed-reader';
import { answerAsks } from '@pentad/server/nats/answer-asks';
import { ShardConsumer } from '@pentad/server/nats/consume-shard';
import { ensureStreams } from '@pentad/server/nats/streams';
import type { Clock, Ids } from '@pentad/server/platform/ports';
import { Repeat } from '@pentad/server/platform/repeat';
import { defaultLadder } from '@pentad/server/pre-alerts/ladder';
import { fireDueSteps } from '@pentad/server/pre-alerts/fire-due-steps';
import { ShardHolder } from '@pentad/server/shards/hold-shards';
import { WatchedCases } from '@pentad/server/shards/watched-cases';
import { LastPositions } from '@pentad/server/telemetry/last-positions';
import { TelemetryWriter } from '@pentad/server/telemetry/telemetry-writer';
import { EventLane } from '@pentad/server/uplink/event-lane';
import { Receiver } from '@pentad/server/uplink/receive-item';
import { Receipts } from '@pentad/server/uplink/receipts';
import {
  isNumerics,
  keyOf,
  type ItemEnd,
  type NumericsEntry,
  type TelemetryEntry,
} from '@pentad/server/uplink/uplink-entry';
import { KnownVehicles } from '@pentad/server/vehicles/known-vehicles';
import type { VehicleDownlink } from '@pentad/server/vehicles/vehicle-downlink';
import * as v from 'valibot';
import { ServerLink } from '../broker/server-link.ts';
import type { SimBroker } from '../broker/sim-broker.ts';
import type { Path } from '../network/path.ts';
import { directory } from '../region.ts';
import { HastyReceiver } from './hasty-receiver.ts';
import { createSimCaseUnits } from '../store/sim-case-units.ts';
import { createSimLeaseStore } from '../store/sim-lease-store.ts';
import {
  createSimDownlink,
  createSimDueSteps,
  createSimFeedSource,
  readSimNumerics,
  readSimCase,
  readSimTakeOver,
} from '../store/sim-reads.ts';
import type { SimStore } from '../store/sim-store.ts';
import { createSimUplinkStore } from '../store/sim-uplink-store.ts';
import type { PlantedBug } from '../planted-bug.ts';
import type { Life } from '../world/life.ts';
import { quietLog } from '../world/quiet-log.ts';
import type { World } from '../world/world.ts';

export interface InstanceOptions {
  readonly world: World;
  readonly store: SimStore;
  readonly broker: SimBroker;
  readonly life: Life;
  readonly instanceId: string;
  readonly clockErrorMs: number;
  readonly up: Path;
  readonly down: Path;
  readonly vehicles: readonly string[];
  readonly planted: PlantedBug | null;
  readonly onAck: (data: Uint8Array) => void;
  readonly onReceipt: (vehicle: string, data: Uint8Array) => void;
  readonly onFeed: (topic: string, entries: readonly FeedEntry[]) => void;
  readonly onFeedBegins: (topic: string, cursor: number) => void;
}

/** What of an instance the rest of the world touches. */
export interface Instance {
  readonly life: Life;
  readonly clock: Clock;
  readonly units: CaseUnits;
  readonly plans: PlanFactory;
  readonly receiver: Receiver;
  readonly downlink: VehicleDownlink;
  readonly shards: ShardHolder;
  readonly link: ServerLink;
}

const LADDER_EVERY_MS = 500;
const RETRY_MS = 500;
const REPEATED_FEED_MS = 60_000;
const STREAM_CHECK_MS = 2_000;

/** One server process on the sim's ports: the parts and their wiring as server/src/app-core.ts, app-ingest.ts and app-clock.ts. */
export function startInstance(options: InstanceOptions): Instance {
  const { world, store, broker, life, planted } = options;
  const log = quietLog(world, life.name);
  const clock: Clock = { nowMs: () => world.nowMs + options.clockErrorMs };
  const ids: Ids = { next: () => uuidV7(clock.nowMs(), world.rng.bytes(10)) };
  const timers = life;
  const lastPositions = new LastPositions();
  const units = createSimCaseUnits({ store, life, clock, ladder: defaultLadder, planted });
  const plans = createPlanFactory({
    clock,
    ids,
    ladder: defaultLadder,
    directory: () => directory,
    lastPosition: (vehicle) => lastPositions.of(vehicle),
  });
  const uplink = createSimUplinkStore(store, life, planted);
  const downlink = createSimDownlink(store, life, clock);
  const rows = options.vehicles.map((vehicleId) => ({ vehicleId, nkeyPublic: vehicleId, isRevoked: false }));
  const vehicles = new KnownVehicles({ read: () => Promise.resolve(rows), timers, log });
  const feedSource = createSimFeedSource(store, life, planted);

  const link = new ServerLink({
    broker,
    life,
    up: options.up,
    down: options.down,
    onAck: options.onAck,
    onReconnect: () => streams.nudge(),
    onPublish: (subject, data) => {
      if (subject.endsWith('.rcpt')) options.onReceipt(subject.split('.')[3] ?? '', data);
    },
  });
  const { connection } = link.link;
  const receipts = new Receipts({
    link: { send: (vehicle, bytes) => connection.publish(receiptSubject(vehicle), bytes) },
    timers,
    horizon: () => store.tables.horizon,
  });
  const lanes = new Map<number, EventLane>();
  const consumers = new Map<number, ShardConsumer[]>();

  const cases = new WatchedCases({
    units,
    plans,
    clock,
    timers,
    log,
    newWatch: () => new CaseWatch(ruleSet),
    loadCase: async (caseId) => {
      const state = await readSimCase(store, life, caseId);
      const toMs = clock.nowMs();
      if (state === null || state.vehicle === null) return { state, samples: [] };
      return {
        state,
        samples: await readSimNumerics(store, life, {
          caseId,
          vehicle: state.vehicle,
          fromMs: toMs - longestWindowMs,
          toMs,
        }),
      };
    },
    tokenOf: (shard) => shards.tokenOf(shard),
    onWritten: () => undefined,
  });

  const committed = (entries: readonly TelemetryEntry[]): Promise<void> => {
    const byCase = new Map<CaseId, NumericsEntry[]>();
    for (const entry of entries) {
      if (entry.item.lane === 'pos') lastPositions.note(entry.item);
      if (isNumerics(entry) && entry.item.caseId !== null) {
        const known = byCase.get(entry.item.caseId);
        if (known) known.push(entry);
        else byCase.set(entry.item.caseId, [entry]);
      } else entry.end({ kind: 'stored', key: keyOf(entry.item), shed: [] });
    }
    for (const [caseId, own] of byCase) cases.committed(caseId, own);
    return Promise.resolve();
  };
  const telemetry = new TelemetryWriter<TelemetryEntry>({
    store: uplink,
    timers,
    log,
    insert: (entries) => uplink.insertTelemetry(entries),
    onCommitted: committed,
  });
  const ports = {
    units,
    plans,
    outcomeFor: (state: Parameters<WatchedCases['outcomeFor']>[0]) => cases.outcomeFor(state),
  };
  const eventLane = (shard: number): EventLane => {
    const known = lanes.get(shard);
    if (known) return known;
    const made = new EventLane({ store: uplink, ports, timers, log, onStored: () => undefined });
    lanes.set(shard, made);
    return made;
  };
  // The simulated vehicles send no pictures and no waveforms.
  const notSimulated = { add: (entry: { end(end: ItemEnd): void }) => entry.end({ kind: 'given-up' }) };
  const receiving = {
    store: uplink,
    telemetry,
    waveforms: notSimulated,
    media: notSimulated,
    vehicles,
    clock,
    eventLane,
    onRefused: (code: string) => world.note('refused', code),
  };
  const receiver =
    planted === 'receipt-before-commit'
      ? new HastyReceiver(receiving, (end) => receipts.note(end))
      : new Receiver(receiving);
  const ended = (end: ItemEnd): void => receipts.note(end);

  let downlinks: Promise<void> = Promise.resolve();
  const sendDownlink = async (pointer: FeedPointer): Promise<void> => {
    try {
      const frame = await downlink.frame(pointer);
      if (frame) connection.publish(caseSubject(frame.vehicle), JSON.stringify(frame));
    } catch {
      log.warn('downlink.not-sent');
    }
  };
  const shardFeed = new FeedReader({
    source: feedSource,
    listener: {
      onEntries: (topic, entries) => {
        options.onFeed(topic, entries);
        for (const { pointer } of entries) {
          cases.caseChanged(v.parse(CaseId, pointer.caseId), shardOfTopic(topic), pointer.toSeq);
          downlinks = downlinks.then(() => sendDownlink(pointer));
        }
      },
      onTrimmed: (topic) => world.broken('feed', `${life.name} was told that ${topic} is trimmed`),
    },
    timers,
    log,
    nowMs: () => clock.nowMs(),
  });
  store.notified.push(() => {
    if (life.isAlive && !world.rng.isTrue(0.05)) life.after(world.rng.latencyMs(2), () => shardFeed.nudge());
  });

  const shards: ShardHolder = new ShardHolder({
    instanceId: options.instanceId,
    leases: createSimLeaseStore(store, life),
    timers,
    log,
    events: {
      onTaken: ({ shard }) => {
        const made = streamPlansOf(shard).map(
          (plan) => new ShardConsumer({ link: link.link, plan, receiver, clock, timers, log, onEnd: ended }),
        );
        consumers.set(shard, made);
        for (const consumer of made) consumer.start();
        const takeOver = (): void => {
          readSimTakeOver(store, life, shard, clock.nowMs() - REPEATED_FEED_MS).then(
            ({ cursor, open }) => {
              if (!consumers.has(shard)) return;
              const topic = topicOf.shard(shard);
              options.onFeedBegins(topic, cursor);
              shardFeed.follow(topic, cursor);
              for (const caseId of open) cases.take(caseId, shard);
            },
            () => {
              log.warn('shards.not-taken-over');
              timers.after(RETRY_MS, () => void (consumers.has(shard) && takeOver()));
            },
          );
        };
        takeOver();
      },
      onLost: (shard) => {
        const lost = consumers.get(shard) ?? [];
        consumers.delete(shard);
        shardFeed.leave(topicOf.shard(shard));
        cases.dropShard(shard);
        for (const consumer of lost) consumer.stop().catch(() => log.warn('consumer.stop-failed'));
      },
    },
  });
  const streams = new Repeat({
    name: 'streams',
    everyMs: STREAM_CHECK_MS,
    timers,
    log,
    work: async () => {
      if (!link.isConnected) return;
      await ensureStreams(await link.link.manager());
    },
  });
  const ladder = new Repeat({
    name: 'ladder',
    everyMs: LADDER_EVERY_MS,
    timers,
    log,
    work: async () => {
      const onFired = (row: { step: string }) => world.note('fired', row.step);
      await fireDueSteps({
        steps: createSimDueSteps(store, life),
        units,
        plans,
        clock,
        log,
        onFired,
      });
    },
  });

  // Nor has the simulated region a dispatch centre.
  const dispatch = { readJobCard: () => Promise.resolve(null) };
  answerAsks({ connection, store: uplink, downlink, dispatch, vehicles, clock, log, onHeartbeat: () => undefined });
  for (const service of [vehicles, streams, shardFeed, ladder, shards]) void service.start();
  return { life, clock, units, plans, receiver, downlink, shards, link };
}
