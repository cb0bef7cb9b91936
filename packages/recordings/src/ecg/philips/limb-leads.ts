import { asSample, GAP, isGap } from '../../gap.ts';
import { refuse } from '../../recording-error.ts';

/** Sample-wise combination; a gap where a source has none, as long as the longest proven by all sources. */
function combine(sources: readonly Int16Array[], of: (values: readonly number[]) => number): Int16Array {
  const length = Math.min(...sources.map((source) => source.length));
  const combined = new Int16Array(length);
  for (let at = 0; at < length; at += 1) {
    const values = sources.map((source) => source[at] ?? GAP);
    combined[at] = values.some(isGap) ? GAP : (asSample(of(values)) ?? refuse('ecg.waveform-corrupt'));
  }
  return combined;
}

const half = (value: number): number => Math.floor(value / 2);
const none = new Int16Array();

/**
 * XLI stores III, aVR, aVL and aVF as what is left after their prediction from I and II (Einthoven, Goldberger). Takes
 * the stored leads with the six limb leads first and returns the measured ones; what a cut file does not prove stays
 * short. Source: wiki of sierra-ecg-tools.
 */
export function restoreLimbLeads(stored: readonly Int16Array[]): Int16Array[] {
  const [i = none, ii = none, storedIII = none, storedR = none, storedL = none, storedF = none, ...chest] = stored;
  const iii = combine([i, ii, storedIII], ([a = 0, b = 0, rest = 0]) => b - a - rest);
  const aVR = combine([i, ii, storedR], ([a = 0, b = 0, rest = 0]) => -rest - half(a + b));
  const aVL = combine([i, iii, storedL], ([a = 0, c = 0, rest = 0]) => half(a - c) - rest);
  const aVF = combine([ii, iii, storedF], ([b = 0, c = 0, rest = 0]) => half(b + c) - rest);
  return [i, ii, iii, aVR, aVL, aVF, ...chest];
}
