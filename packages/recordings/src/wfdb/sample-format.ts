import { GAP } from '../gap.ts';
import { refuse } from '../recording-error.ts';

/** How one signal file packs its samples, after signal(5) of the WFDB Applications Guide. */
export interface SampleFormat {
  /** Bytes that `samples` consecutive samples take. */
  readonly bytesFor: (samples: number) => number;
  /** Whole samples in so many bytes. */
  readonly samplesIn: (bytes: number) => number;
  /** Sample `index` of the stream; the format's sentinel comes back as GAP. */
  readonly sampleAt: (bytes: Uint8Array, index: number) => number;
}

const byteAt = (bytes: Uint8Array, at: number): number => bytes[at] ?? refuse('wfdb.file-truncated');

/** Offset binary, one byte a sample; -128 is "no sample". */
const format80: SampleFormat = {
  bytesFor: (samples) => samples,
  samplesIn: (bytes) => bytes,
  sampleAt: (bytes, index) => {
    const value = byteAt(bytes, index) - 128;
    return value === -128 ? GAP : value;
  },
};

/** Two's complement, least significant byte first; -32768, which is GAP, is "no sample". */
const format16: SampleFormat = {
  bytesFor: (samples) => 2 * samples,
  samplesIn: (bytes) => Math.floor(bytes / 2),
  sampleAt: (bytes, index) => ((byteAt(bytes, 2 * index) | (byteAt(bytes, 2 * index + 1) << 8)) << 16) >> 16,
};

/** Two 12-bit samples in three bytes; -2048 is "no sample". A last odd sample takes two bytes. */
const format212: SampleFormat = {
  bytesFor: (samples) => 3 * Math.floor(samples / 2) + (samples % 2 === 0 ? 0 : 2),
  samplesIn: (bytes) => 2 * Math.floor(bytes / 3) + (bytes % 3 === 2 ? 1 : 0),
  sampleAt: (bytes, index) => {
    const at = 3 * Math.floor(index / 2);
    const middle = byteAt(bytes, at + 1);
    const raw =
      index % 2 === 0 ? byteAt(bytes, at) | ((middle & 0x0f) << 8) : byteAt(bytes, at + 2) | ((middle & 0xf0) << 4);
    const value = (raw << 20) >> 20;
    return value === -2_048 ? GAP : value;
  },
};

/** The formats the recordings of our vehicles and test sets use; any other is refused, not approximated. */
export function sampleFormat(format: number): SampleFormat {
  switch (format) {
    case 16:
      return format16;
    case 80:
      return format80;
    case 212:
      return format212;
    default:
      return refuse('wfdb.format-unsupported');
  }
}
