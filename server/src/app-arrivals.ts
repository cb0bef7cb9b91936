import type { UnitView } from '@pentad/protocol/console-feed';
import type { CaseId, HospitalId } from '@pentad/protocol/ids';
import type { Core } from './app-core.ts';
import { readCase } from './cases/case-store.ts';
import { ArrivalEstimates } from './hospitals/estimate-arrival.ts';
import { ambulanceGates, middleOf, type Gate } from './hospitals/gate.ts';
import { readGates } from './hospitals/gate-store.ts';
import { WatchedArrivals } from './hospitals/watch-arrivals.ts';
import { systemActor } from './platform/actor.ts';
import { Repeat } from './platform/repeat.ts';
import type { Service } from './platform/service.ts';
import { liveUnits } from './telemetry/live-numerics.ts';
import { positionsBetween } from './telemetry/recent-positions-store.ts';
import type { TelemetryEntry } from './uplink/uplink-entry.ts';

const ingest = systemActor('ingest');
const GATE_REFRESH_MS = 30_000;
const TURN_MS = 1_000;
/** Four hours of positions each second: a long backlog. */
const MAX_REPLAYED = 14_400;

interface Arrivals {
  /** Looks at what was committed, and gives the units as pages are shown them. */
  committed(entries: readonly TelemetryEntry[]): UnitView[];
  caseChanged(caseId: CaseId): void;
  dropShard(shard: number): void;
  readonly services: readonly Service[];
}

/** Vehicles on their way: T_GATE at the gate of their destination, and when they will be there. */
export function createArrivals(core: Core, tokenOf: (shard: number) => number | null): Arrivals {
  const { db, clock, timers, log } = core;
  let gates: readonly Gate[] = [];
  let polygons = ambulanceGates(gates);
  const watched = new WatchedArrivals({
    units: core.units,
    plans: core.plans,
    clock,
    log,
    gates: () => polygons,
    readCases: (caseIds) =>
      db.withActor(ingest, async (tx) =>
        (await Promise.all(caseIds.map((caseId) => readCase(tx, caseId)))).filter((state) => state !== null),
      ),
    positionsSince: (vehicle, fromMs) =>
      db.withActor(ingest, (tx) =>
        // What a clock ahead of ours measured is there too.
        positionsBetween(tx, { vehicle, fromMs, toMs: clock.nowMs() + 60_000, limit: MAX_REPLAYED }),
      ),
    tokenOf,
  });
  const placeOf = (hospitalId: HospitalId) => {
    const gate = gates.find((each) => each.hospitalId === hospitalId && each.kind === 'ambulance');
    return (gate && middleOf(gate)) ?? core.directory().hospital(hospitalId);
  };
  const estimates = new ArrivalEstimates({
    router: core.router,
    clock,
    underWay: () => watched.underWay(),
    placeOf,
    positionOf: (vehicle) => core.lastPositions.timedOf(vehicle),
  });
  const shared = { timers, log };
  return {
    committed: (entries) => {
      watched.committed(entries);
      return liveUnits(entries, (vehicle) => estimates.of(vehicle));
    },
    caseChanged: (caseId) => watched.caseChanged(caseId),
    dropShard: (shard) => watched.dropShard(shard),
    services: [
      new Repeat({
        ...shared,
        name: 'gates',
        everyMs: GATE_REFRESH_MS,
        work: async () => {
          const read = await db.withActor(ingest, readGates);
          // A new map makes every case under way replay its positions: only for a gate that changed.
          if (JSON.stringify(read) === JSON.stringify(gates)) return;
          gates = read;
          polygons = ambulanceGates(gates);
        },
      }),
      new Repeat({ ...shared, name: 'arrivals', everyMs: TURN_MS, work: () => watched.turn() }),
      new Repeat({ ...shared, name: 'arrival-estimates', everyMs: TURN_MS, work: () => estimates.turn() }),
    ],
  };
}
