import type { NumericsView } from '@pentad/protocol/console-feed';
import { vitalTermMs, type VitalName } from '@pentad/protocol/vitals';

/** `no-signal`: a silent 1 Hz source after 10 s; `stale`: past its term, or its age cannot be known. */
export type Freshness = 'live' | 'no-signal' | 'stale' | 'absent';

export interface VitalReading {
  readonly value: number | null;
  readonly measuredAtMs: number | null;
  readonly ageMs: number | null;
  readonly freshness: Freshness;
}

const cuffNames: ReadonlySet<VitalName> = new Set(['systolicMmHg', 'diastolicMmHg', 'meanMmHg']);

/** Ages a value honestly: a vehicle clock that runs ahead never makes a value younger than its arrival. */
export function ageOf(measuredAtMs: number, receivedAtMs: number, nowMs: number): number {
  return Math.max(0, nowMs - Math.min(measuredAtMs, receivedAtMs));
}

function freshnessOf(name: VitalName, ageMs: number, isUnstable: boolean): Freshness {
  if (cuffNames.has(name)) {
    return ageMs > (isUnstable ? vitalTermMs.bloodPressureUnstable : vitalTermMs.bloodPressure) ? 'stale' : 'live';
  }
  if (name === 'temperatureC') return ageMs > vitalTermMs.temperature ? 'stale' : 'live';
  if (ageMs > vitalTermMs.streamed) return 'stale';
  return ageMs > vitalTermMs.noSignal ? 'no-signal' : 'live';
}

function instantOf(view: NumericsView, name: VitalName): number | null {
  if (cuffNames.has(name)) return view.times.bloodPressureAtMs;
  if (name === 'temperatureC') return view.times.temperatureAtMs;
  return view.measuredAtMs;
}

/** @param isUnstable a first-degree alert stands: a cuff reading is good for 5 min instead of 15 */
export function readVital(view: NumericsView | null, name: VitalName, nowMs: number, isUnstable = false): VitalReading {
  const value = view?.vitals[name] ?? null;
  if (!view || value === null) return { value: null, measuredAtMs: null, ageMs: null, freshness: 'absent' };
  const measuredAtMs = instantOf(view, name);
  if (measuredAtMs === null) return { value, measuredAtMs, ageMs: null, freshness: 'stale' };
  const ageMs = ageOf(measuredAtMs, view.receivedAtMs, nowMs);
  return { value, measuredAtMs, ageMs, freshness: freshnessOf(name, ageMs, isUnstable) };
}
