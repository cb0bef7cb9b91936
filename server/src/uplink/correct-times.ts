import type { NumericsItem, PositionItem, WaveformItem } from '@pentad/protocol/lane-item';

/** How far the vehicle's clock is certainly off, in ms to add; 0 while the offset lies within its own error. */
function certainOffsetMs(clock: NumericsItem['clock']): number {
  return clock !== null && Math.abs(clock.offsetMs) > clock.errorMs ? Math.round(clock.offsetMs) : 0;
}

const shifted = (atMs: number | null, byMs: number): number | null => (atMs === null ? null : Math.max(0, atMs + byMs));

/**
 * Measured times by the server's clock, so that ages, staleness and debounce mean the same everywhere (faults.md E7).
 * `capturedAtMs` stays as the vehicle wrote it and the offset is stored beside it: the original can be had back.
 */
export function withServerTimes<T extends NumericsItem | PositionItem | WaveformItem>(item: T): T {
  const byMs = certainOffsetMs(item.clock);
  if (byMs === 0) return item;
  const measuredAtMs = Math.max(0, item.measuredAtMs + byMs);
  if (item.lane !== 'vit') return { ...item, measuredAtMs };
  const { bloodPressureAtMs, temperatureAtMs } = item.times;
  const times = {
    bloodPressureAtMs: shifted(bloodPressureAtMs, byMs),
    temperatureAtMs: shifted(temperatureAtMs, byMs),
  };
  return { ...item, measuredAtMs, times: { ...item.times, ...times } };
}
