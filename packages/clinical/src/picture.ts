import type { Consciousness } from '@pentad/protocol/case-event-types';
import type { Specialty } from '@pentad/protocol/center';
import { vitalTermMs } from '@pentad/protocol/vitals';
import type { AgeBand } from './bands.ts';
import type { Criterion } from './criterion.ts';
import type { JudgedVital } from './plausibility-table.ts';
import { isCurrent, termMs } from './staleness.ts';

/** What a rule may read as a number. `heartRate` is the ECG's rate or, without it, the oximeter's pulse. */
export const slots = ['heartRate', 'respiratoryRate', 'spo2', 'systolic', 'temperature'] as const;
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

export interface Noted<T> {
  readonly value: T;
  readonly measuredAtMs: number;
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
  readonly person: Person;
  readonly consciousness: Noted<Consciousness> | null;
  readonly oxygen: Noted<'air' | 'oxygen'> | null;
  readonly unrecordablePressure: Noted<true> | null;
}

const currentReading = (reading: Reading | null, atMs: number): Reading | null =>
  reading && isCurrent(reading.measuredAtMs, termMs(reading.name, reading.origin === 'crew'), atMs) ? reading : null;

const currentNote = <T>(note: Noted<T> | null, lastsMs: number, atMs: number): Noted<T> | null =>
  note && isCurrent(note.measuredAtMs, lastsMs, atMs) ? note : null;

/** The same picture with all that is out of its term at `atMs` taken away. */
export const agedTo = (picture: Picture, atMs: number): Picture => ({
  person: picture.person,
  heartRate: currentReading(picture.heartRate, atMs),
  respiratoryRate: currentReading(picture.respiratoryRate, atMs),
  spo2: currentReading(picture.spo2, atMs),
  systolic: currentReading(picture.systolic, atMs),
  temperature: currentReading(picture.temperature, atMs),
  consciousness: currentNote(picture.consciousness, vitalTermMs.consciousness, atMs),
  oxygen: currentNote(picture.oxygen, vitalTermMs.consciousness, atMs),
  unrecordablePressure: currentNote(picture.unrecordablePressure, vitalTermMs.bloodPressure, atMs),
});

const keeps = (reading: Reading | null, origins: readonly Reading['origin'][]): Reading | null =>
  reading && origins.includes(reading.origin) ? reading : null;

/** The picture with only the readings of these origins; what the crew noted stays. */
export const partOf = (picture: Picture, ...origins: readonly Reading['origin'][]): Picture => ({
  ...picture,
  heartRate: keeps(picture.heartRate, origins),
  respiratoryRate: keeps(picture.respiratoryRate, origins),
  spo2: keeps(picture.spo2, origins),
  systolic: keeps(picture.systolic, origins),
  temperature: keeps(picture.temperature, origins),
});
