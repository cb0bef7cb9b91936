import { Hospital, type Specialty } from '@pentad/protocol/center';
import { StaffId, uuidV7 } from '@pentad/protocol/ids';
import { Directory } from '@pentad/server/desks/directory';
import type { StaffActor } from '@pentad/server/platform/actor';
import * as v from 'valibot';
import type { Rng } from './world/rng.ts';
import { BEGINS_AT_MS } from './world/world.ts';

/** Neonates are served nowhere: such an alert must still ring, at an emergency desk. */
const places: readonly (readonly [
  hospital: string,
  latitudeDeg: number,
  longitudeDeg: number,
  served: readonly Specialty[],
])[] = [
  ['east', 31.39, 121.02, ['emergency', 'chest-pain', 'stroke']],
  ['west', 31.37, 120.93, ['emergency', 'trauma', 'maternal']],
  ['north', 31.45, 120.97, ['emergency', 'chest-pain', 'trauma']],
];

const deskOf = (hospital: string, specialty: Specialty): string =>
  specialty === 'chest-pain' || specialty === 'stroke' ? `${hospital}-heart-brain` : `${hospital}-emergency`;

export const directory = new Directory(
  places.map(([hospitalId, latitudeDeg, longitudeDeg, served]) => {
    const deskIds = [...new Set(served.map((specialty) => deskOf(hospitalId, specialty)))];
    return v.parse(Hospital, {
      hospitalId,
      nameZh: hospitalId,
      nameEn: hospitalId,
      phone: '110',
      latitudeDeg,
      longitudeDeg,
      centers: served.map((specialty) => ({ specialty, level: null })),
      desks: deskIds.map((deskId) => ({
        deskId,
        hospitalId,
        nameZh: deskId,
        nameEn: deskId,
        phone: '110',
        serves: served.filter((specialty) => deskOf(hospitalId, specialty) === deskId),
      })),
    });
  }),
);

export const hospitalIds = directory.hospitals.map((hospital) => hospital.hospitalId);
export const deskIds = directory.hospitals.flatMap((hospital) => hospital.desks.map((desk) => desk.deskId));

export const nurseAt = (deskId: string, rng: Rng): StaffActor => ({
  kind: 'staff',
  staffId: v.parse(StaffId, uuidV7(BEGINS_AT_MS, rng.bytes(10))),
  name: `nurse of ${deskId}`,
  role: 'center-nurse',
  desks: [{ deskId, line: 'desk' }],
});
