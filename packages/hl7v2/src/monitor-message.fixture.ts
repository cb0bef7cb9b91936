import { readMessage } from './message.ts';
import { readMonitorVitals, type MonitorReport } from './monitor-vitals.ts';
import type { MonitorSettings } from './observation.ts';

export const header = 'MSH|^~\\&|MON|BED|||20260726120000+0000||ORU^R01|7|P|2.6||||||UNICODE UTF-8';
export const report = 'OBR|1||1|x|||20260726115958+0000';
export const bpm = '264864^MDC_DIM_BEAT_PER_MIN^MDC';
export const mmHg = '266016^MDC_DIM_MMHG^MDC';
/** When `report` says it was measured. */
export const atMs = Date.UTC(2026, 6, 26, 11, 59, 58);
export const noZone: MonitorSettings = { zoneOffsetMinutes: null };

export function decode(segments: readonly string[], settings = noZone, head = [header, report]): MonitorReport {
  const reading = readMessage(new TextEncoder().encode([...head, ...segments].join('\r')));
  if (!reading.ok) throw new Error(reading.code);
  return readMonitorVitals(reading.message, settings);
}
export const notesOf = ({ notes }: MonitorReport) => notes.map(({ code, obx }) => `${code}@${obx}`);
export const vitalsOf = ({ readings }: MonitorReport) => readings.map(({ vitals }) => vitals);
export const obx = (code: string, value: string, unit: string, rest = '|||||R'): string =>
  `OBX||NM|${code}||${value}|${unit}${rest}`;
export const hr = (value: string, rest?: string) => obx('147842^MDC_ECG_CARD_BEAT_RATE^MDC', value, bpm, rest);
