import { basename } from 'node:path';
import type { WfdbRecord } from '@pentad/recordings/wfdb/wfdb-record';
import { FeedError } from './feed-error.ts';
import type { Bound, Feed, FeedPorts, Say } from './feed.ts';
import { playRecording, type Pace, type Recorded, type Recording } from './playback.ts';
import { openRecord, type OpenedRecord } from './wfdb-files.ts';
import { numericColumns, rowsOf } from './wfdb-numerics.ts';
import { numericUseOf, waveformUseOf } from './wfdb-signals.ts';
import { channelName, chunksOf, inOrder, tracesOf } from './wfdb-waveforms.ts';

/** Trends are written once a minute or once a second; no waveform is that slow. */
const FASTEST_TREND_PER_SECOND = 1;

const reasonWords = {
  'unknown-signal': { zh: '不是可发送的信号', en: 'no signal the agent sends' },
  'other-unit': { zh: '单位不符', en: 'in a unit that is not its own' },
  uncalibrated: { zh: '未定标', en: 'uncalibrated' },
} as const;

/** Said once a signal, however many segments it stands in. */
function sayer(say: Say, path: string): (signal: string, reason: keyof typeof reasonWords) => void {
  const said = new Set<string>();
  return (signal, reason) => {
    if (said.has(signal)) return;
    said.add(signal);
    const { zh, en } = reasonWords[reason];
    say({ zh: `${basename(path)}：跳过 ${signal}（${zh}）`, en: `${basename(path)}: ${signal} is skipped (${en})` });
  };
}

function* readingsOf(
  record: WfdbRecord,
  framesPerSecond: number,
  fromMs: number,
  bound: Bound,
  skip: (signal: string, reason: keyof typeof reasonWords) => void,
): Iterable<Recorded> {
  const isTrend = framesPerSecond <= FASTEST_TREND_PER_SECOND;
  for (const channel of record.channels) {
    const use = waveformUseOf(channel.signal);
    if (isTrend && numericUseOf(channel.signal) === null) skip(channelName(channel), 'unknown-signal');
    else if (!isTrend && use.kind === 'skipped') skip(channelName(channel), use.reason);
  }
  if (isTrend) yield* rowsOf(record, framesPerSecond, fromMs, bound);
  else yield* inOrder(tracesOf(record, framesPerSecond).map((traces) => chunksOf(traces, fromMs, bound)));
}

/** Whether anything of a record can be sent; of many segments the first with samples is asked. */
function hasSomethingToSend(opened: OpenedRecord): boolean {
  for (const { record } of opened.stretches()) {
    if (record === null) continue;
    const { framesPerSecond } = opened;
    const columns =
      framesPerSecond <= FASTEST_TREND_PER_SECOND ? numericColumns(record) : tracesOf(record, framesPerSecond);
    if (columns.length > 0) return true;
  }
  return false;
}

/**
 * A WFDB record on disk: waveforms in chunks of half a second, or the rows of a trend. Throws FeedError where nothing of it
 * can be sent, RecordingError where it is damaged: before anything is played.
 */
export function wfdbRecording(path: string, bound: Bound, say: Say): Recording {
  const opened = openRecord(path);
  const { framesPerSecond, frames, missingSegment } = opened;
  if (missingSegment !== null)
    say({
      zh: `${basename(path)}：缺少分段 ${missingSegment}，播放到此为止`,
      en: `${basename(path)}: segment ${missingSegment} is not here, the record is played up to it`,
    });
  const skip = sayer(say, path);
  if (!hasSomethingToSend(opened)) {
    throw new FeedError(`no signal of it is one the agent sends: ${path}`);
  }
  return {
    durationMs: (frames * 1_000) / framesPerSecond,
    readings: function* () {
      for (const { fromFrame, record } of opened.stretches())
        if (record) yield* readingsOf(record, framesPerSecond, (fromFrame * 1_000) / framesPerSecond, bound, skip);
    },
  };
}

export const playWfdb = (ports: FeedPorts, path: string, bound: Bound, pace: Pace): Feed =>
  playRecording(ports, wfdbRecording(path, bound, ports.say), pace);
