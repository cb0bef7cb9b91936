import type { VitalName } from '@pentad/protocol/vitals';
import type { Waveform, WaveformLead } from '@pentad/protocol/waveform';
import { placedLeadOf } from '@pentad/recordings/ecg/lead-name';
import type { WfdbSignal } from '@pentad/recordings/wfdb/wfdb-header';

/** What a signal is sent as, or the reason why it is not. */
export type SignalUse =
  | { readonly kind: Waveform['kind']; readonly lead: WaveformLead }
  | { readonly kind: 'skipped'; readonly reason: 'unknown-signal' | 'other-unit' | 'uncalibrated' };

/** Leads of monitors have no place on the chest: MLII, MCL1, V, ECG1. */
const MONITOR_LEAD = /^(?:ML?I{1,3}|MCL[1-6]?|MV[1-6]?|V|ECG ?\d?)$/i;
const MICROVOLTS = new Map([
  ['uv', 1],
  ['mv', 1_000],
  ['v', 1_000_000],
]);
const skipped = (reason: 'unknown-signal' | 'other-unit' | 'uncalibrated'): SignalUse => ({ kind: 'skipped', reason });

const scaled = (
  name: string,
  unit: WaveformLead['unit'],
  { gain, baseline }: WfdbSignal,
  factor: number,
): WaveformLead =>
  gain === null
    ? { name, unit, perCount: 1, offset: 0 }
    : { name, unit, perCount: factor / gain, offset: (-baseline * factor) / gain + 0 };

function ecgUse(name: string, signal: WfdbSignal): SignalUse {
  if (signal.gain === null) return skipped('uncalibrated');
  // header(5): a signal that names no unit is in millivolts.
  const factor = MICROVOLTS.get((signal.units ?? 'mV').toLowerCase());
  return factor === undefined ? skipped('other-unit') : { kind: 'ecg', lead: scaled(name, 'uV', signal, factor) };
}

function inMmHg(kind: 'pressure' | 'co2', name: string, signal: WfdbSignal): SignalUse {
  if (signal.gain === null) return skipped('uncalibrated');
  return signal.units?.toLowerCase() === 'mmhg'
    ? { kind, lead: scaled(name, 'mmHg', signal, 1) }
    : skipped('other-unit');
}

/** By the signal's name, and by its unit where the kind has one. The shape of a pleth has no unit. */
export function waveformUseOf(signal: WfdbSignal): SignalUse {
  const name = signal.description.trim();
  const placed = placedLeadOf(name);
  if (placed !== null || MONITOR_LEAD.test(name)) return ecgUse(placed ?? name, signal);
  if (/^(?:PLETH|PPG)\d?$/i.test(name)) return { kind: 'pleth', lead: scaled('PLETH', 'none', signal, 1) };
  if (/^RESP\d?$/i.test(name)) {
    const unit = /^ohms?$/i.test(signal.units ?? '') ? 'ohm' : 'none';
    return { kind: 'respiration', lead: scaled('RESP', unit, signal, 1) };
  }
  // Not PAP, CVP, ICP: shown beside a heart they would read as an arterial pressure.
  if (/^(?:ABP|ART)\d?$/i.test(name)) return inMmHg('pressure', name.toUpperCase(), signal);
  return /^CO2$/i.test(name) ? inMmHg('co2', 'CO2', signal) : skipped('unknown-signal');
}

export interface NumericUse {
  readonly vital: VitalName;
  /** Two sets of pressures are never mixed. */
  readonly source: 'streamed' | 'arterial' | 'cuff';
}
const pressureParts: readonly (readonly [RegExp, VitalName])[] = [
  [/^ ?SYS$/i, 'systolicMmHg'],
  [/^ ?DIAS?$/i, 'diastolicMmHg'],
  [/^ ?MEAN$/i, 'meanMmHg'],
];
const streamed: readonly (readonly [RegExp, VitalName, RegExp])[] = [
  [/^HR$/i, 'heartRateBpm', /^(?:bpm|\/min|1\/min)$/i],
  [/^PULSE$/i, 'pulseRateBpm', /^(?:bpm|\/min|1\/min)$/i],
  [/^RESP$/i, 'respiratoryRatePerMin', /^(?:pm|bpm|\/min|1\/min)$/i],
  [/^%?SpO2$/i, 'spo2Percent', /^%$/],
  [/^TEMP$/i, 'temperatureC', /^(?:deg_?C|C|Cel)$/i],
  [/^(?:ETCO2|CO2 ?ET)$/i, 'etco2MmHg', /^mmHg$/i],
];

/** A column of a trend record; null: none of the protocol's vitals, or in a unit that is not that vital's. */
export function numericUseOf(signal: WfdbSignal): NumericUse | null {
  const name = signal.description.trim();
  const unit = signal.units ?? '';
  if (signal.gain === null) return null;
  const pressure = /^(ABP|ART|NBP)(.*)$/i.exec(name);
  if (pressure) {
    const part = pressureParts.find(([pattern]) => pattern.test(pressure[2] ?? ''));
    if (!part || !/^mmHg$/i.test(unit)) return null;
    return { vital: part[1], source: /^NBP$/i.test(pressure[1] ?? '') ? 'cuff' : 'arterial' };
  }
  const row = streamed.find(([pattern, , units]) => pattern.test(name) && units.test(unit));
  return row ? { vital: row[1], source: 'streamed' } : null;
}
