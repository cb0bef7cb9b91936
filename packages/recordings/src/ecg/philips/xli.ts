import { asSample, isGap } from '../../gap.ts';
import { refuse } from '../../recording-error.ts';
import { decodeLzw } from './lzw.ts';

/** Size (int32), an unknown int16, first delta (int16), all little-endian. */
const CHUNK_HEADER_BYTES = 8;
/** Subtracted from every stored difference. */
const DELTA_BIAS = 64;

/**
 * Stored second differences to samples: each sample continues the line through the two before it, corrected by the
 * difference stored one place earlier.
 */
function undoDeltas(stored: Int16Array, firstDelta: number): Int16Array {
  const samples = new Int16Array(stored.length);
  samples.set(stored.subarray(0, 2));
  if (isGap(samples[0] ?? 0) || isGap(samples[1] ?? 0)) return refuse('ecg.waveform-corrupt');
  let delta = firstDelta;
  for (let at = 2; at < stored.length; at += 1) {
    const predicted = 2 * (samples[at - 1] ?? 0) - (samples[at - 2] ?? 0) - delta;
    samples[at] = asSample(predicted) ?? refuse('ecg.waveform-corrupt');
    delta = (stored[at] ?? 0) - DELTA_BIAS;
  }
  return samples;
}

/** High bytes of all samples come first, then the low bytes: a cut stream holds only the samples whose low byte it has. */
function joinBytes(bytes: Uint8Array, expectedSamples: number): Int16Array {
  const complete = Math.max(0, bytes.length - expectedSamples);
  return Int16Array.from(
    { length: complete },
    (_, at) => (((bytes[at] ?? 0) << 24) >> 16) | (bytes[expectedSamples + at] ?? 0),
  );
}

/**
 * The leads of an XLI-compressed waveform as stored, one chunk a lead, in the order of the file. A chunk cut short gives
 * the samples it still proves; leads behind it are left out. Source: wiki of sierra-ecg-tools (format facts only).
 * Errors: ecg.waveform-corrupt.
 */
export function decodeXli(bytes: Uint8Array, leadCount: number, expectedSamples: number): Int16Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const leads: Int16Array[] = [];
  let at = 0;
  while (leads.length < leadCount && at + CHUNK_HEADER_BYTES <= bytes.length) {
    const size = view.getInt32(at, true);
    const firstDelta = view.getInt16(at + 6, true);
    if (size <= 0) return refuse('ecg.waveform-corrupt');
    const start = at + CHUNK_HEADER_BYTES;
    const stored = joinBytes(decodeLzw(bytes.subarray(start, start + size), 2 * expectedSamples), expectedSamples);
    at = start + size;
    // Only the last chunk of a cut file may hold too little; elsewhere a size is wrong and so is all behind it.
    if (stored.length < expectedSamples && at < bytes.length) return refuse('ecg.waveform-corrupt');
    leads.push(undoDeltas(stored, firstDelta));
  }
  return leads;
}
