import type { Hospital, Specialty } from '@pentad/protocol/center';
import type { DeskId, HospitalId } from '@pentad/protocol/ids';

/** Hospitals, centers and desks as configured; replaced whole when the configuration changes. */
export class Directory {
  readonly hospitals: readonly Hospital[];
  readonly #byId: ReadonlyMap<string, Hospital>;

  constructor(hospitals: readonly Hospital[]) {
    this.hospitals = hospitals;
    this.#byId = new Map(hospitals.map((hospital) => [hospital.hospitalId, hospital]));
  }

  hospital(hospitalId: HospitalId): Hospital | null {
    return this.#byId.get(hospitalId) ?? null;
  }

  hasCenter(hospitalId: HospitalId, specialty: Specialty): boolean {
    return this.#byId.get(hospitalId)?.centers.some((center) => center.specialty === specialty) ?? false;
  }

  /** The desk of a hospital that serves a specialty, or null where the hospital has no such center. */
  deskFor(hospitalId: HospitalId, specialty: Specialty): DeskId | null {
    return this.#byId.get(hospitalId)?.desks.find((desk) => desk.serves.includes(specialty))?.deskId ?? null;
  }
}
