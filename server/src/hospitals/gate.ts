import { toWgs84, type Datum } from '@pentad/geo/datum';
import { distanceM } from '@pentad/geo/distance';
import type { GeoPoint } from '@pentad/geo/geo-point';
import { Polygon } from '@pentad/geo/polygon';
import { HospitalId, Slug } from '@pentad/protocol/ids';
import * as v from 'valibot';
import { DomainError } from '../platform/errors.ts';

/** As GeoJSON has it: longitude first. */
const Pair = v.tuple([v.pipe(v.number(), v.finite()), v.pipe(v.number(), v.finite())]);
export const Ring = v.pipe(v.array(Pair), v.maxLength(500));
export type Ring = v.InferOutput<typeof Ring>;

const datums = ['wgs-84', 'gcj-02', 'bd-09'] as const satisfies readonly Datum[];
export const GateKind = v.picklist(['ambulance', 'walk-in']);
const Name = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(80));

/** A gate as it is told: a closed ring in the datum of the map it was drawn on. */
export const GateInput = v.strictObject({
  gateId: Slug,
  hospitalId: HospitalId,
  nameZh: Name,
  nameEn: Name,
  kind: GateKind,
  datum: v.picklist(datums),
  ring: Ring,
});
export type GateInput = v.InferOutput<typeof GateInput>;

/** A gate as it is kept: WGS-84, closed, sound. */
export interface Gate {
  readonly gateId: string;
  readonly hospitalId: HospitalId;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly kind: v.InferOutput<typeof GateKind>;
  readonly inputDatum: Datum;
  readonly ring: readonly (readonly [longitudeDeg: number, latitudeDeg: number])[];
}

/** Further from its hospital a ring is of another place, of another datum, or has its axes exchanged. design: needs sign-off */
const FARTHEST_M = 3_000;
/** A yard, not a district: what is larger would stamp vehicles that drive past. design: needs sign-off */
const LARGEST_M2 = 100_000;

const pointsOf = (ring: Gate['ring']): GeoPoint[] =>
  ring.map(([longitudeDeg, latitudeDeg]) => ({ longitudeDeg, latitudeDeg }));

const refused = (code: string, message: string) => new DomainError('invalid', code, message);

/**
 * The told ring in WGS-84, checked against where its hospital is (WGS-84).
 * @throws DomainError invalid: `gate.ring-<fault>`, `gate.too-large`, `gate.far-from-hospital`
 */
export function gateFrom(input: GateInput, hospital: GeoPoint): Gate {
  const { datum, ring, ...named } = input;
  const points = pointsOf(ring).map((point) => toWgs84(point, datum));
  const { polygon, fault } = Polygon.read(points);
  if (!polygon) throw refused(`gate.ring-${fault}`, 'the ring is not a sound polygon');
  if (polygon.areaM2 > LARGEST_M2) throw refused('gate.too-large', 'the ring is larger than the yard of a hospital');
  if (points.some((point) => distanceM(point, hospital) > FARTHEST_M))
    throw refused('gate.far-from-hospital', 'the ring is not at its hospital');
  return {
    ...named,
    inputDatum: datum,
    ring: points.map(({ longitudeDeg, latitudeDeg }) => [longitudeDeg, latitudeDeg] as const),
  };
}

/** The ambulance gates of each hospital. */
export type GatesByHospital = ReadonlyMap<HospitalId, readonly Polygon[]>;

/** A kept ring was checked when it was set: one that is none is a damaged row, and stamps nothing. */
export function ambulanceGates(gates: readonly Gate[]): GatesByHospital {
  const byHospital = new Map<HospitalId, Polygon[]>();
  for (const { kind, hospitalId, ring } of gates) {
    const { polygon } = Polygon.read(pointsOf(ring));
    if (kind !== 'ambulance' || !polygon) continue;
    byHospital.set(hospitalId, [...(byHospital.get(hospitalId) ?? []), polygon]);
  }
  return byHospital;
}

/** The middle of a ring's corners: where a way to it ends. */
export function middleOf({ ring }: Pick<Gate, 'ring'>): GeoPoint | null {
  const corners = pointsOf(ring.slice(1));
  if (corners.length === 0) return null;
  const mean = (of: (point: GeoPoint) => number) => corners.reduce((sum, point) => sum + of(point), 0) / corners.length;
  return { latitudeDeg: mean((point) => point.latitudeDeg), longitudeDeg: mean((point) => point.longitudeDeg) };
}
