import { GAP, isGap } from '../gap.ts';
import { refuse } from '../recording-error.ts';
import { recordingLimits } from '../recording-limits.ts';
import { sampleFormat } from './sample-format.ts';
import type { WfdbSignal, WfdbSignalHeader } from './wfdb-header.ts';

export interface WfdbChannel {
  readonly signal: WfdbSignal;
  /** ADC values, `signal.samplesPerFrame` a frame; GAP where the file says "no sample". */
  readonly samples: Int16Array;
}
export interface WfdbRecord {
  readonly header: WfdbSignalHeader;
  readonly frames: number;
  readonly channels: readonly WfdbChannel[];
}
/** Files of a record by the name the header gives them. */
export type WfdbFiles = ReadonlyMap<string, Uint8Array>;

/** Sample `index` in `signal.units`; null for a gap, past the end, and for an uncalibrated signal. */
export function physicalValue({ signal, samples }: WfdbChannel, index: number): number | null {
  const sample = samples[index];
  if (sample === undefined || isGap(sample) || signal.gain === null) return null;
  return (sample - signal.baseline) / signal.gain;
}

interface SignalFile {
  readonly bytes: Uint8Array;
  readonly signals: readonly WfdbSignal[];
  readonly samplesPerFrame: number;
}

const NO_FILE = '~';

function signalFile(fileName: string, signals: readonly WfdbSignal[], files: WfdbFiles): SignalFile {
  const [first] = signals;
  const samplesPerFrame = signals.reduce((sum, signal) => sum + signal.samplesPerFrame, 0);
  if (first === undefined || fileName === NO_FILE) return { bytes: new Uint8Array(), signals, samplesPerFrame };
  // header(5): the signals of a file share its format and its offset.
  if (signals.some((signal) => signal.format !== first.format || signal.byteOffset !== first.byteOffset))
    return refuse('wfdb.header-invalid');
  const file = files.get(fileName) ?? refuse('wfdb.file-missing');
  if (file.length > recordingLimits.fileBytes) return refuse('recording.too-large');
  if (file.length < first.byteOffset) return refuse('wfdb.file-truncated');
  return { bytes: file.subarray(first.byteOffset), signals, samplesPerFrame };
}

function signalFiles(header: WfdbSignalHeader, files: WfdbFiles): SignalFile[] {
  const names = new Set(header.signals.map((signal) => signal.fileName));
  return [...names].map((name) =>
    signalFile(
      name,
      header.signals.filter((signal) => signal.fileName === name),
      files,
    ),
  );
}

const framesIn = (file: SignalFile): number =>
  Math.floor(sampleFormat(file.signals[0]?.format ?? 0).samplesIn(file.bytes.length) / file.samplesPerFrame);

function checkAgainstHeader(signal: WfdbSignal, first: number | null, sum: number): void {
  if (signal.initialValue !== null && first !== null && signal.initialValue !== first) refuse('wfdb.checksum-mismatch');
  if (signal.checksum !== null && (signal.checksum & 0xffff) !== (sum & 0xffff)) refuse('wfdb.checksum-mismatch');
}

/** The checksum counts what the file stores, sentinels included: a GAP of format 212 is -2048 in it. */
const storedValue: Readonly<Record<number, number>> = { 16: GAP, 80: -128, 212: -2_048 };

function readChannel(file: SignalFile, at: number, signal: WfdbSignal, frames: number): WfdbChannel {
  const { sampleAt } = sampleFormat(signal.format);
  const stored = storedValue[signal.format] ?? GAP;
  const samples = new Int16Array(frames * signal.samplesPerFrame);
  let sum = 0;
  for (let frame = 0, write = 0; frame < frames; frame += 1) {
    const start = frame * file.samplesPerFrame + at;
    for (let k = 0; k < signal.samplesPerFrame; k += 1, write += 1) {
      const sample = sampleAt(file.bytes, start + k);
      samples[write] = sample;
      sum = (sum + (isGap(sample) ? stored : sample)) | 0;
    }
  }
  const [first] = samples;
  checkAgainstHeader(signal, first === undefined ? null : isGap(first) ? stored : first, sum);
  return { signal, samples };
}

/**
 * Reads all channels of a single-segment record. Samples are ADC values as stored; see `physicalValue`.
 * Errors: wfdb.file-missing, wfdb.file-truncated (fewer frames than stated), wfdb.checksum-mismatch (initial value or
 * checksum), wfdb.format-unsupported, wfdb.header-invalid, recording.too-large.
 */
export function readWfdbRecord(header: WfdbSignalHeader, files: WfdbFiles): WfdbRecord {
  const sources = signalFiles(header, files);
  const stored = sources.filter((file) => file.signals[0]?.fileName !== NO_FILE);
  const available = Math.min(...stored.map((file) => framesIn(file)));
  const frames = stored.length === 0 ? 0 : header.frames === null || header.frames === 0 ? available : header.frames;
  if (frames > available) refuse('wfdb.file-truncated');
  const channels = new Map<WfdbSignal, WfdbChannel>();
  for (const file of sources) {
    let at = 0;
    for (const signal of file.signals) {
      const isStored = signal.fileName !== NO_FILE;
      channels.set(signal, isStored ? readChannel(file, at, signal, frames) : { signal, samples: new Int16Array() });
      at += signal.samplesPerFrame;
    }
  }
  return {
    header,
    frames,
    channels: header.signals.map((signal) => channels.get(signal) ?? refuse('wfdb.header-invalid')),
  };
}
