import { fileURLToPath } from 'node:url';
import { countsOf, GAP_COUNT } from '@pentad/protocol/waveform';
import { expect, test } from 'vitest';
import type { WaveformCapture } from '../agent-types.ts';
import { onNoCase } from '../feed/feed.ts';
import { readWaveforms, type WaveformRecording } from './waveform-recording.ts';
import { WaveformReplay } from './waveform-replay.ts';

const START_MS = 1_700_000_000_000;
const lead = { name: 'II', unit: 'uV', perCount: 5, offset: 0 } as const;
const traceOf = (counts: readonly number[]) => ({
  kind: 'ecg' as const,
  samplesPerSecond: 2,
  leads: [{ lead, counts: Int16Array.from(counts) }],
});
/** Four seconds, two samples each; the third is a gap. */
const recording: WaveformRecording = {
  id: 'test',
  seconds: 4,
  traces: [traceOf([1, 2, 3, GAP_COUNT, GAP_COUNT, GAP_COUNT, 7, 8])],
};
const told = (captures: readonly WaveformCapture[]) =>
  captures.map(({ measuredAtMs, waveform }) => [measuredAtMs - START_MS, ...countsOf(waveform, 0)]);

test('a second is sent when it is whole, with the instant of its first sample; a gap is not sent', () => {
  const replay = new WaveformReplay(recording);
  const at = (second: number) => told(replay.take(second, START_MS, onNoCase));
  expect(at(0)).toEqual([]);
  expect(at(0.9)).toEqual([]);
  expect(at(1.1)).toEqual([[0, 1, 2]]);
  expect(at(2)).toEqual([[1_000, 3, GAP_COUNT]]);
  expect(at(3)).toEqual([]);
});

test('a recording that ends starts over behind a gap of a second: no beat is made of its two ends', () => {
  const replay = new WaveformReplay(recording);
  const seconds = Array.from({ length: 10 }, (_, second) => told(replay.take(second, START_MS, onNoCase))).flat();
  expect(seconds).toEqual([
    [0, 1, 2],
    [1_000, 3, GAP_COUNT],
    [4_000, 1, 2],
    [5_000, 3, GAP_COUNT],
    [8_000, 1, 2],
  ]);
});

test('a case that is under way begins in the middle, and nothing is made up for the time before', () => {
  const replay = new WaveformReplay(recording);
  expect(replay.take(360, START_MS, onNoCase)).toEqual([]);
  expect(told(replay.take(361, START_MS, onNoCase))).toEqual([[360_000, 1, 2]]);
});

test('jitter of the timer moves nothing; a clock put right is followed; a long stop is a gap', () => {
  const replay = new WaveformReplay(recording);
  replay.take(0, START_MS, onNoCase);
  expect(told(replay.take(1, START_MS + 150, onNoCase))).toEqual([[0, 1, 2]]);
  expect(told(replay.take(2, START_MS - 90_000, onNoCase))).toEqual([[1_000 - 90_000, 3, GAP_COUNT]]);
  expect(told(replay.take(102, START_MS - 90_000, onNoCase))).toEqual([
    [100_000 - 90_000, 1, 2],
    [101_000 - 90_000, 3, GAP_COUNT],
  ]);
});

test('a real record goes out in chunks of a second that together are its samples', () => {
  const recordings = fileURLToPath(new URL('../../../../fixtures/recordings', import.meta.url));
  const real = readWaveforms(recordings, 'mimicdb-03700181');
  const replay = new WaveformReplay(real);
  const bound = { caseId: null, patientSlot: 1 };
  const captures = Array.from({ length: 31 }, (_, second) => replay.take(second, START_MS, bound)).flat();
  for (const { kind, samplesPerSecond, leads } of real.traces) {
    const chunks = captures.filter(({ waveform }) => waveform.kind === kind);
    expect(chunks.map(({ waveform }) => waveform.sampleCount)).toEqual(
      Array.from({ length: 30 }, () => samplesPerSecond),
    );
    expect(chunks.every(({ patientSlot }) => patientSlot === 1)).toBe(true);
    const counts = chunks.flatMap(({ waveform }) => [...countsOf(waveform, 0)]);
    expect(counts).toEqual([...(leads[0]?.counts.slice(0, 30 * samplesPerSecond) ?? [])]);
  }
});
