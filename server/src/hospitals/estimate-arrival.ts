import type { GeoPoint } from '@pentad/geo/geo-point';
import type { UnitView } from '@pentad/protocol/console-feed';
import type { CaseId, HospitalId } from '@pentad/protocol/ids';
import type { Clock } from '../platform/ports.ts';
import type { EtaEstimate, Router } from '../routing/router.ts';
import type { UnderWay } from './under-way.ts';

export type ArrivalEta = NonNullable<UnitView['eta']>;

export interface ArrivalEstimatesPorts {
  readonly router: Router;
  readonly clock: Clock;
  underWay(): readonly UnderWay[];
  /** Where the way ends: the hospital's ambulance gate, else the hospital; null: unknown. */
  placeOf(hospitalId: HospitalId): GeoPoint | null;
  /** The vehicle's newest committed position; null: none yet. */
  positionOf(vehicle: string): { readonly point: GeoPoint; readonly measuredAtMs: number } | null;
}

/** At most one question per case in this time. */
export const ASK_EVERY_MS = 15_000;
/** From where a vehicle was longer ago than this nothing is estimated. As old as a position may be shown. */
export const POSITION_TERM_MS = 60_000;
/** Questions under way at once: a service that hangs holds no more than these. */
const MAX_ASKED = 16;

interface Kept {
  readonly caseId: CaseId;
  readonly hospitalId: HospitalId;
  readonly vehicle: string;
  readonly askedAtMs: number;
  /** null: not answered yet. */
  eta: ArrivalEta | null;
}

const etaFrom = (hospitalId: HospitalId, way: EtaEstimate): ArrivalEta => ({
  hospitalId,
  atMs: way.computedAtMs + way.seconds * 1_000,
  fromMs: way.computedAtMs + way.fromSeconds * 1_000,
  toMs: way.computedAtMs + way.toSeconds * 1_000,
  computedAtMs: way.computedAtMs,
  source: way.source,
  distanceM: way.metres,
});

/**
 * When vehicles under way will be at their destination, asked of the Router beside everything else and kept in memory
 * alone. No position, an old one or no place: no estimate. One for an earlier destination is not given out.
 */
export class ArrivalEstimates {
  readonly #ports: ArrivalEstimatesPorts;
  readonly #kept = new Map<CaseId, Kept>();
  readonly #answered = new Map<string, Kept>();

  constructor(ports: ArrivalEstimatesPorts) {
    this.#ports = ports;
  }

  /** Of the vehicle's cases the one answered last: all of them ride in it. */
  of(vehicle: string): ArrivalEta | null {
    return this.#answered.get(vehicle)?.eta ?? null;
  }

  /** Asks for whom it is time, and ends when they are answered: a Router always answers, within its own time limit. */
  async turn(): Promise<void> {
    const ways = this.#ports.underWay();
    this.#forget(new Map(ways.map((way) => [way.caseId, way])));
    const due = ways.values();
    await Promise.all(Array.from({ length: MAX_ASKED }, () => this.#askInTurn(due)));
  }

  #forget(going: ReadonlyMap<CaseId, UnderWay>): void {
    for (const [caseId, kept] of this.#kept) {
      const way = going.get(caseId);
      if (way?.hospitalId === kept.hospitalId && way.vehicle === kept.vehicle) continue;
      this.#kept.delete(caseId);
      if (this.#answered.get(kept.vehicle)?.caseId === caseId) this.#answered.delete(kept.vehicle);
    }
  }

  async #askInTurn(due: Iterator<UnderWay>): Promise<void> {
    for (let next = due.next(); !next.done; next = due.next()) await this.#askWhenDue(next.value);
  }

  async #askWhenDue({ caseId, vehicle, hospitalId, notBeforeMs, isWithPatient }: UnderWay): Promise<void> {
    // Nobody knows how long the way to the scene and the time there will be: unknown, not early.
    if (!isWithPatient) return;
    const nowMs = this.#ports.clock.nowMs();
    const before = this.#kept.get(caseId);
    if (before && nowMs - before.askedAtMs < ASK_EVERY_MS) return;
    const [from, to] = [this.#ports.positionOf(vehicle), this.#ports.placeOf(hospitalId)];
    if (!from || !to || nowMs - from.measuredAtMs > POSITION_TERM_MS || from.measuredAtMs < notBeforeMs) return;
    const kept: Kept = { caseId, hospitalId, vehicle, askedAtMs: nowMs, eta: before?.eta ?? null };
    this.#kept.set(caseId, kept);
    kept.eta = etaFrom(hospitalId, await this.#ports.router.eta(from.point, to, from.measuredAtMs));
    // Not if it goes elsewhere since.
    if (this.#kept.get(caseId) === kept) this.#answered.set(vehicle, kept);
  }
}
