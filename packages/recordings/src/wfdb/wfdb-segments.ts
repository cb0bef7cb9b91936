import { refuse } from '../recording-error.ts';
import { recordingLimits } from '../recording-limits.ts';
import { parseWfdbHeader } from './parse-wfdb-header.ts';
import type { WfdbSegment, WfdbSegmentHeader, WfdbSignalHeader } from './wfdb-header.ts';
import { readWfdbRecord, type WfdbFiles, type WfdbRecord } from './wfdb-record.ts';

/** A stretch of a multi-segment record. Channels, gains and units may change from piece to piece: nothing is merged. */
export interface WfdbPiece {
  /** Frame of the whole record at which the piece starts. */
  readonly fromFrame: number;
  readonly frames: number;
  /** null: nothing was recorded here. */
  readonly record: WfdbRecord | null;
}
export interface FrameWindow {
  readonly fromFrame: number;
  readonly toFrame: number;
}

function headerOf(name: string, files: WfdbFiles): WfdbSignalHeader {
  const header = parseWfdbHeader(files.get(`${name}.hea`) ?? refuse('wfdb.file-missing'));
  return header.kind === 'signals' ? header : refuse('wfdb.header-invalid');
}

/** A segment that touches the window. `header` null: a gap of the record. */
interface Touched {
  readonly fromFrame: number;
  readonly frames: number;
  readonly header: WfdbSignalHeader | null;
}

function touched(
  { name, frames }: WfdbSegment,
  fromFrame: number,
  whole: WfdbSegmentHeader,
  files: WfdbFiles,
): Touched {
  const header = name === null ? null : headerOf(name, files);
  if (header !== null && (header.frames !== frames || header.framesPerSecond !== whole.framesPerSecond))
    return refuse('wfdb.segments-mismatch');
  return { fromFrame, frames, header };
}

const samplesIn = ({ frames, header }: Touched): number =>
  frames * (header?.signals.reduce((sum, signal) => sum + signal.samplesPerFrame, 0) ?? 0);

/**
 * Reads the segments of a multi-segment record that touch the window (frames, end exclusive; null = all), each whole.
 * `files` holds the segments' headers and signal files by name. A leading segment of 0 frames is the layout of a
 * variable-layout record, header(5), and holds no samples. A segment whose files are absent is an error, never a gap.
 * Errors: wfdb.segments-mismatch, wfdb.file-missing, recording.too-large (all segments together, by their headers, before
 * a sample is read), and those of `readWfdbRecord`.
 */
export function readWfdbSegments(whole: WfdbSegmentHeader, files: WfdbFiles, window: FrameWindow | null): WfdbPiece[] {
  const total = whole.segments.reduce((sum, segment) => sum + segment.frames, 0);
  if (whole.frames !== null && whole.frames !== total) return refuse('wfdb.segments-mismatch');
  const found: Touched[] = [];
  let fromFrame = 0;
  for (const segment of whole.segments) {
    const { frames } = segment;
    const touches = window === null || (fromFrame < window.toFrame && fromFrame + frames > window.fromFrame);
    if (frames > 0 && touches) found.push(touched(segment, fromFrame, whole, files));
    fromFrame += frames;
  }
  const samples = found.reduce((sum, segment) => sum + samplesIn(segment), 0);
  if (samples > recordingLimits.samplesTouched) return refuse('recording.too-large');
  return found.map(({ header, ...piece }) => ({ ...piece, record: header && readWfdbRecord(header, files) }));
}
