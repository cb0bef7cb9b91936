import type { NumericsView } from '@pentad/protocol/console-feed';
import type { VitalName } from '@pentad/protocol/vitals';
import type { Priority } from './priority.ts';
import { readVital, type Freshness } from './vital-state.ts';

/** The tiles a person reads: blood pressure is one of them, not three. */
export const tileNames = [
  'pressure',
  'heartRate',
  'spo2',
  'respiration',
  'temperature',
  'etco2',
  'pulse',
  'fio2',
] as const;
export type TileName = (typeof tileNames)[number];

interface TileSource {
  readonly main: VitalName;
  readonly unit: string;
  readonly digits: number;
}

const sources: Record<TileName, TileSource> = {
  pressure: { main: 'systolicMmHg', unit: 'mmHg', digits: 0 },
  heartRate: { main: 'heartRateBpm', unit: '/min', digits: 0 },
  spo2: { main: 'spo2Percent', unit: '%', digits: 0 },
  respiration: { main: 'respiratoryRatePerMin', unit: '/min', digits: 0 },
  temperature: { main: 'temperatureC', unit: '°C', digits: 1 },
  etco2: { main: 'etco2MmHg', unit: 'mmHg', digits: 0 },
  pulse: { main: 'pulseRateBpm', unit: '/min', digits: 0 },
  fio2: { main: 'fio2Percent', unit: '%', digits: 0 },
};

export interface TileReading {
  readonly name: TileName;
  readonly text: string;
  readonly second: string | null;
  readonly mean: string | null;
  readonly unit: string;
  readonly ageMs: number | null;
  readonly freshness: Freshness;
  readonly isBackfill: boolean;
}

/** Name, value, unit and age together; nothing is shown as good that is not. */
export function readTile(view: NumericsView | null, name: TileName, nowMs: number, isUnstable: boolean): TileReading {
  const { main, unit, digits } = sources[name];
  const reading = readVital(view, main, nowMs, isUnstable);
  const words = (value: number | null) => (value === null ? null : value.toFixed(digits));
  const isPressure = name === 'pressure' && reading.value !== null;
  return {
    name,
    unit,
    text: words(reading.value) ?? '—',
    second: isPressure ? words(view?.vitals.diastolicMmHg ?? null) : null,
    mean: isPressure ? words(view?.vitals.meanMmHg ?? null) : null,
    ageMs: reading.ageMs,
    freshness: reading.freshness,
    isBackfill: reading.value !== null && (view?.isBackfill ?? false),
  };
}

const tileOfVital: Partial<Record<string, TileName>> = {
  systolicMmHg: 'pressure',
  diastolicMmHg: 'pressure',
  meanMmHg: 'pressure',
  heartRateBpm: 'heartRate',
  pulseRateBpm: 'pulse',
  spo2Percent: 'spo2',
  respiratoryRatePerMin: 'respiration',
  temperatureC: 'temperature',
  etco2MmHg: 'etco2',
  fio2Percent: 'fio2',
};
export const tileOfInput = (inputName: string): TileName | null => tileOfVital[inputName] ?? null;

export type TileFlags = Partial<Record<TileName, Priority>>;
