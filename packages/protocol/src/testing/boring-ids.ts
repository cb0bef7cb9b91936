import * as v from 'valibot';
import {
  CaseId,
  DeskId,
  Epoch,
  EventId,
  FindingId,
  HospitalId,
  PreAlertId,
  StaffId,
  TargetId,
  VehicleId,
} from '../ids.ts';

/** 2026-01-01T00:00:00Z: the instant at which every boring thing happens. */
export const START_MS = 1_767_225_600_000;

/** A valid UUIDv7 that says in its digits what it names (`kind`) and which one (`n`). */
const uuidOf = (kind: number, n: number): string =>
  `019b76da-a800-7${kind.toString(16).padStart(3, '0')}-8000-${n.toString(16).padStart(12, '0')}`;

export const caseIdOf = (n: number): CaseId => v.parse(CaseId, uuidOf(0x0c0, n));
export const eventIdOf = (n: number): EventId => v.parse(EventId, uuidOf(0x0e0, n));
export const preAlertIdOf = (n: number): PreAlertId => v.parse(PreAlertId, uuidOf(0x0a0, n));
export const targetIdOf = (n: number): TargetId => v.parse(TargetId, uuidOf(0x0d0, n));
export const findingIdOf = (n: number): FindingId => v.parse(FindingId, uuidOf(0x0f0, n));
export const staffIdOf = (n: number): StaffId => v.parse(StaffId, uuidOf(0x050, n));
export const deskIdOf = (n: number): DeskId => v.parse(DeskId, `desk-${n}`);
export const hospitalIdOf = (n: number): HospitalId => v.parse(HospitalId, `hospital-${n}`);
export const vehicleIdOf = (n: number): VehicleId => v.parse(VehicleId, `vehicle-${n.toString().padStart(4, '0')}`);
export const epochOf = (n: number): Epoch => v.parse(Epoch, n.toString(16).padStart(32, '0'));

export const caseId = caseIdOf(1);
export const vehicle = vehicleIdOf(1);
export const epoch = epochOf(1);
