import { CaseWatch, longestWindowMs } from '@pentad/clinical/case-watch';
import * as v from 'valibot';
import type { Database } from './app-database.ts';
import { loadRules } from './app-rules.ts';
import { createCaseUnits } from './cases/case-units-store.ts';
import type { CaseCommit, CaseUnits } from './cases/case-units.ts';
import { readEvents } from './cases/case-store.ts';
import { openCasesOfVehicle } from './cases/open-case-store.ts';
import { createPlanFactory, type PlanFactory } from './cases/plan-factory.ts';
import type { Config } from './config.ts';
import { Listener } from './db/listen.ts';
import type { Db } from './db/transaction.ts';
import { Directory } from './desks/directory.ts';
import { readDirectory } from './desks/directory-store.ts';
import { readInstallation, type Installation } from './desks/installation-store.ts';
import { hintedNumbers, type TopicNumbers } from './events/feed-store.ts';
import { systemActor } from './platform/actor.ts';
import { killAt, noFailpoint, type Failpoint } from './platform/failpoint.ts';
import { errorFields, type Logger } from './platform/logger.ts';
import { createMetrics, type Metrics } from './platform/metrics.ts';
import type { Clock, Ids, Timers } from './platform/ports.ts';
import { Repeat } from './platform/repeat.ts';
import type { Service } from './platform/service.ts';
import { systemClock, systemIds, systemTimers } from './platform/system-ports.ts';
import { defaultLadder, type Ladder } from './pre-alerts/ladder.ts';
import { chooseRouter, RoutingSettings } from './routing/choose-router.ts';
import type { Router } from './routing/router.ts';
import type { RuleWatch } from './shards/watched-cases.ts';
import { holdsLease } from './shards/lease-store.ts';
import { loadLastPositions } from './telemetry/last-position-store.ts';
import { LastPositions } from './telemetry/last-positions.ts';
import { insertTelemetry } from './telemetry/telemetry-store.ts';
import { insertMedia } from './media/media-store.ts';
import { insertWaveforms } from './telemetry/waveform-store.ts';
import { wrappedKeyOf } from './vault/vault-store.ts';
import { createUplinkStore } from './uplink/uplink-store.ts';
import type { UplinkStore } from './uplink/ports.ts';
import { createAesVault } from './vault/aes-vault.ts';
import { loadOrMakeKey } from './vault/key-file.ts';
import type { Vault } from './vault/vault.ts';
import { createVehicleDownlink, type VehicleDownlink } from './vehicles/vehicle-downlink.ts';
import { KnownVehicles } from './vehicles/known-vehicles.ts';
import { readVehicleRows } from './vehicles/vehicle-store.ts';

/** What every role of an instance shares. */
export interface Core {
  readonly instanceId: string;
  readonly installation: Installation;
  readonly db: Db;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly ids: Ids;
  readonly log: Logger;
  readonly vault: Vault;
  readonly ladder: Ladder;
  readonly failpoint: Failpoint;
  readonly units: CaseUnits;
  readonly plans: PlanFactory;
  readonly uplink: UplinkStore;
  readonly vehicles: KnownVehicles;
  readonly downlink: VehicleDownlink;
  readonly metrics: Metrics;
  readonly lastPositions: LastPositions;
  readonly router: Router;
  readonly longestWindowMs: number;
  readonly newWatch: () => RuleWatch;
  directory(): Directory;
  /** Called at each NOTIFY of the feed. */
  onFeedHint(hint: (numbers: TopicNumbers | null) => void): void;
  /** Called after each COMMIT of a case in this process. */
  onCaseCommitted(listener: (commit: CaseCommit) => void): void;
  onSamplesWaiting(read: () => number): void;
  readonly services: readonly Service[];
}

const DIRECTORY_REFRESH_MS = 30_000;

const routingOf = ({ router }: Config): RoutingSettings =>
  v.parse(RoutingSettings, router ? { kind: router.kind, baseUrl: router.url } : { kind: 'great-circle' });

export async function createCore(config: Config, database: Database, log: Logger): Promise<Core> {
  const { db } = database;
  const rules = loadRules(config.ruleOverlayFile, log);
  const [clock, timers, ids] = [systemClock, systemTimers, systemIds];
  const installation = await db.withActor(systemActor('ingest'), readInstallation);
  const vault = createAesVault(loadOrMakeKey(config.kekFile));
  const failpoint = config.failpoint === null ? noFailpoint : killAt(config.failpoint);
  let directory = await db.withActor(systemActor('ingest'), readDirectory);
  const lastPositions = new LastPositions();
  await db.withActor(systemActor('ingest'), (tx) => loadLastPositions(tx, lastPositions));
  const hints: ((numbers: TopicNumbers | null) => void)[] = [];
  const committed: ((commit: CaseCommit) => void)[] = [];
  const onCommitted = (commit: CaseCommit): void => {
    try {
      for (const listener of committed) listener(commit);
    } catch (error) {
      // It is committed all the same, and the feed says so to whoever was not told.
      log.error('case.listener-failed', errorFields(error));
    }
  };
  let samplesWaiting = () => 0;
  const metrics = createMetrics(() => samplesWaiting());
  metrics.ruleSetInfo.set({ version: rules.version }, 1);
  const writer = { clock, ids, ladder: defaultLadder, vault };
  const vehicles = new KnownVehicles({ read: () => db.withActor(systemActor('ingest'), readVehicleRows), timers, log });
  return {
    instanceId: ids.next(),
    installation,
    db,
    clock,
    timers,
    ids,
    log,
    vault,
    ladder: defaultLadder,
    failpoint,
    units: createCaseUnits(db, writer, holdsLease, { failpoint, onCommitted }),
    plans: createPlanFactory({
      clock,
      ids,
      ladder: defaultLadder,
      directory: () => directory,
      lastPosition: (vehicle) => lastPositions.of(vehicle),
    }),
    uplink: createUplinkStore({
      db,
      vault,
      ids,
      failpoint,
      insertTelemetry,
      insertWaveforms,
      insertMedia: (tx, entries) =>
        insertMedia(tx, entries, { vault, caseKey: (own, caseId) => wrappedKeyOf(own, vault, 'case', caseId) }),
    }),
    vehicles,
    downlink: createVehicleDownlink({ db, clock, timers, readEvents, openCasesOfVehicle }),
    metrics,
    lastPositions,
    router: chooseRouter(routingOf(config), { timers, log, fetch: globalThis.fetch }),
    longestWindowMs,
    newWatch: () => new CaseWatch(rules),
    directory: () => directory,
    onFeedHint: (hint) => void hints.push(hint),
    onCaseCommitted: (listener) => void committed.push(listener),
    onSamplesWaiting: (read) => {
      samplesWaiting = read;
    },
    services: [
      vehicles,
      new Listener({
        url: database.url,
        channel: 'pentad_feed',
        timers,
        log,
        onHint: (payload) => {
          const numbers = payload === null ? null : hintedNumbers(payload);
          for (const hint of hints) hint(numbers);
        },
      }),
      new Repeat({
        name: 'directory',
        everyMs: DIRECTORY_REFRESH_MS,
        timers,
        log,
        work: async () => {
          directory = await db.withActor(systemActor('ingest'), readDirectory);
        },
      }),
    ],
  };
}
