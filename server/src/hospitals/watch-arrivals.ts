import type { GateStamp } from '@pentad/geo/gate-crossing';
import type { TimedPosition } from '@pentad/geo/jump';
import type { CaseState } from '@pentad/protocol/case-state';
import type { CaseId } from '@pentad/protocol/ids';
import { authorizeOwnPart, type CaseUnits } from '../cases/case-units.ts';
import type { PlanFactory } from '../cases/plan-factory.ts';
import { systemActor } from '../platform/actor.ts';
import { errorFields, type Logger } from '../platform/logger.ts';
import type { Clock } from '../platform/ports.ts';
import { shardOf } from '../shards/shard-of.ts';
import { isBackfill, isPosition, type PositionEntry, type TelemetryEntry } from '../uplink/uplink-entry.ts';
import type { GatesByHospital } from './gate.ts';
import { GatePassage } from './gate-passage.ts';
import { stampArrival } from './stamp-arrival.ts';
import { underWayOf, type UnderWay } from './under-way.ts';

export interface ArrivalPorts {
  readonly units: CaseUnits;
  readonly plans: PlanFactory;
  readonly clock: Clock;
  readonly log: Logger;
  /** Another map once one of them changed. */
  gates(): GatesByHospital;
  /** The cases that exist of these. */
  readCases(caseIds: readonly CaseId[]): Promise<readonly CaseState[]>;
  /** Stored positions of a vehicle in measured order, backlog among them. */
  positionsSince(vehicle: string, fromMs: number): Promise<readonly TimedPosition[]>;
  /** The lease token of a shard while it is ours, else null. */
  tokenOf(shard: number): number | null;
}

interface Watched {
  readonly way: UnderWay;
  readonly gates: GatesByHospital;
  passage: GatePassage;
  arrival: GateStamp | null;
  /** Positions from here on are to be taken from the store again; null: memory has them. */
  replayFromMs: number | null;
  isReading: boolean;
  /** Committed while the stored ones are awaited. */
  waiting: TimedPosition[];
}

/** What is read again of a vehicle's positions when its case is taken up. design: needs sign-off */
const REPLAYED_MS = 10 * 60_000;

const fixOf = ({ item }: PositionEntry): TimedPosition => ({
  measuredAtMs: item.measuredAtMs,
  position: item.position,
});

/** A batch is not in measured order: what is older than what memory has seen is passed over there. */
function hear(watched: Watched, entry: PositionEntry): void {
  const fix = fixOf(entry);
  if (isBackfill(entry.road)) {
    // Among what was passed already: only the store has them in their order.
    if (fix.measuredAtMs >= watched.way.notBeforeMs)
      watched.replayFromMs = Math.min(watched.replayFromMs ?? Infinity, fix.measuredAtMs - REPLAYED_MS);
  } else if (watched.isReading || watched.replayFromMs !== null) watched.waiting.push(fix);
  else watched.arrival ??= watched.passage.pass(fix);
}

/**
 * Cases under way on this instance's shards, their vehicles' committed positions, and T_GATE when one crosses the gate
 * of its destination. `committed` only looks; what reads or writes the database is done by `turn`, beside the alert
 * path. Nothing here outlives the process: a case taken up anew replays the stored positions, so a crash between a
 * position's commit and its stamp still stamps, once.
 */
export class WatchedArrivals {
  readonly #ports: ArrivalPorts;
  readonly #watched = new Map<CaseId, Watched>();
  #changed = new Set<CaseId>();

  constructor(ports: ArrivalPorts) {
    this.#ports = ports;
  }

  underWay(): readonly UnderWay[] {
    return [...this.#watched.values()].map(({ way }) => way);
  }

  /** Its shard was taken, or one of its events was committed somewhere. */
  caseChanged(caseId: CaseId): void {
    this.#changed.add(caseId);
  }

  dropShard(shard: number): void {
    for (const { vehicle, caseId } of this.underWay()) if (shardOf(vehicle) === shard) this.#watched.delete(caseId);
  }

  committed(entries: readonly TelemetryEntry[]): void {
    const positions = entries.filter(isPosition);
    if (positions.length === 0 || this.#watched.size === 0) return;
    const heard = new Set(positions.map(({ item }) => item.vehicle));
    for (const watched of this.#watched.values()) {
      const { vehicle } = watched.way;
      if (!heard.has(vehicle)) continue;
      for (const entry of positions) if (entry.item.vehicle === vehicle) hear(watched, entry);
    }
  }

  /** Takes up what changed, replays, stamps. What fails is tried again at the next turn. */
  async turn(): Promise<void> {
    await this.#takeUp();
    for (const watched of this.#watched.values()) {
      try {
        if (watched.replayFromMs !== null) await this.#replay(watched, watched.replayFromMs);
        if (watched.arrival !== null) await this.#stamp(watched, watched.arrival);
      } catch (error) {
        this.#ports.log.warn('arrival.failed', { ...errorFields(error), caseId: watched.way.caseId });
      }
    }
  }

  async #takeUp(): Promise<void> {
    const gates = this.#ports.gates();
    for (const [caseId, watched] of this.#watched) if (watched.gates !== gates) this.#changed.add(caseId);
    if (this.#changed.size === 0) return;
    const changed = this.#changed;
    this.#changed = new Set();
    const states = await this.#ports.readCases([...changed]).catch((error: unknown) => {
      for (const caseId of changed) this.#changed.add(caseId);
      throw error;
    });
    for (const state of states) this.#follow(state, gates);
  }

  #follow(state: CaseState, gates: GatesByHospital): void {
    const way = underWayOf(state);
    if (way === null || this.#ports.tokenOf(shardOf(way.vehicle)) === null) {
      this.#watched.delete(state.caseId);
      return;
    }
    const known = this.#watched.get(way.caseId);
    const isSame =
      known?.gates === gates &&
      known.way.vehicle === way.vehicle &&
      known.way.hospitalId === way.hospitalId &&
      known.way.notBeforeMs === way.notBeforeMs;
    if (isSame) return;
    this.#watched.set(way.caseId, {
      way,
      gates,
      passage: new GatePassage([], way.notBeforeMs),
      arrival: null,
      replayFromMs: this.#ports.clock.nowMs() - REPLAYED_MS,
      isReading: false,
      waiting: [],
    });
  }

  async #replay(watched: Watched, askedFromMs: number): Promise<void> {
    const { way } = watched;
    watched.replayFromMs = null;
    watched.isReading = true;
    try {
      const stored = await this.#ports.positionsSince(way.vehicle, Math.max(way.notBeforeMs, askedFromMs));
      const passage = new GatePassage(watched.gates.get(way.hospitalId) ?? [], way.notBeforeMs);
      let arrival: GateStamp | null = null;
      for (const fix of [...stored, ...watched.waiting.splice(0)]) arrival ??= passage.pass(fix);
      watched.passage = passage;
      watched.arrival = arrival ?? watched.arrival;
    } catch (error) {
      watched.replayFromMs = Math.min(watched.replayFromMs ?? Infinity, askedFromMs);
      throw error;
    } finally {
      watched.isReading = false;
    }
  }

  async #stamp(watched: Watched, arrival: GateStamp): Promise<void> {
    const { way } = watched;
    const shard = shardOf(way.vehicle);
    const token = this.#ports.tokenOf(shard);
    if (token === null) return void this.#watched.delete(way.caseId);
    const outcome = await this.#ports.units.change<null>(systemActor('ingest'), {
      caseId: way.caseId,
      guard: { kind: 'lease', shard, token },
      mayOpen: false,
      authorize: authorizeOwnPart,
      decide: (locked) => {
        const planner = this.#ports.plans.begin(locked);
        stampArrival(planner, way, arrival);
        return { plan: planner.plan(), result: null };
      },
    });
    if (this.#watched.get(way.caseId) === watched) this.#watched.delete(way.caseId);
    if (outcome.kind === 'no-case') return;
    // Stamped, overtaken by a change of the case, or the lease moved: the case itself says which.
    this.#changed.add(way.caseId);
    if (outcome.kind === 'decided' && outcome.isChanged)
      this.#ports.log.info('arrival.stamped', { caseId: way.caseId, hospitalId: way.hospitalId });
  }
}
