import { decimalOf, integerOf } from '../decimal.ts';
import { refuse } from '../recording-error.ts';
import { recordingLimits } from '../recording-limits.ts';
import type { WfdbSignal } from './wfdb-header.ts';

// A caller joins this name to a folder, so nothing that could leave it: no separator, no leading dot.
const FILE_NAME = /^(~|[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})$/;
const FORMAT = /^(\d{1,4})(?:x(\d{1,4}))?(?::(\d{1,6}))?(?:\+(\d{1,9}))?$/;
const GAIN = /^([^(/]+)(?:\((-?\d{1,9})\))?(?:\/(\S{1,40}))?$/;

function parseFormat(text: string) {
  const match = FORMAT.exec(text);
  if (match === null) return refuse('wfdb.header-invalid');
  // header(5): an absent part means one sample a frame, no skew, no bytes in front.
  const [, format, perFrame = '1', skew = '0', offset = '0'] = match;
  const samplesPerFrame = Number(perFrame);
  if (samplesPerFrame < 1 || samplesPerFrame > recordingLimits.samplesPerFrame) return refuse('wfdb.header-invalid');
  return { format: Number(format), samplesPerFrame, skewFrames: Number(skew), byteOffset: Number(offset) };
}

function parseGain(text: string | undefined): { gain: number | null; baseline: number | null; units: string | null } {
  if (text === undefined) return { gain: null, baseline: null, units: null };
  const match = GAIN.exec(text);
  const gain = decimalOf(match?.[1] ?? '');
  if (match === null || gain === null || gain < 0) return refuse('wfdb.header-invalid');
  const [, , baseline, units] = match;
  return {
    gain: gain === 0 ? null : gain,
    baseline: baseline === undefined ? null : Number(baseline),
    units: units ?? null,
  };
}

function optionalInteger(text: string | undefined): number | null {
  return text === undefined ? null : (integerOf(text) ?? refuse('wfdb.header-invalid'));
}

/** One signal line: file, format, gain(baseline)/units, resolution, ADC zero, initial value, checksum, block, text. */
export function parseSignalLine(line: string): WfdbSignal {
  const [fileName = '', format = '', gainField, resolution, zero, initial, checksum, blockSize, ...description] = line
    .trim()
    .split(/\s+/);
  if (!FILE_NAME.test(fileName)) return refuse('wfdb.header-invalid');
  const { gain, baseline, units } = parseGain(gainField);
  const adcZero = optionalInteger(zero);
  optionalInteger(blockSize);
  return {
    fileName,
    ...parseFormat(format),
    gain,
    baseline: baseline ?? adcZero ?? 0,
    units,
    adcResolutionBits: optionalInteger(resolution),
    adcZero,
    initialValue: optionalInteger(initial),
    checksum: optionalInteger(checksum),
    description: description.join(' '),
  };
}
