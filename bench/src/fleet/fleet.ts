import type { CaseEvent, CaseEventType, ClinicalByType } from '@pentad/protocol/case-event';
import type { CaseId, Epoch, EventId, VehicleId } from '@pentad/protocol/ids';
import type { EventItem, NumericsItem } from '@pentad/protocol/lane-item';
import { utcDay } from '@pentad/protocol/quantities';
import { PROTOCOL_VERSION } from '@pentad/protocol/version';
import type { Vitals, VitalTimes } from '@pentad/protocol/vitals';

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');
const uuidOf = (kind: number, n: number): string => `01920000-0000-7${hex(kind, 3)}-8000-${hex(n, 12)}`;

export const vehicleOf = (index: number): VehicleId => `bench-${String(index).padStart(5, '0')}` as VehicleId;
export const indexOf = (vehicle: string): number => Number(vehicle.slice(6));
export const caseIdOf = (index: number): CaseId => uuidOf(0x0c0, index) as CaseId;
/** One journal a run of a pipeline: keys never repeat. */
export const epochOf = (run: number): Epoch => hex(run, 32) as Epoch;

/** Each update goes to two consoles, spread so that none watches much more than another. */
export function watchersOf(index: number, consoles: number): readonly [number, number] {
  const first = index % consoles;
  const step = 1 + (Math.floor(index / consoles) % (consoles - 1));
  return [first, (first + step) % consoles];
}

export function watchedBy(console: number, vehicles: number, consoles: number): number[] {
  return Array.from({ length: vehicles }, (_, index) => index).filter((index) =>
    watchersOf(index, consoles).includes(console),
  );
}

/** The page's limit on watched cases (`watch-numerics`) says how many consoles two watchers a case need; never under 21. */
export const consolesFor = (vehicles: number): number => Math.max(21, Math.ceil((2 * vehicles) / 63));

export interface ItemPlace {
  readonly index: number;
  readonly epoch: Epoch;
  readonly seq: number;
  readonly atMs: number;
  /** What the values move with; `seq` without. */
  readonly beat?: number;
}

export function header({ index, epoch, seq, atMs }: ItemPlace) {
  const measuredAtMs = Math.floor(atMs);
  return {
    protocol: PROTOCOL_VERSION,
    vehicle: vehicleOf(index),
    epoch,
    seq,
    day: utcDay(measuredAtMs),
    measuredAtMs,
    capturedAtMs: measuredAtMs,
    monotonicMs: seq * 1_000,
    bootId: 'boot-bench',
    clock: { offsetMs: 3, errorMs: 12 },
  };
}

const STAMP_BASE = 35;
/** The fraction of the millisecond travels in a value that comes out as it went in: all pipelines are timed to a microsecond. */
const stampOf = (atMs: number): number => Math.round((STAMP_BASE + (atMs - Math.floor(atMs))) * 1_000) / 1_000;
export const sentAtMs = (measuredAtMs: number, vitals: { etco2MmHg: number | null }): number =>
  measuredAtMs + ((vitals.etco2MmHg ?? STAMP_BASE) - STAMP_BASE);

export interface Reading {
  readonly heartRateBpm: number;
  readonly systolicMmHg: number;
  readonly cuffAtMs: number;
}

/** A calm adult: every rule is evaluated, none fires. */
export const calm = (index: number, seq: number, atMs: number): Reading => ({
  heartRateBpm: 72 + ((index * 7 + seq * 3) % 19),
  systolicMmHg: 118 + (index % 17),
  cuffAtMs: Math.floor(atMs / 300_000) * 300_000,
});

export function numericsItem(place: ItemPlace, { heartRateBpm, systolicMmHg, cuffAtMs }: Reading): NumericsItem {
  const { index, seq, atMs, beat = seq } = place;
  const vitals: Vitals = {
    heartRateBpm,
    pulseRateBpm: heartRateBpm,
    respiratoryRatePerMin: 14 + (beat % 4),
    spo2Percent: 96 + (beat % 3),
    systolicMmHg,
    diastolicMmHg: 74 + (index % 9),
    meanMmHg: 90 + (index % 9),
    temperatureC: 36.4 + (index % 8) / 10,
    etco2MmHg: stampOf(atMs),
    fio2Percent: 21,
  };
  const times: VitalTimes = { bloodPressureAtMs: cuffAtMs, temperatureAtMs: cuffAtMs };
  return { ...header(place), patientSlot: 1, caseId: caseIdOf(index), lane: 'vit', vitals, times };
}

function eventItem<T extends CaseEventType>(place: ItemPlace, type: T, clinical: ClinicalByType[T]): EventItem {
  const event: CaseEvent = {
    envelope: {
      eventId: uuidOf(0x0e0 + place.seq, place.index) as EventId,
      caseId: caseIdOf(place.index),
      type,
      occurredAtMs: Math.floor(place.atMs),
      actor: { kind: 'crew', id: 'crew-bench', name: null, assurance: 'vehicle' },
      basedOnCaseSeq: 0,
    },
    clinical: { ...clinical },
  };
  return { ...header(place), lane: 'evt', event };
}

/** A case as the crew opens it, with the notes NEWS2 needs. */
export function openingItems(index: number, epoch: Epoch, atMs: number): EventItem[] {
  const patient = {
    ageYears: 40 + (index % 45),
    ageDays: null,
    sex: 'male',
    gestationDays: null,
    isPregnant: null,
  } as const;
  const opened = {
    origin: 'dispatch-120',
    vehicle: vehicleOf(index),
    patientSlot: 1,
    patient,
    complaintCodes: ['fall'],
    specialty: null,
  } as const;
  const none = {
    heartRateBpm: null,
    respiratoryRatePerMin: null,
    spo2Percent: null,
    systolicMmHg: null,
    diastolicMmHg: null,
    temperatureC: null,
    glucoseMmolPerL: null,
  };
  const assessed = {
    assessmentId: 'assessment-1',
    measuredAtMs: Math.floor(atMs),
    consciousness: 'alert',
    oxygen: 'air',
    isPressureUnrecordable: false,
    vitals: none,
    gcs: null,
    items: {},
  } as const;
  return [
    eventItem({ index, epoch, seq: 1, atMs }, 'case.opened', { ...opened, complaintCodes: [...opened.complaintCodes] }),
    eventItem({ index, epoch, seq: 2, atMs }, 'assessment.recorded', assessed),
  ];
}
