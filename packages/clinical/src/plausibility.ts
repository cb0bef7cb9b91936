import type { AgeBand } from './bands.ts';
import { boundsByBand, type BoundsOfBand, type JudgedVital } from './plausibility-table.ts';

type Plausibility = 'accepted' | 'flagged-low' | 'flagged-high' | 'rejected';

function judge(bounds: BoundsOfBand, name: JudgedVital, value: number): Plausibility {
  const { accept, outer } = bounds[name];
  if (!(value >= outer[0] && value <= outer[1])) return 'rejected';
  if (value < accept[0]) return 'flagged-low';
  return value > accept[1] ? 'flagged-high' : 'accepted';
}

const everyBand = Object.values(boundsByBand);

/** With the age unknown a value is as plausible as the most lenient band finds it: nothing true is thrown away. */
export function plausibility(name: JudgedVital, value: number, band: AgeBand | null): Plausibility {
  if (band) return judge(boundsByBand[band], name, value);
  const verdicts = everyBand.map((bounds) => judge(bounds, name, value));
  return (
    verdicts.find((verdict) => verdict === 'accepted') ??
    verdicts.find((verdict) => verdict !== 'rejected') ??
    'rejected'
  );
}

/** What a reading of this plausibility is worth to a rule; null = it is not an input. */
interface Worth {
  readonly isProvisional: boolean;
  readonly firesAtOnce: boolean;
}

const plain: Worth = { isProvisional: false, firesAtOnce: false };
const atOnce: Worth = { isProvisional: true, firesAtOnce: true };
const heldFirst: Worth = { isProvisional: true, firesAtOnce: false };

/**
 * Second reading C6: a flagged value on the dangerous side counts at once, as provisional; on the harmless side it
 * waits for the crew. Low is dangerous for every vital, both sides are for temperature (C5) and glucose (C9). A flagged high rate is
 * either a tachyarrhythmia or a double count (C8): it counts, after the ordinary debounce. A high pressure would
 * lower the shock index, so only the crew's own entry of it counts.
 */
export function worthOf(name: JudgedVital, verdict: Plausibility, isHandEntered: boolean): Worth | null {
  if (verdict === 'accepted') return plain;
  if (verdict === 'rejected') return null;
  if (verdict === 'flagged-low' || name === 'temperatureC' || name === 'glucoseMmolPerL') return atOnce;
  const isPressure = name === 'systolicMmHg' || name === 'diastolicMmHg' || name === 'meanMmHg';
  return isPressure && !isHandEntered ? null : heldFirst;
}

/**
 * A pressure is believed as a pair: systolic <= diastolic rejects both, an implausible diastolic alone is dropped
 * and leaves the systolic (C42: phase V may be 0).
 */
export function isPairContradictory(systolicMmHg: number, diastolicMmHg: number | null, band: AgeBand | null): boolean {
  if (diastolicMmHg === null || plausibility('diastolicMmHg', diastolicMmHg, band) === 'rejected') return false;
  return systolicMmHg <= diastolicMmHg;
}
