import type { Consciousness } from '@pentad/protocol/case-event-types';
import type { Specialty } from '@pentad/protocol/center';
import { vitalTermMs } from '@pentad/protocol/vitals';
import type { AgeBand } from './bands.ts';
import type { CaseRecord, Noted } from './case-record.ts';
import type { Criterion } from './criterion.ts';
import type { JudgedVital } from './plausibility-table.ts';
import { standingRecord } from './record-term.ts';
import { isCurrent, termMs } from './staleness.ts';

/** What a rule may read as a number. `heartRateBpm` is the ECG's rate or, without it, the oximeter's pulse. */
export const slots = [
  'heartRateBpm',
  'respiratoryRatePerMin',
  'spo2Percent',
  'systolicMmHg',
  'diastolicMmHg',
  'meanMmHg',
  'temperatureC',
  'glucoseMmolPerL',
] as const;
export type Slot = (typeof slots)[number];

export interface Reading {
  readonly name: JudgedVital;
  readonly value: number;
  readonly measuredAtMs: number;
  /** streamed: one a second; spot: cuff or thermometer of the monitor; crew: entered by hand. */
  readonly origin: 'streamed' | 'spot' | 'crew';
  readonly isProvisional: boolean;
  readonly firesAtOnce: boolean;
}

export interface Person {
  readonly band: AgeBand | null;
  readonly isAdult: Criterion;
  readonly pregnancy: Criterion;
  /** The specialty the crew selected; null = none yet. */
  readonly specialty: Specialty | null;
}

/** The patient at one instant: plausible readings inside their terms, and nothing else. null = not known. */
export interface Picture extends Readonly<Record<Slot, Reading | null>> {
  readonly atMs: number;
  readonly person: Person;
  readonly record: CaseRecord;
  readonly consciousness: Noted<Consciousness> | null;
  readonly oxygen: Noted<'air' | 'oxygen'> | null;
  readonly unrecordablePressure: Noted<true> | null;
}

const currentReading = (reading: Reading | null, atMs: number): Reading | null =>
  reading && isCurrent(reading.measuredAtMs, termMs(reading.name, reading.origin === 'crew'), atMs) ? reading : null;

const currentNote = <T>(note: Noted<T> | null, lastsMs: number, atMs: number): Noted<T> | null =>
  note && isCurrent(note.measuredAtMs, lastsMs, atMs) ? note : null;

/** Each reading of a picture looked at once. */
export const eachReading = (
  picture: Readonly<Record<Slot, Reading | null>>,
  look: (reading: Reading | null, slot: Slot) => Reading | null,
): Readonly<Record<Slot, Reading | null>> => ({
  heartRateBpm: look(picture.heartRateBpm, 'heartRateBpm'),
  respiratoryRatePerMin: look(picture.respiratoryRatePerMin, 'respiratoryRatePerMin'),
  spo2Percent: look(picture.spo2Percent, 'spo2Percent'),
  systolicMmHg: look(picture.systolicMmHg, 'systolicMmHg'),
  diastolicMmHg: look(picture.diastolicMmHg, 'diastolicMmHg'),
  meanMmHg: look(picture.meanMmHg, 'meanMmHg'),
  temperatureC: look(picture.temperatureC, 'temperatureC'),
  glucoseMmolPerL: look(picture.glucoseMmolPerL, 'glucoseMmolPerL'),
});

/** The picture without readings and notes that are out of their terms at `atMs`; its record is of that instant already. */
export const currentAt = (picture: Picture, atMs: number): Picture => ({
  ...picture,
  ...eachReading(picture, (reading) => currentReading(reading, atMs)),
  atMs,
  consciousness: currentNote(picture.consciousness, vitalTermMs.consciousness, atMs),
  oxygen: currentNote(picture.oxygen, vitalTermMs.consciousness, atMs),
  unrecordablePressure: currentNote(picture.unrecordablePressure, vitalTermMs.bloodPressure, atMs),
});

/** A picture of earlier with all that is out of its term at `atMs` taken away, the crew's answers too. */
export const agedTo = (picture: Picture, atMs: number): Picture =>
  currentAt({ ...picture, record: standingRecord(picture.record, atMs) }, atMs);

/** The picture with only the readings of these origins; what the crew noted stays. */
export const partOf = (picture: Picture, ...origins: readonly Reading['origin'][]): Picture => ({
  ...picture,
  ...eachReading(picture, (reading) => (reading && origins.includes(reading.origin) ? reading : null)),
});
