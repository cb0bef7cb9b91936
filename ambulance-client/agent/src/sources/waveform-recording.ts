import { join } from 'node:path';
import { AgentError } from '../agent-error.ts';
import { openRecord } from '../feed/wfdb-files.ts';
import { tracesOf, type Traces } from '../feed/wfdb-waveforms.ts';

/** fixtures/recordings/waveforms: one WFDB record of one segment, from its first sample, in whole seconds. */
export interface WaveformRecording {
  readonly id: string;
  readonly seconds: number;
  readonly traces: readonly Traces[];
}

/** Throws AgentError for a record no trace of which can be sent; RecordingError where it is damaged. */
export function readWaveforms(folder: string, id: string): WaveformRecording {
  const record = openRecord(join(folder, 'waveforms', id));
  const { framesPerSecond, frames } = record;
  const [stretch] = record.stretches();
  const traces = stretch?.record ? tracesOf(stretch.record, framesPerSecond) : [];
  const seconds = Math.floor(frames / framesPerSecond);
  if (traces.length === 0 || seconds < 2 || traces.some(({ samplesPerSecond }) => !Number.isInteger(samplesPerSecond)))
    throw new AgentError('invalid', 'recording.invalid', `not a record of waveforms: ${id}`);
  return { id, seconds, traces };
}
