import { fromWgs84, type Datum } from '@pentad/geo/datum';
import { EARTH_RADIUS_M, toDegrees, toRadians, type GeoPoint } from '@pentad/geo/geo-point';
import type { PositionItem } from '@pentad/protocol/lane-item';
import type { Position } from '@pentad/protocol/position';
import { HospitalId } from '@pentad/protocol/ids';
import { hospitalIdOf } from '@pentad/protocol/testing/boring-ids';
import * as v from 'valibot';
import { county } from '../desks/county.fixture.ts';
import { positionEntry } from '../uplink/offered.fixture.ts';
import type { PositionEntry } from '../uplink/uplink-entry.ts';
import type { GateInput, Ring } from './gate.ts';

export function placeOf(hospitalId: string): GeoPoint {
  const found = county.hospital(v.parse(HospitalId, hospitalId));
  if (!found) throw new Error('no such hospital');
  return found;
}

/** So many metres east and north of a hospital, WGS-84. */
export function near(hospitalId: string, eastM: number, northM: number): GeoPoint {
  const { latitudeDeg, longitudeDeg } = placeOf(hospitalId);
  return {
    latitudeDeg: latitudeDeg + toDegrees(northM / EARTH_RADIUS_M),
    longitudeDeg: longitudeDeg + toDegrees(eastM / (EARTH_RADIUS_M * Math.cos(toRadians(latitudeDeg)))),
  };
}

/** A closed yard of 60 x 40 m around a hospital, told in a datum. */
export const yard = (hospitalId: string, datum: Datum = 'wgs-84', scale = 1): Ring =>
  (
    [
      [-30, -20],
      [30, -20],
      [30, 20],
      [-30, 20],
      [-30, -20],
    ] as const
  ).map(([eastM, northM]) => {
    const { longitudeDeg, latitudeDeg } = fromWgs84(near(hospitalId, eastM * scale, northM * scale), datum);
    return [longitudeDeg, latitudeDeg];
  });

export const gateInput = (some: Partial<GateInput> = {}): GateInput => {
  const hospitalId = some.hospitalId ?? hospitalIdOf(1);
  const datum = some.datum ?? 'wgs-84';
  return {
    gateId: `${hospitalId}-ambulance`,
    hospitalId,
    nameZh: '救护车入口',
    nameEn: 'Ambulance entrance',
    kind: 'ambulance',
    datum,
    ring: some.ring ?? yard(hospitalId, datum),
    ...some,
  };
};

/** One position by its seq (START_MS + seq seconds), so many metres south of a hospital. */
export const onTheWay = (
  seq: number,
  southM: number,
  some: { hospital?: number; place?: Partial<Position>; road?: 'pos' | 'bkp'; item?: Partial<PositionItem> } = {},
): PositionEntry =>
  positionEntry(seq, {
    road: some.road ?? 'pos',
    position: { ...near(hospitalIdOf(some.hospital ?? 1), 0, -southM), ...some.place },
    ...(some.item ? { item: some.item } : {}),
  });
