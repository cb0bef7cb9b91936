import { decimalOf, integerOf } from '../decimal.ts';
import { refuse } from '../recording-error.ts';
import { recordingLimits } from '../recording-limits.ts';
import { parseSignalLine } from './parse-signal-line.ts';
import type { WfdbHeader, WfdbRecordLine, WfdbSegment } from './wfdb-header.ts';

const RECORD_NAME = /^([A-Za-z0-9_][A-Za-z0-9_.-]{0,127})(?:\/(\d{1,6}))?$/;
const SEGMENT_NAME = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;

function countOf(text: string | undefined, most: number): number {
  const value = integerOf(text ?? '');
  return value === null || value < 0 || value > most ? refuse('wfdb.header-invalid') : value;
}

/** `360`, or `0.0166/125(0)`: the counter frequency and its base say nothing about the samples. */
function rateOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  const rate = decimalOf(text.split(/[/(]/, 1)[0] ?? '');
  return rate === null || rate <= 0 || rate > recordingLimits.samplesPerSecond ? refuse('wfdb.header-invalid') : rate;
}

function parseRecordLine(line: string): { record: WfdbRecordLine; segmentCount: number | null } {
  const [nameField = '', signalCount, rate, frames, ...time] = line.trim().split(/\s+/);
  const name = RECORD_NAME.exec(nameField);
  if (name?.[1] === undefined) return refuse('wfdb.header-invalid');
  const stated = frames === undefined ? null : countOf(frames, Number.MAX_SAFE_INTEGER);
  return {
    record: {
      name: name[1],
      signalCount: countOf(signalCount, recordingLimits.signals),
      framesPerSecond: rateOf(rate),
      frames: stated,
      recordedAtText: time.length === 0 ? null : time.join(' '),
    },
    segmentCount: name[2] === undefined ? null : countOf(name[2], recordingLimits.segments),
  };
}

function parseSegmentLine(line: string): WfdbSegment {
  const [name = '', frames, ...rest] = line.trim().split(/\s+/);
  if (rest.length > 0 || (name !== '~' && !SEGMENT_NAME.test(name))) return refuse('wfdb.header-invalid');
  return { name: name === '~' ? null : name, frames: countOf(frames, Number.MAX_SAFE_INTEGER) };
}

function textOf(bytes: Uint8Array): string {
  if (bytes.length === 0) return refuse('recording.empty');
  if (bytes.length > recordingLimits.headerBytes) return refuse('recording.too-large');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return refuse('wfdb.header-invalid');
  }
}

/**
 * Reads a `.hea` file: one record line, then one line a signal or a segment, `#` comments anywhere.
 * Source: header(5), WFDB Applications Guide. Errors: wfdb.header-invalid, recording.empty, recording.too-large.
 */
export function parseWfdbHeader(bytes: Uint8Array): WfdbHeader {
  const lines = textOf(bytes).split(/\r?\n/);
  const comments = lines.filter((line) => line.startsWith('#')).map((line) => line.slice(1));
  const [first, ...rest] = lines.filter((line) => line.trim() !== '' && !line.startsWith('#'));
  if (first === undefined) return refuse('wfdb.header-invalid');
  const { record, segmentCount } = parseRecordLine(first);
  if (rest.length !== (segmentCount ?? record.signalCount)) return refuse('wfdb.header-invalid');
  if (segmentCount !== null)
    return { kind: 'segments', ...record, comments, segments: rest.map((line) => parseSegmentLine(line)) };
  return { kind: 'signals', ...record, comments, signals: rest.map((line) => parseSignalLine(line)) };
}
