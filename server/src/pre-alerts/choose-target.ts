import { distanceM } from '@pentad/geo/distance';
import type { GeoPoint } from '@pentad/geo/geo-point';
import type { Specialty } from '@pentad/protocol/center';
import type { DeskId, HospitalId } from '@pentad/protocol/ids';
import type { Directory } from '../desks/directory.ts';

export interface ChosenDesk {
  readonly hospitalId: HospitalId;
  readonly deskId: DeskId;
}

/**
 * The desk that must be told. The chosen destination when it has the center; otherwise, and when no destination is
 * known, the nearest hospital that has it; without a position the first by id, so that the choice repeats.
 * `exclude`: desks already asked. null: no desk of the region serves the specialty.
 */
export function chooseTarget(
  directory: Directory,
  wanted: { specialty: Specialty; destination: HospitalId | null; near: GeoPoint | null; exclude: readonly string[] },
): ChosenDesk | null {
  const { specialty, destination, near, exclude } = wanted;
  const reference = near ?? (destination === null ? null : directory.hospital(destination));
  const able = directory.hospitals
    .map((hospital) => ({ hospital, deskId: directory.deskFor(hospital.hospitalId, specialty) }))
    .filter((choice) => choice.deskId !== null && !exclude.includes(choice.deskId))
    .map((choice) => ({ ...choice, awayM: reference ? distanceM(reference, choice.hospital) : 0 }))
    .sort((a, b) => a.awayM - b.awayM || (a.hospital.hospitalId < b.hospital.hospitalId ? -1 : 1));
  const chosen = able.find((choice) => choice.hospital.hospitalId === destination) ?? able[0];
  return chosen?.deskId ? { hospitalId: chosen.hospital.hospitalId, deskId: chosen.deskId } : null;
}
