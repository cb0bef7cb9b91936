import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { recordingLimits } from '@pentad/recordings/recording-limits';
import { parseWfdbHeader } from '@pentad/recordings/wfdb/parse-wfdb-header';
import type { WfdbHeader, WfdbSegmentHeader } from '@pentad/recordings/wfdb/wfdb-header';
import { readWfdbRecord, type WfdbFiles, type WfdbRecord } from '@pentad/recordings/wfdb/wfdb-record';
import { readWfdbSegments } from '@pentad/recordings/wfdb/wfdb-segments';
import { FeedError } from './feed-error.ts';

const NO_FILE = '~';

/** A file whole, within the bound of the decoders. */
export function readBounded(path: string): Uint8Array {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found?.isFile()) throw new FeedError(`no such file: ${path}`);
  if (found.size > recordingLimits.fileBytes) throw new FeedError(`larger than 64 MiB: ${path}`);
  return readFileSync(path);
}

/** `RECORD` or `RECORD.hea`. */
export const headerPathOf = (path: string): string => (path.endsWith('.hea') ? path : `${path}.hea`);

/** The header and the signal files it names that are there; the decoder refuses what is absent. */
export function filesBeside(path: string, header: WfdbHeader): WfdbFiles {
  const folder = dirname(path);
  const names = header.kind === 'signals' ? new Set(header.signals.map(({ fileName }) => fileName)) : new Set<string>();
  const there = [...names].filter((name) => name !== NO_FILE && existsSync(join(folder, name)));
  return new Map([
    [basename(path), readBounded(path)] as const,
    ...there.map((name) => [name, readBounded(join(folder, name))] as const),
  ]);
}

/** A stretch of a record with its start in frames; `record` null: nothing was recorded. */
export interface Stretch {
  readonly fromFrame: number;
  readonly frames: number;
  readonly record: WfdbRecord | null;
}
export interface OpenedRecord {
  readonly header: WfdbHeader;
  readonly framesPerSecond: number;
  readonly frames: number;
  /** Reads one segment after the other. */
  stretches(): Iterable<Stretch>;
  /** The first segment that is not on this disk: the record is known up to there. */
  readonly missingSegment: string | null;
}

function* segmentStretches(folder: string, whole: WfdbSegmentHeader, frames: number): Iterable<Stretch> {
  let fromFrame = 0;
  for (const { name, frames: length } of whole.segments) {
    if (fromFrame >= frames) return;
    if (length > 0) {
      const path = join(folder, `${name}.hea`);
      const files =
        name === null ? new Map<string, Uint8Array>() : filesBeside(path, parseWfdbHeader(readBounded(path)));
      yield* readWfdbSegments(whole, files, { fromFrame, toFrame: fromFrame + length });
    }
    fromFrame += length;
  }
}

/** Opens a record of one or of many segments. Throws FeedError, RecordingError. */
export function openRecord(path: string): OpenedRecord {
  const headerPath = headerPathOf(path);
  const header = parseWfdbHeader(readBounded(headerPath));
  const { framesPerSecond } = header;
  if (framesPerSecond === null) throw new FeedError(`states no sampling rate: ${headerPath}`);
  if (header.kind === 'signals') {
    const record = readWfdbRecord(header, filesBeside(headerPath, header));
    const { frames } = record;
    return {
      header,
      framesPerSecond,
      frames,
      missingSegment: null,
      stretches: () => [{ fromFrame: 0, frames, record }],
    };
  }
  const folder = dirname(headerPath);
  const isHere = (name: string): boolean => existsSync(join(folder, `${name}.hea`));
  const until = header.segments.findIndex(({ name, frames }) => name !== null && frames > 0 && !isHere(name));
  const known = until === -1 ? header.segments : header.segments.slice(0, until);
  const frames = known.reduce((sum, segment) => sum + segment.frames, 0);
  return {
    header,
    framesPerSecond,
    frames,
    missingSegment: until === -1 ? null : (header.segments[until]?.name ?? null),
    stretches: () => segmentStretches(folder, header, frames),
  };
}
